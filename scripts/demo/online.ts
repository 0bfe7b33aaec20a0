// Tells what the demo's shoppers did online as it would come in: the web shop's SDK events by its server, and the Official
// Account's webhooks, signed as Zalo signs them. Each carries the time at which it happened.

import { createHash } from "node:crypto";
import type { Client } from "../quen/client.ts";
import { Refused } from "../quen/client.ts";
import type { OnlineAct } from "./world/online.ts";

export const SHOP = "web-demo";
const ACCOUNT = "zalo-demo";
const OA = { oaId: "2026110000000000001", appId: "2026110000000000002" };
const EVENTS_AT_ONCE = 200;
const HOOKS_AT_ONCE = 4;

export interface OnlineKeys {
  /** Writes the web shop's events. */
  shopKey: string;
  /** With it the Official Account's webhooks are signed. */
  oaSecret: string;
}

/** What is there from a run that was cut short is used as it is. */
const once = async (work: () => Promise<unknown>): Promise<void> => {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof Refused && error.status === 409)) throw error;
  }
};

export const prepareOnline = async (client: Client, oaSecret: string): Promise<OnlineKeys> => {
  await once(() =>
    client.post("/v1/admin/sources", {
      id: SHOP,
      kind: "web",
      name: "Web shop of the demo",
      basis: "consent",
    }),
  );
  await once(() =>
    client.post("/v1/admin/sources", {
      id: ACCOUNT,
      kind: "zalo_oa",
      name: "Official Account of the demo",
      basis: "consent",
      config: { connector: "zalo-oa", settings: OA },
    }),
  );
  // Two may be valid at once, so those of runs that were cut short go.
  const secrets = `/v1/admin/sources/${ACCOUNT}/secrets`;
  const { data } = await client.get<{ data: { id: string; valid: boolean }[] }>(secrets);
  for (const { id, valid } of data) if (valid) await client.remove(`${secrets}/${id}`);
  await client.post(secrets, { purpose: "signing", secret: oaSecret });
  const { key } = await client.post<{ key: string }>("/v1/admin/keys", {
    name: "demo: web shop",
    scopes: ["events:write"],
    source: SHOP,
  });
  return { shopKey: key, oaSecret };
};

const browserOf = (person: number): string => `browser-${person}`;
const accountOf = (person: number): string => `W${String(person + 1).padStart(5, "0")}`;
/** As wide as Zalo's are: more than a number of JavaScript holds. */
const zaloUserOf = (person: number): string => `74${String(person).padStart(17, "0")}`;

const productOf = ({ name, category, vnd }: { name: string; category: string; vnd: number }) => ({
  product_id: name,
  name,
  category,
  price: vnd,
  currency: "VND",
  quantity: 1,
});

/** As an SDK on the shop's server sends it; null for what happens elsewhere. */
const sdkEventOf = (act: OnlineAct): object | null => {
  const common = {
    messageId: act.id,
    anonymousId: browserOf(act.person),
    timestamp: new Date(act.at).toISOString(),
    context: { consent: { categoryPreferences: { analytics: act.remembered } } },
  };
  switch (act.kind) {
    case "ad": {
      const { campaign } = act;
      return { ...common, type: "page", name: "Menu", context: { ...common.context, campaign } };
    }
    case "view":
      return { ...common, type: "track", event: "Product Viewed", properties: productOf(act.item) };
    case "cart":
      return { ...common, type: "track", event: "Product Added", properties: productOf(act.item) };
    case "log_in":
      return { ...common, type: "identify", userId: accountOf(act.person), traits: { phone: act.phone } };
    case "message":
    case "share_phone":
      return null;
  }
};

/** As Zalo sends it; null for what happens elsewhere. */
const webhookOf = (act: OnlineAct): object | null => {
  const common = {
    app_id: OA.appId,
    sender: { id: zaloUserOf(act.person) },
    recipient: { id: OA.oaId },
    timestamp: String(act.at),
  };
  switch (act.kind) {
    case "message":
      return { ...common, event_name: "user_send_text", message: { msg_id: act.id, text: act.text } };
    case "share_phone":
      return { ...common, event_name: "user_submit_info", info: { phone: `84${act.phone.slice(1)}` } };
    case "ad":
    case "view":
    case "cart":
    case "log_in":
      return null;
  }
};

const post = async (send: typeof fetch, url: string, now: number, headers: object, body: string) => {
  const reply = await send(url, {
    method: "POST",
    headers: { "content-type": "application/json", "x-quen-now": String(now), ...headers },
    body,
  });
  const text = await reply.text();
  if (!reply.ok)
    throw new Error(`${new URL(url).pathname} was answered ${reply.status}: ${text.slice(0, 200)}`);
};

/** How many events were taken. */
export const tellOnline = async (
  url: string,
  { shopKey, oaSecret }: OnlineKeys,
  acts: readonly OnlineAct[],
  send: typeof fetch = fetch,
): Promise<number> => {
  const events = acts.flatMap((act) => sdkEventOf(act) ?? []);
  const last = acts.at(-1)?.at ?? 0;
  for (let from = 0; from < events.length; from += EVENTS_AT_ONCE) {
    const body = { batch: events.slice(from, from + EVENTS_AT_ONCE), sentAt: new Date(last).toISOString() };
    const authorization = `Basic ${btoa(`${shopKey}:`)}`;
    // One batch after the other, as an SDK would.
    await post(send, `${url}/v1/batch`, last, { authorization }, JSON.stringify(body));
  }
  const hooks = acts.flatMap((act) => {
    const payload = webhookOf(act);
    return payload === null ? [] : [{ at: act.at, body: JSON.stringify(payload) }];
  });
  const sender = async (): Promise<void> => {
    for (let hook = hooks.shift(); hook !== undefined; hook = hooks.shift()) {
      const signed = createHash("sha256")
        .update(`${OA.appId}${hook.body}${hook.at}${oaSecret}`)
        .digest("hex");
      const headers = { "x-zevent-signature": `mac=${signed}` };
      await post(send, `${url}/hooks/zalo-oa/${ACCOUNT}`, hook.at, headers, hook.body);
    }
  };
  const told = events.length + hooks.length;
  await Promise.all(Array.from({ length: HOOKS_AT_ONCE }, sender));
  return told;
};
