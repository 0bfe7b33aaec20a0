// Tells a branch object that there are new facts about devices. It also learns of them by itself, so a failure is only a
// delay.

import type { BranchId } from "../../schema/ids.ts";
import { describeError } from "../describe-error.ts";
import type { Services } from "../services.ts";

/** In local mode a time far from the machine's was supplied by the caller. */
const SUPPLIED_MS = 60_000;

export const branchTeller =
  (services: Services) =>
  async (branchId: BranchId, signIn: Parameters<Services["presence"]["factsChanged"]>[2], now: number) => {
    const branch = await services.branch(branchId);
    if (!branch) return;
    const virtual = services.settings.QUEN_MODE === "local" && Math.abs(now - Date.now()) > SUPPLIED_MS;
    try {
      await services.presence.factsChanged({ branchId, settings: branch.settings }, { now, virtual }, signIn);
    } catch (error) {
      console.error("A branch could not be told of a sign-in; it learns of it by itself", {
        branchId,
        error: describeError(error),
      });
    }
  };
