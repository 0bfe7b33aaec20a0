// The one text of an entry, head or certificate that is hashed and signed: RFC 8785 (JSON with sorted keys and no white space), for the
// values that occur in what we sign: strings, integers, booleans, null, lists and plain objects.

import type { ConsentEntry } from "./record.ts";

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

export const canonicalEntry = (entry: ConsentEntry): string => canonical({ ...entry } as unknown as Json);

export const canonical = (value: Json): string => {
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (isList(value)) return `[${value.map(canonical).join(",")}]`;
  const members = Object.keys(value)
    .toSorted()
    .map((key) => `${JSON.stringify(key)}:${canonical(value[key] ?? null)}`);
  return `{${members.join(",")}}`;
};

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);
