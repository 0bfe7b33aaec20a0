// The audit row that goes into the same batch as what it tells of.

import { audit } from "../../schema/tables.ts";
import type { Database } from "./database.ts";

export interface Audit {
  id: string;
  at: number;
  /** An API key's id, `admin`, or an operator's session. */
  actor: string;
  action: string;
  target: string;
}

export const auditRow = (db: Database, entry: Audit) => db.insert(audit).values(entry);
