// Reads a file to its end, sends what can be used in parts and writes down what cannot. It may be stopped and run again at
// any time: what was taken changes nothing when it comes again.

import { MOST_TOLD } from "../../../schema/wire/channels.ts";
import type { Client } from "../client.ts";
import type { Trouble } from "./cells.ts";
import type { ErrorFile, Outcome } from "./error-file.ts";
import { leftTrouble, shortPath } from "./judge-body.ts";
import type { Progress } from "./progress.ts";
import { type OpenFile, readRows } from "./read-rows.ts";
import { type Patience, sendPart } from "./send.ts";
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
  readonly to: { readonly client: Client; readonly patience: Omit<Patience, "waiting" | "stopped"> } | null;
}

export interface Imported {
  readonly rows: number;
  /** Customers or orders. */
  readonly taken: number;
  readonly rejected: number;
  /** Values that say nothing of anybody, of what was taken. */
  readonly leftOut: number;
  /** The last line of which everything before it was sent and answered; null: all of the file. */
  readonly stoppedAfterLine: number | null;
}

interface Part {
  readonly units: Unit[];
  bytes: number;
}

const lastLine = (units: readonly Unit[]): number => units.at(-1)?.rows.at(-1)?.line ?? 1;

export const runImport = async ({
  reader,
  file,
  errors,
  progress,
  stopped,
  to,
}: ImportJob): Promise<Imported> => {
  const { kind, source } = reader;
  const count = { rows: 0, taken: 0, rejected: 0, leftOut: 0, bytes: 0 };
  // Every row of an order, so that the error file can be mended and imported as it is.
  const note = async ({ rows }: Unit, outcome: Outcome, troubles: readonly Trouble[]): Promise<void> => {
    if (troubles.length > 0) for (const row of rows) await errors.add(row, outcome, troubles);
  };
  const reject = async (unit: Unit, troubles: readonly Trouble[]): Promise<void> => {
    count.rejected += 1;
    await note(unit, "rejected", troubles);
  };
  const take = async (unit: Unit, more: readonly Trouble[]): Promise<void> => {
    const left = [...unit.troubles, ...more];
    count.taken += 1;
    count.leftOut += left.length;
    await note(unit, "left out", left);
  };

  const send = async (units: readonly Unit[]): Promise<"sent" | "stopped"> => {
    if (to === null || units.length === 0) {
      for (const unit of units) await take(unit, []);
      return "sent";
    }
    const list = units.map(({ body }) => body);
    const body =
      kind === "orders" ? { source, orders: list, userInitiated: false } : { source, customers: list };
    const waiting = (why: string) => progress.say(`${why}: the same again after a while.`);
    const reply = await sendPart(to.client, `/v1/${kind}`, body, { ...to.patience, waiting, stopped });
    if (reply === "stopped") return "stopped";
    const refused = new Map(reply.rejected.map((one) => [one.index, one]));
    for (const [index, unit] of units.entries()) {
      const verdict = refused.get(index);
      if (verdict !== undefined) {
        await reject(unit, [{ field: "", code: verdict.code, message: verdict.message }]);
        continue;
      }
      // What the reader here said already is not told twice.
      const known = new Set(unit.troubles.map(({ field, code }) => `${field} ${code}`));
      const left = reply.leftOut
        .filter((one) => one.index === index && !known.has(`${shortPath(one.field)} ${one.reason}`))
        .map((one) => leftTrouble(one.field, one.reason));
      await take(unit, left);
    }
    return "sent";
  };

  let sentUpTo = 1;
  let part: Part = { units: [], bytes: 0 };
  const flush = async (): Promise<"sent" | "stopped"> => {
    const outcome = await send(part.units);
    if (outcome === "sent") sentUpTo = Math.max(sentUpTo, lastLine(part.units));
    part = { units: [], bytes: 0 };
    return outcome;
  };
  const imported = (stoppedAfterLine: number | null): Imported => ({
    rows: count.rows,
    taken: count.taken,
    rejected: count.rejected,
    leftOut: count.leftOut,
    stoppedAfterLine,
  });

  try {
    for await (const unit of readUnits(reader, readRows(file))) {
      if (stopped()) return imported(sentUpTo);
      count.rows += unit.rows.length;
      count.bytes = unit.rows.at(-1)?.bytes ?? count.bytes;
      if (unit.body === null) await reject(unit, unit.troubles);
      else {
        const bytes = Buffer.byteLength(JSON.stringify(unit.body)) + 1;
        const full = part.units.length === MOST_TOLD || part.bytes + bytes > MOST_BYTES;
        if (full && (await flush()) === "stopped") return imported(sentUpTo);
        part.units.push(unit);
        part.bytes += bytes;
      }
      progress.show(count);
    }
    return imported((await flush()) === "stopped" ? sentUpTo : null);
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
