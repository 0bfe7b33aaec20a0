// Reads a file to its end, sends what can be used in parts and writes down what cannot. It may be stopped and run again at
// any time: what was taken changes nothing when it comes again.

import { MOST_TOLD, type OrdersReply } from "../../../schema/wire/channels.ts";
import type { Client } from "../client.ts";
import type { ErrorFile } from "./error-file.ts";
import { leftTrouble, shortPath } from "./judge-body.ts";
import type { Progress } from "./progress.ts";
import { type OpenFile, readRows } from "./read-rows.ts";
import { type Patience, sendPart } from "./send.ts";
import { type Counts, makeTally, type Tally } from "./tally.ts";
import { type Reader, readUnits, type Unit } from "./units.ts";

/** Of JSON, so that what is around it fits into the 500 KB of a request. */
const MOST_BYTES = 450_000;

export interface ImportJob {
  readonly reader: Reader;
  readonly file: OpenFile;
  readonly errors: ErrorFile;
  readonly progress: Progress;
  readonly stopped: () => boolean;
  /** Null: a dry run, which sends nothing. */
  readonly to: { readonly client: Client; readonly wait: Patience["wait"] } | null;
}

export interface Imported extends Omit<Counts, "bytes"> {
  /** The last line of which everything before it was sent and answered; null: all of the file. */
  readonly stoppedAfterLine: number | null;
}

const takeReply = async (tally: Tally, units: readonly Unit[], reply: OrdersReply): Promise<void> => {
  const refused = new Map(reply.rejected.map((one) => [one.index, one]));
  for (const [index, unit] of units.entries()) {
    const verdict = refused.get(index);
    if (verdict !== undefined) {
      await tally.reject(unit, [{ field: "", code: verdict.code, message: verdict.message }]);
      continue;
    }
    // What the reader here said already is not told twice.
    const known = new Set(unit.troubles.map(({ field, code }) => `${field} ${code}`));
    const more = reply.leftOut.filter(
      (one) => one.index === index && !known.has(`${shortPath(one.field)} ${one.reason}`),
    );
    await tally.take(unit, [...unit.troubles, ...more.map((one) => leftTrouble(one.field, one.reason))]);
  }
};

type Sent = "sent" | "stopped";

const senderOf = ({ reader: { kind, source }, progress, stopped, to }: ImportJob, tally: Tally) => {
  const waiting = (why: string) => progress.say(`${why}: the same again after a while.`);
  return async (units: readonly Unit[]): Promise<Sent> => {
    if (to === null || units.length === 0) {
      for (const unit of units) await tally.take(unit, unit.troubles);
      return "sent";
    }
    const list = units.map(({ body }) => body);
    const body =
      kind === "orders" ? { source, orders: list, userInitiated: false } : { source, customers: list };
    const reply = await sendPart(to.client, `/v1/${kind}`, body, { wait: to.wait, waiting, stopped });
    if (reply === "stopped") return "stopped";
    await takeReply(tally, units, reply);
    return "sent";
  };
};

export const runImport = async (job: ImportJob): Promise<Imported> => {
  const { reader, file, errors, progress, stopped } = job;
  const tally = makeTally(errors);
  const send = senderOf(job, tally);
  let part: Unit[] = [];
  let partBytes = 0;
  let sentUpTo = 1;
  const flush = async (): Promise<Sent> => {
    const outcome = await send(part);
    if (outcome === "sent") sentUpTo = part.at(-1)?.rows.at(-1)?.line ?? sentUpTo;
    part = [];
    partBytes = 0;
    return outcome;
  };
  const imported = (outcome: Sent): Imported => {
    const { rows, taken, rejected, leftOut } = tally.counts;
    return { rows, taken, rejected, leftOut, stoppedAfterLine: outcome === "sent" ? null : sentUpTo };
  };
  try {
    for await (const unit of readUnits(reader, readRows(file))) {
      if (stopped()) return imported("stopped");
      tally.read(unit);
      progress.show(tally.counts);
      if (unit.body === null) {
        await tally.reject(unit, unit.troubles);
        continue;
      }
      const bytes = Buffer.byteLength(JSON.stringify(unit.body)) + 1;
      const isFull = part.length === MOST_TOLD || partBytes + bytes > MOST_BYTES;
      if (isFull && (await flush()) === "stopped") return imported("stopped");
      part.push(unit);
      partBytes += bytes;
    }
    return imported(await flush());
  } catch (error) {
    progress.say(
      `Everything up to line ${sentUpTo} was sent. Run the same again: what was taken changes nothing.`,
    );
    throw error;
  } finally {
    progress.end();
    await errors.end();
  }
};
