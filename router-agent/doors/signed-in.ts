// Keeps one session with a controller: signs in when there is none, and once more when the controller has ended it. A
// refused password is not tried again for a while, because controllers lock accounts.

import type { DoorOutcome } from "./door.ts";
import { refuse } from "./door.ts";

export type SignIn<S> = (
  signal: AbortSignal,
) => Promise<{ ok: true; session: S } | { ok: false; outcome: DoorOutcome }>;

/** What was asked, or that the session is over. */
export type Asked = DoorOutcome | "signed_out";

export type SignedIn<S> = (
  ask: (session: S, signal: AbortSignal) => Promise<Asked>,
  signal: AbortSignal,
) => Promise<DoorOutcome>;

const REFUSED_FOR_MS = 30_000;

export const makeSignedIn = <S>(signIn: SignIn<S>, monoMs: () => number): SignedIn<S> => {
  let current: Promise<{ ok: true; session: S } | { ok: false; outcome: DoorOutcome }> | null = null;
  let refused: { outcome: DoorOutcome; untilMono: number } | null = null;
  // Orders at the same time share one signing in.
  const session = async (signal: AbortSignal): ReturnType<SignIn<S>> => {
    if (refused && monoMs() < refused.untilMono) return { ok: false, outcome: refused.outcome };
    const mine = (current ??= signIn(signal));
    const result = await mine;
    if (result.ok) return result;
    if (current === mine) current = null;
    refused =
      result.outcome.kind === "refuse"
        ? { outcome: result.outcome, untilMono: monoMs() + REFUSED_FOR_MS }
        : null;
    return result;
  };
  return async (ask, signal) => {
    for (let tries = 0; tries < 2; tries += 1) {
      const mine = await session(signal);
      if (!mine.ok) return mine.outcome;
      const used = current;
      const asked = await ask(mine.session, signal);
      if (asked !== "signed_out") return asked;
      if (current === used) current = null;
    }
    return refuse("credentials", "The controller takes the password and then refuses its own session.");
  };
};
