// Everything that D1 holds about one person, in one batch of thirteen statements. What belongs to a device is only taken
// where the device is the person's now.

import {
  and,
  asc,
  type Column,
  count,
  desc,
  eq,
  getTableColumns,
  inArray,
  isNull,
  ne,
  or,
  sql,
} from "drizzle-orm";
import type { SubjectKey } from "../../schema/ids.ts";
import { events, orderMarks } from "../../schema/tables-channels.ts";
import { orders, sources, traits } from "../../schema/tables-identity.ts";
import {
  consents,
  evidence,
  identifiers,
  personDetails,
  tombstones,
  wordings,
} from "../../schema/tables-people.ts";
import { requests } from "../../schema/tables-rights.ts";
import { branches, deviceFacts, visitorFirsts, visits } from "../../schema/tables.ts";
import type { Database } from "./database.ts";
import { ownedEvents } from "./event-owner.ts";
import { ownPart } from "./own-part.ts";
import { personOf } from "./person-of.ts";

/** What the brand calls a source; its id where it is not listed any more. */
const sourceNameOf = (source: Column) =>
  sql<string>`coalesce((SELECT n.name FROM ${sources} n WHERE n.id = ${source}), ${source})`.as(
    "source_name",
  );

/**
 * JSON of [kind, at, amount], the oldest first. The table's name is written out: drizzle leaves it away where there is one
 * table, and marks have columns of the same names.
 */
const MARKS = sql<string>`(SELECT json_group_array(json_array(m.kind, m.at, m.amount_vnd)) FROM (
  SELECT kind, at, amount_vnd FROM ${orderMarks} k
  WHERE k.source = ${orders}.source AND k.order_id = ${orders}.order_id ORDER BY at, mark_id) m)`.as("marks");

/** `counted`: of online events how many there are in each channel; `each`: every one of them too. */
export type EventsRead = "counted" | "each";

export const readPerson = async (
  db: Database,
  subject: SubjectKey,
  tags: readonly string[],
  read: EventsRead,
) => {
  const told = db
    .select({ key: evidence.b })
    .from(evidence)
    .where(and(eq(evidence.a, subject), isNull(evidence.retractedAt)));
  const own = ownPart(subject);
  const isOwn = sql`(${events.source}, ${events.messageId}) IN (
    WITH ${ownedEvents(sql`SELECT key FROM ${own}`)} SELECT source, message_id FROM owned_event)`;
  const devices = db
    .select({ device: deviceFacts.device })
    .from(deviceFacts)
    .where(and(eq(deviceFacts.subject, subject), eq(deviceFacts.kind, "sign_in")));
  const [
    identifierRows,
    records,
    [details],
    facts,
    visitRows,
    firsts,
    branchRows,
    erasures,
    traitRows,
    orderRows,
    channelRows,
    eventRows,
    requestRows,
    withdrawnByOthers,
  ] = await db.batch([
    db
      .select()
      .from(identifiers)
      .where(or(eq(identifiers.key, subject), inArray(identifiers.key, told), inArray(identifiers.key, own)))
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
    db
      .select({
        key: traits.key,
        trait: traits.name,
        source: traits.source,
        sealed: traits.sealed,
        at: traits.at,
        sourceName: sourceNameOf(traits.source),
      })
      .from(traits)
      .where(inArray(traits.key, own))
      .orderBy(asc(traits.name), desc(traits.at)),
    db
      .select({ ...getTableColumns(orders), sourceName: sourceNameOf(orders.source), marks: MARKS })
      .from(orders)
      .where(inArray(orders.subject, own))
      .orderBy(desc(orders.at)),
    db
      .select({
        channel: events.channel,
        events: count().as("events"),
        firstAt: sql<number>`min(${events.at})`.as("first_at"),
        lastAt: sql<number>`max(${events.at})`.as("last_at"),
      })
      .from(events)
      .where(isOwn)
      .groupBy(events.channel)
      .orderBy(desc(sql`last_at`)),
    db
      .select({ ...getTableColumns(events), sourceName: sourceNameOf(events.source) })
      .from(events)
      .where(and(sql`${Number(read === "each")}`, isOwn))
      .orderBy(desc(events.at)),
    db
      .select()
      .from(requests)
      .where(and(eq(requests.subject, subject), isNull(requests.closedAt)))
      .orderBy(asc(requests.receivedAt), asc(requests.id)),
    // By other identifiers of the same profile: it ends what was granted before.
    db
      .select({ subject: consents.subject, purpose: consents.purpose, at: consents.at })
      .from(consents)
      .where(
        and(
          eq(consents.state, "withdrawn"),
          ne(consents.subject, subject),
          inArray(consents.subject, personOf(subject)),
        ),
      ),
  ]);
  return {
    identifiers: identifierRows,
    records,
    details: details ?? null,
    facts,
    visits: visitRows,
    firsts,
    branches: branchRows,
    erasures: erasures.map(({ at }) => at),
    requests: requestRows,
    withdrawnByOthers,
    traits: traitRows,
    orders: orderRows,
    channels: channelRows,
    events: eventRows,
  };
};

export type PersonRows = Awaited<ReturnType<typeof readPerson>>;
