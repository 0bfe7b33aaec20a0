// What worker/core/intake reads what tills tell with: it has neither a table of all countries nor a calendar of its own.

import { parseIdentifier } from "./identifiers.ts";
import { parsePhone } from "./phone.ts";

export const TOLD_PARSERS = {
  phone: parsePhone,
  identifier: parseIdentifier,
  /** RFC 3339 to epoch ms. */
  time: (text: string): number => Date.parse(text),
};
