// A request as the wire tells it: what is overdue, and the note only where it was opened on purpose.

import type { RequestView } from "../../../schema/wire/rights.ts";
import { REQUEST_KINDS, REQUEST_ORIGINS, REQUEST_OUTCOMES } from "../../../schema/requests.ts";
import type { RequestNote } from "../../portal/rights/request-note.ts";
import type { RequestFound } from "../../store/requests.ts";

const text = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

const overdueOf = (row: RequestFound, now: number): RequestView["overdue"] => {
  if (row.closedAt !== null) return null;
  if (row.dueAt < now) return "due";
  return row.repliedAt === null && row.replyDueAt < now ? "reply" : null;
};

export const requestView = (row: RequestFound, note: RequestNote | null, now: number): RequestView => ({
  id: row.id,
  kind: REQUEST_KINDS.find((kind) => kind === row.kind) ?? "other",
  origin: REQUEST_ORIGINS.find((origin) => origin === row.origin) ?? "operator",
  profileId: row.profileId,
  note,
  receivedAt: new Date(row.receivedAt).toISOString(),
  replyDueAt: new Date(row.replyDueAt).toISOString(),
  dueAt: new Date(row.dueAt).toISOString(),
  repliedAt: text(row.repliedAt),
  extendedAt: text(row.extendedAt),
  closedAt: text(row.closedAt),
  outcome: REQUEST_OUTCOMES.find((outcome) => outcome === row.outcome) ?? null,
  proof: row.proof,
  overdue: overdueOf(row, now),
});
