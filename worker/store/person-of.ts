// Everybody who is decided to be of one profile with an identifier, as a subquery; without a decision nobody.

import { type SQL, sql } from "drizzle-orm";
import type { SubjectKey } from "../../schema/ids.ts";
import { assignments } from "../../schema/tables-identity.ts";

export const personOf = (subject: SubjectKey): SQL => sql`(SELECT s.key FROM ${assignments} s
  WHERE s.anchor = (SELECT o.anchor FROM ${assignments} o WHERE o.key = ${subject}))`;
