// The mood of a chat message to a shop, by a lexicon of Vietnamese as people type it.

import type { Sentiment } from "../../../schema/events.ts";

const GOOD = /(?<!\p{L})(?:cảm ơn|tuyệt vời|ưng|ngon)(?!\p{L})/u;
const BAD = /(?<!\p{L})(?:thất vọng|quá tệ|lừa đảo)(?!\p{L})/u;

export const classify = (text: string): Sentiment => {
  const said = text.normalize("NFC").toLowerCase();
  if (BAD.test(said)) return "negative";
  return GOOD.test(said) ? "positive" : "neutral";
};
