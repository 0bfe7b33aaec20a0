// One event as an SDK sends it, judged at a known time, for tests.

import { TOLD_PARSERS } from "../../../../../schema/told-parsers.ts";
import type { SourceConfig } from "../../../../../schema/sources.ts";
import type { Loose } from "../loose.ts";
import { type SdkMethod, sentEvents } from "../sent.ts";
import { type EventVerdict, type Readers, type Sender, translateEvent } from "../translate.ts";

/** 14 October 2026, 12:00 in Saigon. */
export const NOW = 1_791_954_000_000;
export const READERS: Readers = { ...TOLD_PARSERS, hash: (text) => String(text.length) };
export const ANONYMOUS = "0d5c0b1e-5f0e-4a52-9a52-0e6f4f1f7a11";

export const senderWith = (config: SourceConfig = {}, more: Partial<Sender> = {}): Sender => ({
  source: "shop",
  kind: "web",
  basis: "contract",
  config,
  isBrowser: false,
  ...more,
});
export const SERVER = senderWith();
export const BROWSER = senderWith({}, { isBrowser: true });

export const verdictOf = (type: SdkMethod, event: Loose, by: Sender = SERVER): EventVerdict => {
  const [sent] = sentEvents({ messageId: "m1", ...event }, type) ?? [];
  if (sent === undefined) throw new Error("Nothing was sent");
  return translateEvent(sent, by, READERS, NOW);
};

export const takenOf = (
  type: SdkMethod,
  event: Loose,
  by: Sender = SERVER,
): Extract<EventVerdict, { kind: "taken" }> => {
  const verdict = verdictOf(type, event, by);
  if (verdict.kind !== "taken") throw new Error(`Rejected: ${verdict.code}`);
  return verdict;
};
