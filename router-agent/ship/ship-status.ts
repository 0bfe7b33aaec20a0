// What `status` tells about shipping, kept up to date from the outcomes, with a log line where something changed.

import type { Log } from "../log.ts";
import type { Outcome } from "./outcome.ts";

export interface ShipStatus {
  state: "starting" | "ok" | "retrying" | "branch_gone";
  /** Why it is retrying; empty when all is well. */
  detail: string;
  /** Observations that the server has answered for since the agent started. */
  acknowledged: number;
  /** How many of them it did not use, by its reason. */
  serverDropped: Record<string, number>;
  lastDoneMonoMs: number | null;
}

export const noteOutcome = (
  status: ShipStatus,
  outcome: Outcome,
  observations: number,
  { log, monoMs }: { log: Log; monoMs: () => number },
): void => {
  const before = `${status.state} ${status.detail}`;
  switch (outcome.kind) {
    case "done":
      if (status.state === "retrying") log("info", "The server answers again.");
      status.state = "ok";
      status.detail = "";
      status.acknowledged += observations;
      status.lastDoneMonoMs = monoMs();
      for (const { reason } of outcome.reply.dropped)
        status.serverDropped[reason] = (status.serverDropped[reason] ?? 0) + 1;
      if (outcome.reply.dropped.length > 0)
        log("warn", "The server did not use some observations.", { count: outcome.reply.dropped.length });
      log("debug", "A batch was acknowledged.", { observations });
      return;
    case "retry":
      status.state = "retrying";
      status.detail = `${outcome.reason}: ${outcome.detail}`;
      if (before !== `${status.state} ${status.detail}`)
        log("warn", "A batch was not taken and is kept.", { reason: outcome.reason, detail: outcome.detail });
      return;
    case "too_large":
      log("warn", "A batch was too large and is cut in two.", { observations });
      return;
    case "refused":
      status.state = "retrying";
      status.detail = `refused: ${outcome.detail}`;
      log("error", "The server refused a batch for good.", { observations, detail: outcome.detail });
      return;
    case "branch_gone":
      status.state = "branch_gone";
      status.detail = "The branch of this agent does not exist any more; enrol it again.";
      log("error", "The branch of this agent does not exist any more. Nothing more is sent.");
      return;
  }
};
