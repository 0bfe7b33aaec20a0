// Everything that D1 holds about one person, in one batch of eight statements. What belongs to a device is only taken
// where the device is the person's now.

import { and, asc, desc, eq, inArray, or, sql } from "drizzle-orm";
import type { SubjectKey } from "../../schema/ids.ts";
import {
  consents,
  evidence,
  identifiers,
  personDetails,
  tombstones,
  wordings,
} from "../../schema/tables-people.ts";
import { branches, deviceFacts, visitorFirsts, visits } from "../../schema/tables.ts";
import type { Database } from "./database.ts";

export const readPerson = async (db: Database, subject: SubjectKey, tags: readonly string[]) => {
  const theirs = db.select({ key: evidence.b }).from(evidence).where(eq(evidence.a, subject));
  const devices = db
    .select({ device: deviceFacts.device })
    .from(deviceFacts)
    .where(and(eq(deviceFacts.subject, subject), eq(deviceFacts.kind, "sign_in")));
  const [identifierRows, records, [details], facts, visitRows, firsts, branchRows, erasures] = await db.batch(
    [
      db
        .select()
        .from(identifiers)
        .where(or(eq(identifiers.key, subject), inArray(identifiers.key, theirs)))
        .orderBy(asc(identifiers.firstSeenAt)),
      db
        // Only names that one of the two tables has: a batch's rows come by name.
        .select({
          record: consents.record,
          purpose: consents.purpose,
          state: consents.state,
          at: consents.at,
          receiptId: consents.receiptId,
          outdatedAt: consents.outdatedAt,
          text: wordings.text,
        })
        .from(consents)
        .leftJoin(wordings, eq(wordings.hash, sql`json_extract(${consents.record}, '$.wording.hash')`))
        .where(eq(consents.subject, subject))
        .orderBy(asc(consents.sequence)),
      db.select().from(personDetails).where(eq(personDetails.subject, subject)),
      db.select().from(deviceFacts).where(inArray(deviceFacts.device, devices)).orderBy(asc(deviceFacts.seq)),
      db.select().from(visits).where(eq(visits.subject, subject)).orderBy(desc(visits.startedAt)),
      db
        .select()
        .from(visitorFirsts)
        .where(
          and(
            inArray(visitorFirsts.branchId, db.select({ id: branches.id }).from(branches)),
            eq(visitorFirsts.subject, subject),
          ),
        ),
      db.select({ id: branches.id, name: branches.name, timezone: branches.timezone }).from(branches),
      db
        .select({ at: tombstones.erasedAt })
        .from(tombstones)
        .where(inArray(tombstones.tag, [...tags]))
        .orderBy(asc(tombstones.generation)),
    ],
  );
  return {
    identifiers: identifierRows,
    records,
    details: details ?? null,
    facts,
    visits: visitRows,
    firsts,
    branches: branchRows,
    erasures: erasures.map(({ at }) => at),
  };
};

export type PersonRows = Awaited<ReturnType<typeof readPerson>>;
