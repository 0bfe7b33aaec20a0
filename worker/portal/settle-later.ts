// Has it decided who is one person once facts were committed. Nobody waits for it: what was committed waits in the
// database, so a failure is only a delay.

import { waitUntil } from "cloudflare:workers";
import { describeError } from "../describe-error.ts";
import type { Services } from "../services.ts";

/** In local mode a time far from the machine's was supplied by the caller. */
const SUPPLIED_MS = 60_000;

export const settleLater =
  ({ identity, settings }: Pick<Services, "identity" | "settings">) =>
  (now: number): void => {
    const virtual = settings.QUEN_MODE === "local" && Math.abs(now - Date.now()) > SUPPLIED_MS;
    const settled = identity.settle({ now, virtual }).catch((error: unknown) => {
      console.error("Nobody decided yet who is one person; it waits", { error: describeError(error) });
    });
    waitUntil(settled);
  };
