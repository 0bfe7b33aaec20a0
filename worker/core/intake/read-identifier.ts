// One spelling for each identifier that a channel tells, or the reason why it is none. The parsers are given: they bring
// a table of all countries.

import type { ToldDrop } from "../../../schema/reasons.ts";
import { isBlockedEmail, isBlockedText } from "./blocked.ts";

export type Read =
  | { readonly ok: true; readonly value: string }
  | { readonly ok: false; readonly reason: ToldDrop };

/** The part of schema/phone.ts that is used. */
export type ParsePhone = (
  text: string,
) =>
  | { readonly ok: true; readonly phone: string }
  | { readonly ok: false; readonly reason: "empty" | "not_a_number" | "filler" | "invalid" | "not_mobile" };

/** schema/identifiers.ts: the one spelling that a lookup finds again. */
export type ParseIdentifier = (told: {
  readonly kind: string;
  readonly value: string;
}) => { readonly value: string } | null;

export interface Parsers {
  readonly phone: ParsePhone;
  readonly identifier: ParseIdentifier;
}

const LONGEST_CODE = 120;

/**
 * What stands for characters that a marketplace, or a copy made without personal values, hides: many people have the same
 * masked value. A code may have one star of its own.
 */
const MASK = /[*＊•●]/u;
const MASKED_CODE = /[*＊•●]{2}/u;

const no = (reason: ToldDrop): Read => ({ ok: false, reason });

/** E.164. */
export const readPhone = (text: string, parse: ParsePhone): Read => {
  const parsed = parse(text);
  if (parsed.ok) return { ok: true, value: parsed.phone };
  switch (parsed.reason) {
    case "filler":
      return no("blocked_value");
    case "not_mobile":
      return no("not_mobile");
    case "empty":
    case "not_a_number":
    case "invalid":
      return no(isBlockedText(text) ? "blocked_value" : "not_a_phone");
  }
};

/** In lower case (design section 4). */
export const readEmail = (text: string, parse: ParseIdentifier): Read => {
  const email = text.normalize("NFC").trim().toLowerCase();
  if (isBlockedText(email) || (email.includes("@") && isBlockedEmail(email))) return no("blocked_value");
  const parsed = email.includes("..") || MASK.test(email) ? null : parse({ kind: "email", value: email });
  return parsed === null ? no("not_an_email") : { ok: true, value: parsed.value };
};

/** A till's own code of a customer: its case is the till's, and means something to it. */
export const readCode = (text: string, kind: string, parse: ParseIdentifier): Read => {
  const code = text.normalize("NFC").trim();
  if (isBlockedText(code)) return no("blocked_value");
  const isCode = code.length <= LONGEST_CODE && !/\p{C}/u.test(code) && !MASKED_CODE.test(code);
  const parsed = isCode ? parse({ kind, value: code }) : null;
  return parsed === null ? no("not_a_code") : { ok: true, value: parsed.value };
};
