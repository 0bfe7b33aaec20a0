// Decides at once about what an operator changed. What was changed is committed: a failure here is a delay and no more.

import type { Context } from "hono";
import { describeError } from "../../../describe-error.ts";
import type { HttpEnv } from "../../context.ts";

export const settleNow = async (c: Context<HttpEnv>): Promise<void> => {
  try {
    await c.get("services").identity.settle(c.get("clock"));
  } catch (error) {
    console.error("Identity is decided later", {
      requestId: c.get("requestId"),
      error: describeError(error),
    });
  }
};
