// Whose an order is: the identifiers and traits that its customer's fields hold, and what of them is left out with its
// reason. Something wrong with one field never loses the others.

import type { ToldDrop } from "../../../schema/reasons.ts";
import { type Parsers, type Read, readCode, readEmail, readPhone } from "./read-identifier.ts";
import { readBirthday, readName, readText } from "./read-trait.ts";

/** As a channel gives it; what is absent, null or blank was not given. */
export interface GivenCustomer {
  readonly code?: string | null | undefined;
  readonly phone?: string | null | undefined;
  readonly email?: string | null | undefined;
  readonly name?: string | null | undefined;
  readonly birthday?: string | null | undefined;
  readonly gender?: string | null | undefined;
  readonly traits?: Readonly<Record<string, string>> | null | undefined;
}

export interface Told {
  readonly name: string;
  readonly value: string;
}

export interface Customer {
  /** The strongest first: what is told belongs to it. */
  readonly identifiers: readonly { readonly kind: string; readonly value: string }[];
  readonly traits: readonly Told[];
  readonly left: readonly { readonly field: string; readonly reason: ToldDrop }[];
}

export const readCustomer = (given: GivenCustomer, source: string, parsers: Parsers): Customer => {
  const left: { field: string; reason: ToldDrop }[] = [];
  const take = <T>(
    field: string,
    text: string | null | undefined,
    read: (text: string) => Read,
    make: (value: string) => T,
  ): readonly T[] => {
    if (text === null || text === undefined || text.trim() === "") return [];
    const result = read(text);
    if (result.ok) return [make(result.value)];
    left.push({ field: `customer.${field}`, reason: result.reason });
    return [];
  };
  const as = (kind: string) => (value: string) => ({ kind, value });
  const called = (name: string) => (value: string) => ({ name, value });
  const codeKind = `customer:${source}`;
  const identifiers = [
    ...take("code", given.code, (text) => readCode(text, codeKind, parsers.identifier), as(codeKind)),
    ...take("phone", given.phone, (text) => readPhone(text, parsers.phone), as("phone")),
    ...take("email", given.email, (text) => readEmail(text, parsers.identifier), as("email")),
  ];
  const traits = [
    ...take("name", given.name, readName, called("name")),
    ...take("birthday", given.birthday, readBirthday, called("birthday")),
    ...take("gender", given.gender, readText, called("gender")),
    ...Object.entries(given.traits ?? {}).flatMap(([name, text]) =>
      take(`traits.${name}`, text, readText, called(name)),
    ),
  ];
  return { identifiers, traits, left };
};
