// When a sender wakes by itself: for the next try that is due, and for a look at the log that nobody may have told it of.

const LOOK_EVERY_MS = 60_000;
const RETRY_MS = 10_000;

export interface Sleep {
  /** The next try; null: nothing waits. */
  readonly nextAt: number | null;
  /** A supplied clock moves only with its callers, so time alone makes nothing due. */
  readonly clock: "real" | "supplied";
  /** `failed`: the database did not answer. `disabled`: it waits for an operator. */
  readonly after: "done" | "failed" | "disabled";
  /** Of the real clock. */
  readonly now: number;
}

/** Null: never. */
export const nextAlarm = ({ nextAt, clock, after, now }: Sleep): number | null => {
  switch (after) {
    case "disabled":
      return null;
    case "failed":
      return now + RETRY_MS;
    case "done": {
      const due = clock === "real" ? (nextAt ?? Infinity) : Infinity;
      return Math.max(now, Math.min(due, now + LOOK_EVERY_MS));
    }
  }
};

/** At the latest, whatever happens to work that was begun. */
export const watchAt = (now: number): number => now + LOOK_EVERY_MS;
