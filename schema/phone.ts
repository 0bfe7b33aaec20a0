// A phone number as Vietnamese people write it, turned into E.164. Old 11-digit prefixes are migrated first, then the
// number is validated; it never guesses a country and never throws.

import { parsePhoneNumberFromString } from "libphonenumber-js/max";

declare const brand: unique symbol;
/** E.164, for example `+84912345678`. */
export type PhoneNumber = string & { readonly [brand]: "PhoneNumber" };

export const PHONE_REFUSALS = ["empty", "not_a_number", "filler", "invalid", "not_mobile"] as const;
export type PhoneRefusal = (typeof PHONE_REFUSALS)[number];

export type ParsedPhone =
  | { readonly ok: true; readonly phone: PhoneNumber }
  | { readonly ok: false; readonly reason: PhoneRefusal };

// Since 2018-09-15 (dialable in the old form to 2018-11-14) eleven-digit mobile numbers have ten digits;
// the last seven stayed the same.
const MIGRATED: Readonly<Record<string, string>> = {
  "120": "70",
  "121": "79",
  "122": "77",
  "126": "76",
  "128": "78",
  "123": "83",
  "124": "84",
  "125": "85",
  "127": "81",
  "129": "82",
  "162": "32",
  "163": "33",
  "164": "34",
  "165": "35",
  "166": "36",
  "167": "37",
  "168": "38",
  "169": "39",
  "186": "56",
  "188": "58",
  "199": "59",
};

const MAX_INPUT = 40;

export const parsePhone = (text: string): ParsedPhone => {
  if (text.length > MAX_INPUT) return { ok: false, reason: "not_a_number" };
  const bare = text
    .normalize("NFKC")
    .replace(/^\s*tel:/i, "")
    .replace(/[\s\p{Cf}\p{Pd}.()/]/gu, "");
  if (bare === "") return { ok: false, reason: "empty" };
  if (!/^\+?\d+$/.test(bare)) return { ok: false, reason: "not_a_number" };
  const e164 = internationalForm(bare);
  if (isFiller(bare, e164)) return { ok: false, reason: "filler" };
  if (e164 === null) return { ok: false, reason: "invalid" };
  const parsed = parsePhoneNumberFromString(e164);
  if (!parsed || !parsed.isValid() || parsed.number !== e164) return { ok: false, reason: "invalid" };
  const type = parsed.getType();
  if (type !== "MOBILE" && type !== "FIXED_LINE_OR_MOBILE") return { ok: false, reason: "not_mobile" };
  return { ok: true, phone: e164 as PhoneNumber };
};

/** `091 ••• 678`, `+1 ••• 123`: enough for the owner to recognise it, not enough for anybody else. */
export const maskPhone = (phone: PhoneNumber): string =>
  phone.startsWith("+84") ? `0${phone.slice(3, 5)} ••• ${phone.slice(-3)}` : `+••• ${phone.slice(-3)}`;

const internationalForm = (bare: string): string | null => {
  if (bare.startsWith("+84")) return vietnamese(bare.slice(3));
  if (bare.startsWith("0084")) return vietnamese(bare.slice(4));
  if (bare.startsWith("+")) return bare;
  if (bare.startsWith("00")) return `+${bare.slice(2)}`;
  if (bare.startsWith("0")) return vietnamese(bare);
  // Without a plus: 84 and at least nine digits more is the country code; nine digits alone lost their zero,
  // as did an old number that starts with 1.
  if (bare.startsWith("84") && bare.length >= 11) return vietnamese(bare.slice(2));
  if (bare.length === 9 || (bare.length === 10 && bare.startsWith("1"))) return vietnamese(bare);
  return null;
};

const vietnamese = (national: string): string => {
  const digits = national.startsWith("0") ? national.slice(1) : national;
  const moved = digits.length === 10 ? MIGRATED[digits.slice(0, 3)] : undefined;
  return `+84${moved === undefined ? digits : moved + digits.slice(3)}`;
};

const RUNS = ["123456789", "987654321", "0123456789", "1234567890"];
const isFiller = (bare: string, e164: string | null): boolean => {
  const forms = [bare.replace(/^\+/, ""), e164 === null ? "" : e164.replace(/^\+(84|1)?/, "")];
  return forms.some((form) => /^0?(\d)\1{7,}$/.test(form) || RUNS.includes(form));
};
