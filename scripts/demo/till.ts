// The demo's tills tell what was bought, as a shop's till would: with a key of their own, a batch of orders at a time.

import type { OrdersReply } from "../../schema/wire/channels.ts";
import type { NewKeyView } from "../../schema/wire/admin.ts";
import type { z } from "zod";
import { type Client, createClient, Refused } from "../quen/client.ts";
import type { Purchase } from "./world/till.ts";

export const TILL = "pos-demo";
const AT_ONCE = 500;

export interface Keys {
  /** Tells orders. */
  tillKey: string;
  /** Reads profiles with personal values. */
  crmKey: string;
}

/** Declares the source once, and makes the keys. */
export const prepareTill = async (client: Client): Promise<Keys> => {
  try {
    await client.post("/v1/admin/sources", {
      id: TILL,
      kind: "pos",
      name: "Tills of the demo",
      basis: "contract",
    });
  } catch (error) {
    // It is there from a run that was cut short.
    if (!(error instanceof Refused && error.status === 409)) throw error;
  }
  const keyOf = async (name: string, scopes: string[]): Promise<string> =>
    (await client.post<z.infer<typeof NewKeyView>>("/v1/admin/keys", { name, scopes })).key;
  return {
    tillKey: await keyOf("demo: till", ["events:write"]),
    crmKey: await keyOf("demo: CRM", ["crm:read", "crm:personal"]),
  };
};

const orderOf = ({ id, at, branchId, totalVnd, items, customer }: Purchase) => ({
  id,
  at: new Date(at).toISOString(),
  branchId,
  status: "completed",
  total: totalVnd,
  items,
  customer,
});

/** How many orders were taken, and how many phones in them were left out because nobody can have them. */
export const tellPurchases = async (
  url: string,
  tillKey: string,
  purchases: readonly Purchase[],
  send: typeof fetch = fetch,
): Promise<{ taken: number; leftOut: number }> => {
  const client = createClient({ url, token: tillKey }, send);
  const told = { taken: 0, leftOut: 0 };
  for (let from = 0; from < purchases.length; from += AT_ONCE) {
    const orders = purchases.slice(from, from + AT_ONCE).map(orderOf);
    // One batch after the other, as a till would.
    const reply = await client.post<OrdersReply>("/v1/orders", { source: TILL, orders });
    told.taken += reply.accepted;
    told.leftOut += reply.leftOut.length;
  }
  return told;
};
