// The newest orders of some identifiers, in one statement. A cancelled one was never one.

import { sql } from "drizzle-orm";
import type { SubjectKey } from "../../schema/ids.ts";
import { orders } from "../../schema/tables-identity.ts";
import type { LastOrder, OrderItem } from "../core/counter/last-orders.ts";
import type { Database } from "./database.ts";
import { statusNow, worthNow } from "./order-worth.ts";
import { answerAll } from "./run-all.ts";

export const lastOrders = async (
  db: Database,
  subjects: readonly SubjectKey[],
  most: number,
): Promise<LastOrder[]> => {
  if (subjects.length === 0) return [];
  const [result] = await answerAll(db, [
    sql`SELECT o.subject AS subject, o.at AS at, o.branch_id AS branchId, o.channel AS channel, ${statusNow} AS status,
      o.currency AS currency, o.total AS total, o.total_vnd AS totalVnd, ${worthNow} AS worthVnd, o.items AS items
    FROM json_each(${JSON.stringify(subjects)}) k CROSS JOIN ${orders} o INDEXED BY orders_subject ON o.subject = k.value
    WHERE ${statusNow} <> 'cancelled' ORDER BY o.at DESC, o.source, o.order_id LIMIT ${most}`,
  ]);
  const rows = (result?.results ?? []) as (Omit<LastOrder, "items"> & { items: string })[];
  return rows.map((row) => ({ ...row, items: JSON.parse(row.items) as OrderItem[] }));
};
