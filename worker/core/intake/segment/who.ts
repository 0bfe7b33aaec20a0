// Whom an event names, and what it tells of them. A page that anybody can open is not believed about phones, e-mails and
// traits; that a user was on in this browser is weak evidence whoever says so.

import type { EventLoss, ToldDrop } from "../../../../schema/reasons.ts";
import { type GivenCustomer, readCustomer } from "../read-customer.ts";
import { type Parsers, readCode } from "../read-identifier.ts";
import type { SaidEdge, SaidIdentifier, SaidTrait } from "../said.ts";
import { field, type Loose, looseOf, textOf } from "./loose.ts";
import type { SdkMethod } from "./sent.ts";
import { readTraits } from "./traits.ts";

export interface Who {
  /** The strongest first. */
  readonly identifiers: readonly SaidIdentifier[];
  readonly edges: readonly SaidEdge[];
  readonly traits: readonly SaidTrait[];
  /** Place of who is named; null: nobody but a browser. */
  readonly subject: number | null;
  readonly anonymous: string | null;
  readonly left: readonly ToldDrop[];
  readonly losses: readonly EventLoss[];
}

export interface Believing {
  readonly source: string;
  readonly parsers: Parsers;
  /** What is said of phones, e-mails and traits. */
  readonly isBelieved: boolean;
}

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

const told = (kind: string, value: string): SaidIdentifier => ({
  kind,
  value,
  proven: false,
  userInitiated: true,
});

/** Contacts of every event (`context.traits` repeats an earlier identify), other traits only of an identify. */
const given = (type: SdkMethod, event: Loose, isBelieved: boolean) => {
  const context = looseOf(looseOf(event["context"])["traits"]);
  const traits = type === "identify" ? { ...context, ...looseOf(event["traits"]) } : context;
  const contacts = {
    phone: textOf(field(traits, "phone", "phone_number")),
    email: textOf(field(traits, "email")),
  };
  const others = type === "identify" ? readTraits(traits) : { given: {}, isCut: false };
  const isNothing =
    contacts.phone === undefined && contacts.email === undefined && Object.keys(others.given).length === 0;
  if (isBelieved) {
    const losses: EventLoss[] = others.isCut ? ["traits_cut"] : [];
    return { customer: { ...contacts, ...others.given }, losses };
  }
  const losses: EventLoss[] = isNothing ? [] : ["browser_claim"];
  return { customer: {}, losses };
};

/** Every SDK makes an anonymous id a UUID; anything else that an alias names was a user's id. */
const isAnonymousId = (previous: string, event: Loose): boolean =>
  UUID.test(previous) || previous === textOf(field(event, "anonymous_id"));

const unique = (texts: readonly (string | undefined)[]): readonly string[] => [
  ...new Set(texts.flatMap((text) => text ?? [])),
];

export const readWho = (
  type: SdkMethod,
  event: Loose,
  isOrder: boolean,
  { source, parsers, isBelieved }: Believing,
): Who => {
  const left: ToldDrop[] = ["user_id", "anonymous_id"].flatMap((name) => {
    const id = field(event, name);
    return id !== undefined && textOf(id) === undefined ? ["not_a_code" as const] : [];
  });
  const ids = (kind: string, texts: readonly string[]): readonly SaidIdentifier[] =>
    texts.flatMap((text) => {
      const read = readCode(text, kind, parsers.identifier);
      if (!read.ok) left.push(read.reason);
      return read.ok ? [told(kind, read.value)] : [];
    });
  const previous = type === "alias" ? textOf(field(event, "previous_id")) : undefined;
  const wasAnonymous = previous !== undefined && isAnonymousId(previous, event);
  const browsers = ids(
    `anonymous:${source}`,
    unique([wasAnonymous ? previous : undefined, textOf(field(event, "anonymous_id"))]),
  );
  const { customer, losses } = given(type, event, isBelieved);
  const code: GivenCustomer = { code: textOf(field(event, "user_id")) };
  const read = readCustomer({ ...customer, ...code }, source, parsers);
  left.push(...read.left.map(({ reason }) => reason));
  const earlier = previous === undefined || wasAnonymous ? [] : ids(`customer:${source}`, [previous]);
  const named = [...read.identifiers.map(({ kind, value }) => told(kind, value)), ...earlier].filter(
    (one, place, all) =>
      all.findIndex(({ kind, value }) => kind === one.kind && value === one.value) === place,
  );
  const identifiers = named.length > 0 || isOrder ? [...named, ...browsers] : [];
  const isNobody = identifiers.length === 0 && (read.traits.length > 0 || isOrder);
  return {
    identifiers,
    edges: identifiers.slice(1).map(({ kind }, index) => ({
      a: 0,
      b: index + 1,
      trust: isBelieved && !kind.startsWith("anonymous:") ? 2 : 3,
    })),
    traits: identifiers.length === 0 ? [] : read.traits.map((trait) => ({ ...trait, proven: false })),
    subject: named.length > 0 ? 0 : null,
    anonymous: browsers[0]?.value ?? null,
    left,
    losses: isNobody ? [...losses, "nobody"] : losses,
  };
};
