// A till in tests: its source and its orders go in over HTTP, and whom they are of is read from the decisions.

import { env } from "cloudflare:workers";
import { type OrdersReply, TellOrder } from "../../schema/wire/channels.ts";
import type { Realm } from "../core/identity/node-key.ts";
import { identifierKeys } from "../identity/identifier-keys.ts";
import { eventually } from "./eventually.ts";
import { answer, call } from "./http.ts";
import { testServices } from "./person.ts";

/** 14 October 2026, 10:00 in Saigon. */
export const AT = "2026-10-14T10:00:00+07:00";
export const NOW = Date.UTC(2026, 9, 14, 5);

export const keyOf = (kind: string, value: string, realm: Realm = "commerce"): Promise<string> =>
  identifierKeys(testServices().settings.IDENTIFIER_KEYS)(realm, { kind, value });

export const addSource = (id: string) =>
  answer(
    call("/v1/admin/sources", { json: { id, kind: "pos", name: id, basis: "contract" }, now: NOW }),
    201,
  );

export const order = (
  id: string,
  customer: Record<string, unknown>,
  more: Partial<Record<keyof TellOrder, unknown>> = {},
) => ({
  id,
  at: AT,
  status: "completed",
  total: 85_000,
  items: [{ name: "Trà sữa", quantity: 2 }],
  customer,
  ...more,
});

export const tell = (source: string, orders: readonly unknown[], now = NOW) =>
  answer<OrdersReply>(call("/v1/orders", { json: { source, orders }, now }));

export const rows = async <T>(query: string, ...values: unknown[]): Promise<T[]> =>
  (
    await env.DB.prepare(query)
      .bind(...values)
      .all<T>()
  ).results;

/** Once the queue has brought so many. */
export const storedOrders = (source: string, count: number) =>
  eventually(async () => {
    const found = await rows<Record<string, unknown>>(
      "SELECT * FROM orders WHERE source = ? ORDER BY order_id",
      source,
    );
    if (found.length !== count) throw new Error(`${found.length} orders of ${source} and not ${count}`);
    return found;
  });

/** The anchors of these identifiers once nothing waits; null: of nobody. */
export const anchorsOf = (keys: readonly string[]): Promise<(string | null)[]> =>
  eventually(async () => {
    const [waiting] = await rows<{ n: number }>("SELECT count(*) AS n FROM identity_pending");
    if (waiting?.n !== 0) throw new Error(`${waiting?.n} identifiers wait to be decided`);
    const known = await rows<{ key: string; anchor: string }>(
      "SELECT key, anchor FROM assignments WHERE key IN (SELECT value FROM json_each(?))",
      JSON.stringify(keys),
    );
    return keys.map((key) => known.find((one) => one.key === key)?.anchor ?? null);
  });

/** How many profiles these identifiers are of. */
export const profilesOf = async (keys: readonly string[]): Promise<number> =>
  new Set(await anchorsOf(keys)).size;
