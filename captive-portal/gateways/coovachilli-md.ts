// CoovaChilli's signature of an address: MD5 over the whole of it and the uamsecret, in upper case, as the last
// parameter. MD5 as a keyed suffix is weak by today's measure, but it is what the gateway has.

import { isSame } from "./bytes.ts";
import { md5Hex } from "./md5.ts";

export type Vouching = "right" | "wrong" | "absent";

/**
 * The gateway signed the address that it was given as uamserver or uamaaaurl. Where a proxy ends TLS before us, only
 * the scheme differs from what we see, so both schemes are tried; either still needs the secret.
 */
export const mdOf = (url: URL, secret: string): Vouching => {
  const match = /^https?(:\/\/.+)[?&]md=([0-9A-F]{32})$/.exec(url.href);
  if (match === null) return url.searchParams.has("md") ? "wrong" : "absent";
  const [, rest = "", md = ""] = match;
  const isRight = ["https", "http"].some((scheme) => isSame(md5Hex(scheme + rest, secret).toUpperCase(), md));
  return isRight ? "right" : "wrong";
};
