// What D1 is billed for: rows written and read a recognised visit, an anonymous visit and a branch-day, as D1 itself
// counts them in the meta of the Worker's own statements, indexes included.

import { suppressionTags } from "../worker/portal/suppression.ts";
import type { VisitStartedMessage } from "../schema/messages-channels.ts";
import type { VisitSetMessage } from "../schema/messages.ts";
import { storeFacts } from "../worker/store/visit-sets.ts";
import { storeStarted } from "../worker/store/visit-started.ts";
import { footfallMessage, visitMessages } from "./d1/day-messages.ts";
import { makeKnown } from "./d1/known-visitors.ts";
import { liveDay } from "./d1/lived-day.ts";
import { type Rows, meteredDatabase } from "./d1/metered-database.ts";
import { emit } from "./emit.ts";
import { startBenchWorker } from "./worker.ts";

const DAYS = 20;
const DEVICES = 500;
/** Devices that come a second time on the same day, so that their set is replaced. */
const TWICE = 100;
/** The queue's own batch: see max_batch_size in wrangler.toml. */
const CONSUMED_AT_ONCE = 100;
const PUBLISHED_A_DAY = 24 * 12;

const each = (rows: Rows, count: number) => ({
  rowsWritten: Math.round((rows.written / count) * 100) / 100,
  rowsRead: Math.round((rows.read / count) * 100) / 100,
});

/** Nobody was erased, but each visit asks. */
const tagsOf = suppressionTags([{ keyId: "bench", key: Buffer.alloc(32, 1).toString("base64url") }]);

const dayAt = (index: number) => ({
  branchId: "rows",
  day: new Date(Date.UTC(2026, 0, 1 + index)).toISOString().slice(0, 10),
  startAt: Date.UTC(2026, 0, 1 + index, -3),
});

const startsOf = (messages: readonly VisitSetMessage[]): VisitStartedMessage[] =>
  messages.flatMap(({ branchId, visits }) =>
    visits.map(({ subject, startedAt }) => ({ kind: "visit_started", branchId, subject, startedAt })),
  );

const worker = await startBenchWorker();
try {
  const { db, rowsOf } = meteredDatabase(worker.runtime.d1());
  let last: Rows | null = null;
  for (let index = 0; index < DAYS; index += 1) {
    const messages = visitMessages(dayAt(index), DEVICES, TWICE);
    await makeKnown(worker.runtime.d1(), messages);
    // The last of the days counts: by then the tables and their indexes hold something.
    last = await rowsOf(async () => {
      for (let at = 0; at < messages.length; at += CONSUMED_AT_ONCE)
        await storeFacts(db, messages.slice(at, at + CONSUMED_AT_ONCE), Date.now(), tagsOf);
    });
  }
  if (last !== null)
    emit({ bench: "d1-rows", of: "recognised visit", ...each(last, DEVICES + TWICE), target: 6 });

  // Who came in on a day of their own is told at once where a receiver of webhooks wants it.
  const arrivals = visitMessages(dayAt(DAYS), DEVICES, 0);
  await makeKnown(worker.runtime.d1(), arrivals);
  const started = await rowsOf(async () => {
    for (let at = 0; at < arrivals.length; at += CONSUMED_AT_ONCE)
      await storeStarted(db, startsOf(arrivals.slice(at, at + CONSUMED_AT_ONCE)), Date.now(), tagsOf);
  });
  emit({ bench: "d1-rows", of: "visit told as it begins", ...each(started, DEVICES), target: 4 });

  const footfall = await rowsOf(async () => {
    for (let revision = 1; revision <= PUBLISHED_A_DAY; revision += 1)
      await storeFacts(db, [footfallMessage(dayAt(DAYS), revision)], Date.now(), tagsOf);
  });
  const write = each(footfall, PUBLISHED_A_DAY);
  const lived = await liveDay(worker);
  const { visits, rowsOfVisits, footfallWrites } = lived;
  emit({ bench: "d1-rows", of: "anonymous visit", visits, rowsWritten: rowsOfVisits / visits, target: 0 });
  emit({
    bench: "d1-rows",
    of: "branch-day",
    footfallWrites,
    rowsWritten: Math.round(footfallWrites * write.rowsWritten),
    rowsRead: Math.round(footfallWrites * write.rowsRead),
    mostRowsWritten: Math.round(PUBLISHED_A_DAY * write.rowsWritten),
    target: 300,
  });
} finally {
  await worker.stop();
}
