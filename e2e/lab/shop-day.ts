// What a web shop, a Zalo Official Account and a till tell over HTTP, each with its own credential and at its own time.

import { createHash } from "node:crypto";
import type { LabWorker } from "./worker.ts";

export const OA = { oaId: "2026110000000000011", appId: "2026110000000000012" };
const SECRET = "secret-of-the-official-account-01";

export interface ShopDay {
  /** What the shop's page sends: a browser key, by the browser SDK's own addresses. */
  browser(at: number, letter: "p" | "t", event: Record<string, unknown>): Promise<void>;
  /** What the shop's server says, by Segment's HTTP API. */
  server(at: number, method: string, event: Record<string, unknown>): Promise<void>;
  /** A signed webhook. */
  zalo(at: number, event: Record<string, unknown>): Promise<void>;
  till(at: number, order: Record<string, unknown>): Promise<void>;
}

const CONSENT = { consent: { categoryPreferences: { analytics: true } } };

export const openShopDay = async (worker: LabWorker): Promise<ShopDay> => {
  const { admin, url } = worker;
  const source = (id: string, kind: string, basis: string, config: object = {}) =>
    admin.post("/v1/admin/sources", { id, kind, name: `Lab ${id}`, basis, config });
  const keyOf = async (of: string, browser: boolean): Promise<string> => {
    const key = { name: `${of} ${browser}`, scopes: ["events:write"], source: of, browser };
    return (await admin.post<{ key: string }>("/v1/admin/keys", key)).key;
  };
  await source("web-shop", "web", "consent");
  await source("oa", "zalo_oa", "consent", { connector: "zalo-oa", settings: OA });
  await source("till", "pos", "contract");
  await admin.post("/v1/admin/sources/oa/secrets", { purpose: "signing", secret: SECRET });
  const [browserKey, serverKey, tillKey] = [
    await keyOf("web-shop", true),
    await keyOf("web-shop", false),
    await keyOf("till", false),
  ];

  const post = async (at: number, path: string, headers: Record<string, string>, body: string) => {
    const reply = await fetch(`${url}${path}`, {
      method: "POST",
      headers: { "x-quen-now": String(at), ...headers },
      body,
    });
    const text = await reply.text();
    if (reply.status !== 200) throw new Error(`${path} was answered ${reply.status}: ${text}`);
  };
  const basic = (key: string) => ({ authorization: `Basic ${btoa(`${key}:`)}` });
  const told = (at: number, event: Record<string, unknown>): string => {
    const time = new Date(at).toISOString();
    const context = { ...CONSENT, ...(event["context"] as object | undefined) };
    return JSON.stringify({ messageId: `${at}`, timestamp: time, sentAt: time, ...event, context });
  };
  return {
    browser: (at, letter, event) =>
      post(at, `/v1/${letter}`, { ...basic(browserKey), "content-type": "text/plain" }, told(at, event)),
    server: (at, method, event) =>
      post(at, `/v1/${method}`, { ...basic(serverKey), "content-type": "application/json" }, told(at, event)),
    zalo: (at, event) => {
      const body = JSON.stringify({
        app_id: OA.appId,
        recipient: { id: OA.oaId },
        timestamp: `${at}`,
        ...event,
      });
      const mac = createHash("sha256").update(`${OA.appId}${body}${at}${SECRET}`).digest("hex");
      return post(at, "/hooks/zalo-oa/oa", { "x-zevent-signature": `mac=${mac}` }, body);
    },
    till: (at, order) => {
      const body = {
        source: "till",
        orders: [{ at: new Date(at).toISOString(), status: "completed", ...order }],
      };
      const headers = { authorization: `Bearer ${tillKey}`, "content-type": "application/json" };
      return post(at, "/v1/orders", headers, JSON.stringify(body));
    },
  };
};
