// Tells at once that a recognised visitor has come in, through the outbox like all else. Where the brand has no receiver
// that wants to know, nothing is written and nothing is sent.

import type { BranchId } from "../../../schema/ids.ts";
import type { VisitStartedMessage } from "../../../schema/messages-channels.ts";
import type { VisitStart } from "../../core/presence/visit-start.ts";
import { metaOf } from "./tables.ts";

export const wantStarts = (sql: SqlStorage, wanted: "starts told" | "starts not told"): void => {
  const meta = metaOf(sql);
  if ((meta.get("starts") ?? "starts not told") !== wanted) meta.set("starts", wanted);
};

export const tellStart = (sql: SqlStorage, branchId: BranchId, start: VisitStart | null): void => {
  if (start === null || metaOf(sql).get("starts") !== "starts told") return;
  const message: VisitStartedMessage = { kind: "visit_started", branchId, ...start };
  sql.exec("INSERT INTO outbox (body) VALUES (?)", JSON.stringify(message));
};
