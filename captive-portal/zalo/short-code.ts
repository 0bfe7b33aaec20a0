// The code at the end of a short address that is read from one screen and typed on another: 10 characters of an
// alphabet without 0, O, 1 and I, 50 bits.

const ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
const LENGTH = 10;

/** 256 is a multiple of 32, so no character is more likely than another. */
export const newShortCode = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(LENGTH)), (byte) => ALPHABET[byte % 32]).join("");

/** `ABCDE-FGHJK`. */
export const showShortCode = (code: string): string => `${code.slice(0, 5)}-${code.slice(5)}`;

/** Any case, with or without dash and spaces; null for what cannot be a code. */
export const readShortCode = (text: string): string | null => {
  const code = text.normalize("NFKC").replace(/[\s-]/g, "").toUpperCase();
  return code.length === LENGTH && Array.from(code).every((one) => ALPHABET.includes(one)) ? code : null;
};
