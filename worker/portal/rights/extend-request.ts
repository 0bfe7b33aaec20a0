// The one extension of a request, by what its kind allows.

import { REQUEST_KINDS } from "../../../schema/requests.ts";
import { extendedDue } from "../../core/rights/due.ts";
import type { Audit } from "../../store/audit.ts";
import type { Database } from "../../store/database.ts";
import { extendRequest, findRequest } from "../../store/requests.ts";

/** `refused`: there is none, it is closed, was extended, or is past its due date. */
export const extendTheRequest = async (
  db: Database,
  id: string,
  audit: Audit,
): Promise<"done" | "refused"> => {
  const row = await findRequest(db, id);
  if (row === null) return "refused";
  const kind = REQUEST_KINDS.find((one) => one === row.kind) ?? "other";
  return extendRequest(db, id, extendedDue(kind, row.dueAt), audit);
};
