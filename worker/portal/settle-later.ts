// What follows once facts were committed: it is decided who is one person, and receivers of webhooks are told. Nobody
// waits for it: what was committed waits in the database, so a failure is only a delay.

import { waitUntil } from "cloudflare:workers";
import { describeError } from "../describe-error.ts";
import type { Services } from "../services.ts";

/** In local mode a time far from the machine's was supplied by the caller. */
const SUPPLIED_MS = 60_000;

export const settleLater =
  ({ identity, webhooks, settings }: Pick<Services, "identity" | "webhooks" | "settings">) =>
  (now: number): void => {
    const virtual = settings.QUEN_MODE === "local" && Math.abs(now - Date.now()) > SUPPLIED_MS;
    const clock = { now, virtual };
    const orLater = async (what: string, work: () => Promise<unknown>): Promise<void> => {
      try {
        await work();
      } catch (error) {
        console.error("What follows from new facts will be done later", {
          what,
          error: describeError(error),
        });
      }
    };
    waitUntil(
      orLater("identity", () => identity.settle(clock)).then(() =>
        orLater("webhooks", () => webhooks.tell(clock)),
      ),
    );
  };
