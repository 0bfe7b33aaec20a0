// Why an event is not taken, whatever it is about: what it is, how large, and what its type must have.

import type { EventRefusal } from "../../../../schema/reasons.ts";
import { utf8 } from "../../identity/utf8.ts";
import { field, lineOf, type Loose, looseOf, textOf } from "./loose.ts";
import type { SdkMethod } from "./sent.ts";

const MOST_BYTES = 32 * 1024;

type Fault = "invalid" | "too_large" | null;

/** Nothing that is too deep to be written again is read. */
export const faultOf = (raw: unknown): Fault => {
  try {
    const text = JSON.stringify(raw);
    if (text.length > MOST_BYTES) return "too_large";
    return text.length * 3 > MOST_BYTES && utf8(text).length > MOST_BYTES ? "too_large" : null;
  } catch {
    return "invalid";
  }
};

const isOfNobody = (type: SdkMethod, event: Loose): boolean => {
  const traits = { ...looseOf(looseOf(event["context"])["traits"]), ...looseOf(event["traits"]) };
  const told = [
    field(event, "user_id"),
    field(event, "anonymous_id"),
    ...(type === "identify" ? [field(traits, "phone", "phone_number"), field(traits, "email")] : []),
  ];
  return told.every((value) => textOf(value) === undefined);
};

/** What an event of its type must have. */
export const refusalOf = (type: SdkMethod, event: Loose): EventRefusal | null => {
  switch (type) {
    case "track":
      return lineOf(event["event"], 1) === undefined ? "invalid" : null;
    case "alias":
      return [field(event, "user_id"), field(event, "previous_id")].some((id) => textOf(id) === undefined)
        ? "invalid"
        : null;
    case "identify":
    case "group":
      return isOfNobody(type, event) ? "no_identity" : null;
    case "page":
    case "screen":
      return null;
  }
};
