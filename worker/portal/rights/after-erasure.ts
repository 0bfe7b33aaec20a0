// What follows an erasure that is committed: branches and followers are told, codes are forgotten, neighbours are decided
// about again. All of it happens by itself too, so a failure is only a delay.

import type { SubjectKey } from "../../../schema/ids.ts";
import { describeError } from "../../describe-error.ts";
import type { RightsParts } from "./parts.ts";

export const afterErasure = async (
  parts: RightsParts,
  phones: Iterable<SubjectKey>,
  now: number,
): Promise<void> => {
  await parts.tellBranches(now);
  for (const phone of new Set(phones)) {
    try {
      await parts.forgetCodes(phone);
    } catch (error) {
      // They go by themselves 24 h after the last one.
      console.error("Codes of an erased person could not be forgotten yet", { error: describeError(error) });
    }
  }
  await parts.settle(now);
  await parts.tellFollowers(now);
};
