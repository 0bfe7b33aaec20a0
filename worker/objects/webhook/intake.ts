// Takes what is new in the log into the messages that wait, and how far it has read, in one transaction: a crash reads it
// again and never past it. Stops while too much waits; the log keeps 90 days.

import { webhookType } from "../../../schema/changes.ts";
import type { LogPage } from "../../store/webhook-log.ts";
import type { Receiver, SenderDeps } from "./calls.ts";
import { addWaiting, type Replay, type SenderState, waitingNow } from "./rows.ts";

const PAGE = 100;
/** A receiver that takes nothing is not worth more rows than this. */
const MOST_WAITING = 1_000;

/** What the sender keeps, as it is now: it may change while the log is read. Null: the receiver was removed. */
export interface Kept {
  get(): SenderState | null;
  set(state: SenderState): void;
}

interface Intake {
  readonly storage: DurableObjectStorage;
  readonly deps: SenderDeps;
  readonly kept: Kept;
  readonly receiver: Receiver;
  readonly now: number;
}

const wantedOf = ({ types }: Receiver, rows: LogPage["rows"]): number[] =>
  rows.filter(({ type }) => types.length === 0 || types.includes(webhookType(type))).map(({ seq }) => seq);

/** `change`: of the state as it is then. */
const commit = (
  { storage, kept, receiver, now }: Intake,
  rows: LogPage["rows"],
  change: (state: SenderState) => SenderState,
): void =>
  storage.transactionSync(() => {
    const state = kept.get();
    if (state === null) return;
    addWaiting(storage.sql, wantedOf(receiver, rows), now);
    kept.set(change(state));
  });

const takeReplay = async (intake: Intake, replay: Replay): Promise<boolean> => {
  const { rows } = await intake.deps.log({ ...replay, limit: PAGE });
  const last = rows.at(-1);
  const left = last === undefined || rows.length < PAGE ? null : { ...replay, after: last.seq };
  // One that was asked for meanwhile begins from its own beginning.
  commit(intake, rows, (state) => (state.replay === replay ? { ...state, replay: left } : state));
  return rows.length > 0;
};

/** New messages before repeated ones. Whether it is worth asking again at once. */
export const takeIn = async (intake: Intake): Promise<boolean> => {
  const state = intake.kept.get();
  if (state === null || waitingNow(intake.storage.sql).count >= MOST_WAITING) return false;
  const { cursor, endpointId, replay } = state;
  const { rows, removedThrough, head } = await intake.deps.log({
    after: cursor,
    until: Number.MAX_SAFE_INTEGER,
    limit: PAGE,
  });
  if (cursor > head) {
    // Else all that happens would pass for read until the log has grown to where it was.
    console.error("The log that a webhook follows was restored to an earlier moment", {
      endpointId,
      cursor,
      head,
    });
    commit(intake, [], (now) => ({ ...now, cursor: head }));
    return true;
  }
  const last = rows.at(-1);
  const isMissing = removedThrough > cursor;
  if (last === undefined && !isMissing) return replay === null ? false : takeReplay(intake, replay);
  if (isMissing) {
    const missed = { endpointId, after: cursor, through: removedThrough };
    console.error("Messages of a webhook passed their 90 days before they were sent", missed);
  }
  commit(intake, rows, (now) => ({
    ...now,
    cursor: last?.seq ?? removedThrough,
    missedThrough: isMissing ? removedThrough : now.missedThrough,
  }));
  return true;
};
