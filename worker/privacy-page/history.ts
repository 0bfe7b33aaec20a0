// The history of a request, from its row and from what the audit says of it. The row says that and when; the audit adds by
// whom and why.

import type { RequestEvent } from "../../dashboard/privacy/ports.ts";
import type { AuditedAct } from "../store/request-desk.ts";
import type { RequestRow } from "../store/request-rows.ts";

const reasonOf = (act: AuditedAct | undefined, id: string): string | null => {
  const reason = act?.target.slice(id.length + 2) ?? "";
  return reason === "" ? null : reason;
};

export const historyOf = (row: RequestRow, acts: readonly AuditedAct[]): RequestEvent[] => {
  const { id, receivedAt, repliedAt, extendedAt, closedAt, outcome, proof } = row;
  const last = (action: string): AuditedAct | undefined => acts.findLast((act) => act.action === action);
  const [opened, replied, extended, closed, lifted] = [
    last("request.open"),
    last("request.reply"),
    last("request.extend"),
    last("request.close") ?? last("profile.erase"),
    last("request.lift"),
  ];
  const events: RequestEvent[] = [
    { what: "received", at: receivedAt, by: opened?.actor ?? null, words: null },
  ];
  if (repliedAt !== null)
    events.push({ what: "replied", at: repliedAt, by: (replied ?? closed)?.actor ?? null, words: null });
  if (extendedAt !== null)
    events.push({
      what: "extended",
      at: extendedAt,
      by: extended?.actor ?? null,
      words: reasonOf(extended, id),
    });
  if (closedAt !== null)
    events.push({
      what: outcome === "refused" ? "refused" : "done",
      at: closedAt,
      by: closed?.actor ?? null,
      words: proof,
    });
  if (lifted !== undefined)
    events.push({ what: "lifted", at: lifted.at, by: lifted.actor, words: reasonOf(lifted, id) });
  return events.toSorted((a, b) => a.at - b.at);
};
