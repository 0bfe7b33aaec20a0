// A batch as the shipper gets it. The same marker and records always give the same bytes.

import type { CutBatch } from "./ledger.ts";

export interface Envelope {
  /** From the latest `to` in the batch, for a replay, whose time is that of its observations. */
  sentAt: (newestTo: number) => number;
  grantResults: { id: string }[];
  health: unknown;
}

export interface Batch {
  body: string;
  count: number;
  sentAt: number;
  grantResults: { id: string }[];
  /** More waited behind it when it was cut; not known of a batch that an earlier process cut. */
  more: boolean;
}

export const buildBatch = (cut: CutBatch, observations: string[], more: boolean): Batch => {
  const { boot, seq, sentAt, grantResults, health } = cut;
  const head = JSON.stringify({ boot, seq, sentAt, grantResults, health });
  const body = `${head.slice(0, -1)},"observations":[${observations.join(",")}]}`;
  return { body, count: observations.length, sentAt, grantResults, more };
};
