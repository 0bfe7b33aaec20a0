// The MAC of an access point or gateway in the spelling its controller wants. Never used for a client's.

import { parseMac } from "./mac.ts";

/** `44:d9:e7:0a:80:43`, or `44-D9-E7-0A-80-43`; null for what is no MAC. */
export const spellMac = (text: string, style: "colons" | "upper_dashes"): string | null => {
  const pairs = parseMac(text)?.match(/../g);
  if (!pairs) return null;
  switch (style) {
    case "colons":
      return pairs.join(":");
    case "upper_dashes":
      return pairs.join("-").toUpperCase();
  }
};
