// What the spool's tests share: observations that can be told apart, and batches read back.

import type { Disk } from "../spool/disk.ts";
import type { Batch } from "../spool/batch.ts";
import type { Limits } from "../spool/plan.ts";
import type { SpooledObservation } from "../spool/record.ts";
import type { SpoolOptions } from "../spool/spool.ts";
import { Spool } from "../spool/spool.ts";

export const BOOT = "11111111-2222-3333-4444-555555555555";
export const FOLDER = "/spool";

export const observation = (number: number): SpooledObservation => ({
  device: Buffer.from(`device ${String(number).padStart(9, "0")}`).toString("base64url"),
  keyId: "k1",
  from: number,
  to: number + 1_000,
  left: number % 2 === 0,
  randomised: true,
  source: "hostapd",
  ap: "wlan0",
});

export const openSpool = (disk: Disk, more: Partial<SpoolOptions> = {}): Spool =>
  new Spool({ disk, folder: FOLDER, boot: BOOT, run: "run-1", maxBytes: 1e9, segmentBytes: 4_096, ...more });

/** With the boot's clock known: monotonic 0 was epoch 1,000,000. */
export const openTimedSpool = (disk: Disk, more: Partial<SpoolOptions> = {}): Spool => {
  const spool = openSpool(disk, more);
  spool.setAnchor({ monoMs: 0, wallMs: 1_000_000 });
  return spool;
};

export const cut = (spool: Spool, limits: Partial<Limits> = {}): Batch | null =>
  spool.cut({ maxObservations: 2_000, maxBytes: 512 * 1024, maxSpanMs: Infinity, ...limits }, () => ({
    sentAt: () => 42,
    grantResults: [],
    health: {},
  }));

/** The numbers of the observations in a batch. */
export const numbersIn = (batch: Batch | null): number[] => {
  const { observations } = JSON.parse(batch?.body ?? '{"observations":[]}') as {
    observations: { from: number }[];
  };
  return observations.map(({ from }) => (from >= 1_000_000 ? from - 1_000_000 : from));
};

/** Everything that the spool still gives, acknowledging on the way. */
export const drain = (spool: Spool, maxObservations = 2_000): number[] => {
  const all: number[] = [];
  for (let batch = cut(spool, { maxObservations }); batch; batch = cut(spool, { maxObservations })) {
    all.push(...numbersIn(batch));
    spool.acknowledge();
  }
  return all;
};

export const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index);
