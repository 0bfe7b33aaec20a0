// The one text of an entry that is hashed and signed: RFC 8785 (JSON with sorted keys and no white space), for the
// values that occur in an entry: strings, integers, booleans, null and plain objects.

import type { ConsentEntry } from "./record.ts";

export type Json = string | number | boolean | null | { readonly [key: string]: Json };

export const canonicalEntry = (entry: ConsentEntry): string => canonical({ ...entry } as unknown as Json);

export const canonical = (value: Json): string => {
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const members = Object.keys(value)
    .toSorted()
    .map((key) => `${JSON.stringify(key)}:${canonical(value[key] ?? null)}`);
  return `{${members.join(",")}}`;
};
