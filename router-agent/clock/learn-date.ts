// Corrects the signing clock from a reply's `Date` header, and gives the spool its anchor. For every kind of
// connection to the server.

import type { Spool } from "../spool/spool.ts";
import type { Clock } from "./clock.ts";
import { parseDateHeader } from "./clock.ts";

interface LearnPorts {
  clock: Clock;
  spool: Pick<Spool, "setAnchor">;
  wallMs: () => number;
  monoMs: () => number;
}

/** A change below this does not decide whether a token is in time. */
const NOTABLE_MS = 5_000;

/** True when what the clock says has changed notably. */
export const learnDate = (
  { clock, spool, wallMs, monoMs }: LearnPorts,
  date: string | undefined,
  sentMonoMs: number,
): boolean => {
  const dateMs = parseDateHeader(date);
  if (dateMs === null) return false;
  const before = clock.now(wallMs());
  const now = { wallMs: wallMs(), monoMs: monoMs() };
  const anchor = clock.learn({ dateMs, sentMonoMs, receivedMonoMs: now.monoMs }, now);
  if (anchor) spool.setAnchor(anchor);
  return Math.abs(clock.now(wallMs()) - before) > NOTABLE_MS;
};
