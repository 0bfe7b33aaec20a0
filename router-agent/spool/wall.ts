// One stored observation as it goes over the wire: the same JSON with its times in epoch milliseconds.
// Deterministic: the same record and anchor always give the same bytes.

import type { Anchor } from "./ledger.ts";
import type { SpooledObservation } from "./record.ts";

export const toWall = (payload: Buffer, anchor: Anchor): { json: string; to: number } => {
  const json = payload.toString();
  const stored = JSON.parse(json) as SpooledObservation;
  const shift = anchor.wallMs - anchor.monoMs;
  if (shift === 0) return { json, to: stored.to };
  const to = Math.round(stored.to + shift);
  return { json: JSON.stringify({ ...stored, from: Math.round(stored.from + shift), to }), to };
};
