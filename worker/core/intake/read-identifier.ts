// One spelling for each identifier that a channel tells, or the reason why it is none. A phone's parser is given: it
// brings a table of all countries.

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

const LONGEST_EMAIL = 254;
const LONGEST_CODE = 120;
const EMAIL = /^[^\s@"<>(),;:\\[\]]{1,64}@[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?\.[a-z]{2,63}$/;

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
export const readEmail = (text: string): Read => {
  const email = text.normalize("NFC").trim().toLowerCase();
  if (isBlockedText(email) || (email.includes("@") && isBlockedEmail(email))) return no("blocked_value");
  const good = email.length <= LONGEST_EMAIL && EMAIL.test(email) && !email.includes("..");
  return good ? { ok: true, value: email } : no("not_an_email");
};

/** A till's own code of a customer: its case is the till's, and means something to it. */
export const readCode = (text: string): Read => {
  const code = text.normalize("NFC").trim();
  if (code.length > LONGEST_CODE || /\p{C}/u.test(code)) return no("not_a_code");
  return isBlockedText(code) ? no("blocked_value") : { ok: true, value: code };
};
