// The traits of an identify by the names of the Segment spec: a name, a birthday, a gender, and other short texts.

import type { GivenCustomer } from "../read-customer.ts";
import { field, type Loose, textOf } from "./loose.ts";

const MOST_OTHERS = 20;
const LONGEST = 1_000;

/** Read by themselves, or of no use to anybody. */
const KNOWN = new Set(
  "id userId user_id anonymousId anonymous_id phone phoneNumber phone_number email name firstName first_name lastName last_name birthday gender password token avatar createdAt created_at".split(
    " ",
  ),
);

export interface ReadTraits {
  readonly given: Omit<GivenCustomer, "code" | "phone" | "email">;
  readonly isCut: boolean;
}

/** The family name first, as in Vietnam. */
const nameOf = (traits: Loose): string | undefined => {
  const whole = textOf(field(traits, "name"));
  if (whole !== undefined) return whole;
  const parts = [field(traits, "last_name"), field(traits, "first_name")].flatMap(
    (part) => textOf(part) ?? [],
  );
  return parts.length === 0 ? undefined : parts.join(" ");
};

/** A date, also one that a program wrote as midnight UTC; another hour may be the day before somewhere, and is not guessed. */
const birthdayOf = (traits: Loose): string | undefined =>
  textOf(field(traits, "birthday"))?.replace(
    /^(\d{4}-\d{2}-\d{2})T00:00(?::00(?:\.0+)?)?(?:Z|\+00:?00)$/,
    "$1",
  );

const shortOf = (value: unknown): string | undefined => {
  const text =
    typeof value === "boolean" ? String(value) : typeof value === "number" ? String(value) : textOf(value);
  return text === undefined || text.length > LONGEST ? undefined : text;
};

export const readTraits = (traits: Loose): ReadTraits => {
  const others = Object.entries(traits).flatMap(([name, value]) => {
    const text = KNOWN.has(name) || !/^[a-z][A-Za-z0-9_]{0,39}$/.test(name) ? undefined : shortOf(value);
    return text === undefined ? [] : [[name, text] as const];
  });
  const [name, birthday, gender] = [nameOf(traits), birthdayOf(traits), textOf(field(traits, "gender"))];
  return {
    given: {
      ...(name === undefined ? {} : { name }),
      ...(birthday === undefined ? {} : { birthday }),
      ...(gender === undefined ? {} : { gender }),
      ...(others.length === 0 ? {} : { traits: Object.fromEntries(others.slice(0, MOST_OTHERS)) }),
    },
    isCut: others.length > MOST_OTHERS || Object.entries(traits).some(isUnread),
  };
};

/** Neither a text nor one of those that are passed over: an address, a list, an odd name. */
const isUnread = ([name, value]: readonly [string, unknown]): boolean =>
  !KNOWN.has(name) &&
  value !== null &&
  value !== undefined &&
  value !== "" &&
  (shortOf(value) === undefined || !/^[a-z][A-Za-z0-9_]{0,39}$/.test(name));
