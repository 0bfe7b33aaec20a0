// A grant desk over a door that a test writes as one function.

import type { DeskPorts } from "../grants/desk.ts";
import { GrantDesk } from "../grants/desk.ts";

export const makeDesk = (more: Partial<DeskPorts> = {}): GrantDesk =>
  new GrantDesk({
    carryOut: async () => ({ ok: true }),
    now: () => Date.now(),
    log: () => undefined,
    onResult: () => undefined,
    signal: new AbortController().signal,
    ...more,
  });
