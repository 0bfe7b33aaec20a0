// Bytes in the spellings that gateways use. Decoding answers null for what is not exactly in that spelling.

export const toHex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

export const fromHex = (text: string): Uint8Array<ArrayBuffer> | null =>
  /^(?:[0-9a-f]{2})*$/i.test(text)
    ? Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
    : null;

/** Base64 as gateways put it into an address: a `+` that was not encoded arrives as a space; `=` may be missing. */
export const fromBase64 = (text: string): Uint8Array<ArrayBuffer> | null => {
  const bare = text.replaceAll(" ", "+").replace(/={0,2}$/, "");
  if (!/^[A-Za-z0-9+/]*$/.test(bare) || bare.length % 4 === 1) return null;
  return Uint8Array.from(atob(bare), (char) => char.charCodeAt(0));
};

/** Null for what is not UTF-8 or holds control characters. */
export const toText = (bytes: Uint8Array): string | null => {
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes);
    return /\p{Cc}/u.test(text) ? null : text;
  } catch {
    return null;
  }
};

/** Takes as long for a wrong text as for the right one of the same length. */
export const isSame = (a: string, b: string): boolean => {
  if (a.length !== b.length) return false;
  let difference = 0;
  for (let at = 0; at < a.length; at++) difference |= a.charCodeAt(at) ^ b.charCodeAt(at);
  return difference === 0;
};
