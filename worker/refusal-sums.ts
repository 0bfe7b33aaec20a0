// Sums what was refused before anybody had to be believed, so that a flood of it costs a write an interval and not one
// each. What an isolate that ends had not written yet is lost: at most the counts of its last seconds.

import type { BranchId } from "../schema/ids.ts";
import { describeError } from "./describe-error.ts";
import type { Refusal } from "./services.ts";

/** Within the 30 s that a request may go on after its reply. */
export const FLUSH_EVERY_MS = 5_000;

interface Sum {
  branchId: BranchId | null;
  reason: Refusal;
  n: number;
}

export interface RefusalSums {
  /** Never throws. Settles once somebody else's request sees to the writing, or this one did. */
  count(branchId: BranchId | null, reason: Refusal, n?: number): Promise<void>;
  /** Writes what waits in this isolate. Never throws. */
  flush(): Promise<void>;
}

export const refusalSums = ({
  now,
  sleep,
  write,
}: {
  now: () => number;
  sleep: (ms: number) => Promise<void>;
  write: (branchId: BranchId | null, reason: Refusal, n: number) => Promise<void>;
}): RefusalSums => {
  let sums = new Map<string, Sum>();
  let nextAt = Number.NEGATIVE_INFINITY;
  let waitedForUntil = Number.NEGATIVE_INFINITY;

  const add = ({ branchId, reason, n }: Sum): void => {
    const key = `${branchId ?? ""} ${reason}`;
    sums.set(key, { branchId, reason, n: (sums.get(key)?.n ?? 0) + n });
  };

  const flush = async (): Promise<void> => {
    const due = [...sums.values()];
    sums = new Map();
    await Promise.all(
      due.map(async (sum) => {
        try {
          await write(sum.branchId, sum.reason, sum.n);
        } catch (error) {
          add(sum);
          console.error("Refused input could not be counted yet", {
            reason: sum.reason,
            error: describeError(error),
          });
        }
      }),
    );
  };

  return {
    count: async (branchId, reason, n = 1) => {
      add({ branchId, reason, n });
      const at = now();
      if (at < waitedForUntil) return;
      const wait = Math.max(0, nextAt - at);
      // A request can be cut off while it waits; the next one after that takes over.
      waitedForUntil = at + wait + FLUSH_EVERY_MS;
      await sleep(wait);
      nextAt = now() + FLUSH_EVERY_MS;
      waitedForUntil = Number.NEGATIVE_INFINITY;
      await flush();
    },
    flush,
  };
};
