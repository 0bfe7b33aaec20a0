// Identifiers of people as others write them, in the one spelling that a node key is made from (design section 4). Null for
// what is no identifier; it never throws and never guesses.

import { maskPhone, parsePhone, type PhoneNumber } from "./phone.ts";

export interface Identifier {
  readonly kind: string;
  readonly value: string;
}

/** As the portal's (captive-portal/person-details.ts): one value has one spelling wherever it is told. */
const EMAIL = /^[^\s@"<>(),;:\\[\]]{1,64}@[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?\.[a-z]{2,63}$/;
/** Whose numbers or codes they are: an app, a page, a shop, a source. */
const SCOPED =
  /^(?:(?:zalo_app|zalo_oa|facebook|tiktok_shop|shopee):\d{1,30}|(?:customer|anonymous):[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?)$/;
const NUMBER = /^\d{1,30}$/;
const LONGEST = 200;

export const isIdentifierKind = (kind: string): boolean =>
  kind === "phone" || kind === "email" || SCOPED.test(kind);

export const parseIdentifier = ({ kind, value }: Identifier): Identifier | null => {
  if (value.length > LONGEST) return null;
  if (kind === "phone") {
    const parsed = parsePhone(value);
    return parsed.ok ? { kind, value: parsed.phone } : null;
  }
  const text = value.normalize("NFC").trim();
  // Halves of characters all become the same one in UTF-8, and so different values one key.
  if (/[\p{Cc}\p{Cs}]/u.test(text)) return null;
  if (kind === "email") {
    const lower = text.toLowerCase();
    return EMAIL.test(lower) && lower.length <= 254 ? { kind, value: lower } : null;
  }
  if (!SCOPED.test(kind) || text === "") return null;
  const ofPlatform = !/^(?:customer|anonymous):/.test(kind);
  return ofPlatform && !NUMBER.test(text) ? null : { kind, value: text };
};

/** Enough for one who knows the value to recognise it, not enough for anybody else. */
export const maskIdentifier = ({ kind, value }: Identifier): string => {
  if (kind === "phone") return maskPhone(value as PhoneNumber);
  if (kind !== "email") return value.length > 6 ? `••• ${value.slice(-3)}` : "•••";
  const [name = "", domain = ""] = value.split("@");
  return `${name.slice(0, 1)}•••@${domain}`;
};
