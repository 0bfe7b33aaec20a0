// Events and order marks that channels told, as rows, and the statements that store each once. Of repeats of one
// (source, message id) the smallest row stands, by time first; of repeats of one mark likewise.

import { type SQL, sql } from "drizzle-orm";
import type { ToldEvent, ToldMessage } from "../../schema/messages-channels.ts";
import { events, orderMarks } from "../../schema/tables-channels.ts";
import { orders } from "../../schema/tables-identity.ts";
import { evidence } from "../../schema/tables-people.ts";
import { jsonTable } from "./json-table.ts";

const DAY_MS = 86_400_000;

const EVENT_COLUMNS = [
  "source",
  "message_id",
  "at",
  "type",
  "name",
  "channel",
  "stage",
  "campaign",
  "subject",
  "anonymous",
  "branch_id",
  "direction",
  "sentiment",
  "products",
  "order_id",
  "value_vnd",
  "details",
] as const;
const MARK_COLUMNS = ["source", "order_id", "mark_id", "kind", "at", "amount_vnd"] as const;

const jsonOrNull = (value: object | null): string | null =>
  value === null || Object.keys(value).length === 0 ? null : JSON.stringify(value);

const eventRow = ({ source, messageId, at }: ToldMessage, event: ToldEvent): unknown[] => [
  source,
  messageId,
  at,
  event.type,
  event.name,
  event.channel,
  event.stage,
  jsonOrNull(event.campaign),
  event.subject,
  event.anonymous,
  event.branchId,
  event.direction,
  event.sentiment,
  jsonOrNull(event.products),
  event.orderId,
  event.valueVnd,
  event.details,
];

/** Each row begins with the place of its message. */
export const eventTables = (messages: readonly ToldMessage[]): { events: SQL; marks: SQL } => ({
  events: jsonTable(
    ["message", ...EVENT_COLUMNS],
    messages.flatMap((message, index) =>
      message.event ? [[index, ...eventRow(message, message.event)]] : [],
    ),
  ),
  marks: jsonTable(
    ["message", ...MARK_COLUMNS],
    messages.flatMap(({ mark }, index) =>
      mark ? [[index, mark.book, mark.orderId, mark.markId, mark.kind, mark.at, mark.amountVnd]] : [],
    ),
  ),
});

/** Nothing in a rank is null, or it could not be compared: no text of a row is empty, and no number is a text. */
const rankOf = (columns: readonly string[]) => {
  const rest = columns.filter((name) => name !== "at");
  return (of: string): SQL =>
    sql.raw(`(${of}.at, ${rest.map((name) => `coalesce(${of}.${name}, '')`).join(", ")})`);
};
const eventRank = rankOf(EVENT_COLUMNS.slice(2));
const markRank = rankOf(MARK_COLUMNS.slice(3));

const storing = (table: SQL, columns: readonly string[], key: readonly string[], rows: SQL): SQL => sql`
  INSERT INTO ${table} (${sql.raw(columns.join(", "))})
  SELECT ${sql.raw(columns.map((name) => `r.${name}`).join(", "))} FROM ${rows}
  ON CONFLICT (${sql.raw(key.join(", "))}) DO UPDATE SET ${sql.raw(
    columns
      .filter((name) => !key.includes(name))
      .map((name) => `${name} = excluded.${name}`)
      .join(", "),
  )}`;

/** `used`: a condition on `r`. */
export const eventStatement = (rows: SQL, used: SQL): SQL => sql`
  ${storing(sql`${events}`, EVENT_COLUMNS, ["source", "message_id"], sql`${rows} r WHERE ${used}`)}
  WHERE ${eventRank("excluded")} < ${eventRank("events")}`;

export const markStatement = (rows: SQL, used: SQL): SQL => sql`
  ${storing(sql`${orderMarks}`, MARK_COLUMNS, ["source", "order_id", "mark_id"], sql`${rows} r WHERE ${used}`)}
  WHERE ${markRank("excluded")} < ${markRank("order_marks")}`;

const isNewEvent = sql`NOT EXISTS (SELECT 1 FROM ${events} o
  WHERE o.source = r.source AND o.message_id = r.message_id AND ${eventRank("o")} <= ${eventRank("r")})`;

/** Whose order a new mark is of. */
export const newlyMarked = (rows: SQL, used: SQL): SQL => sql`
  SELECT o.subject FROM ${rows} r JOIN ${orders} o ON o.source = r.source AND o.order_id = r.order_id
  WHERE ${used} AND NOT EXISTS (SELECT 1 FROM ${orderMarks} m WHERE m.source = r.source
    AND m.order_id = r.order_id AND m.mark_id = r.mark_id AND ${markRank("m")} <= ${markRank("r")})`;

/** Who is named by an event that is the first of its channel and UTC day: of the others the change feed says nothing. */
export const firstOfDay = (rows: SQL, used: SQL): SQL => sql`
  SELECT r.subject FROM ${rows} r WHERE r.subject IS NOT NULL AND ${used} AND NOT EXISTS (
    SELECT 1 FROM ${events} o INDEXED BY events_subject WHERE o.subject = r.subject AND o.channel = r.channel
      AND o.at >= r.at - r.at % ${DAY_MS} AND o.at < r.at - r.at % ${DAY_MS} + ${DAY_MS})`;

/** Whoever a new event may be of: who is named, and everybody who ever was on the same browser or app. */
export const maybeShown = (rows: SQL, used: SQL): SQL => sql`
  SELECT r.subject FROM ${rows} r WHERE r.subject IS NOT NULL AND ${used} AND ${isNewEvent}
  UNION SELECT o.subject FROM ${rows} r
    JOIN ${events} o ON o.source = r.source AND o.message_id = r.message_id AND o.subject IS NOT NULL
    WHERE ${used} AND ${isNewEvent}
  UNION SELECT e.b FROM ${rows} r JOIN ${evidence} e ON e.a = r.anonymous WHERE ${used} AND ${isNewEvent}
  UNION SELECT e.a FROM ${rows} r JOIN ${evidence} e ON e.b = r.anonymous WHERE ${used} AND ${isNewEvent}`;
