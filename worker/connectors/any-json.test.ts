import * as fc from "fast-check";
import { readdirSync, readFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { describe, expect, test } from "vitest";
import { ToldMessage } from "../../schema/messages-channels.ts";
import { AHEAD_MS } from "../core/intake/read-told.ts";
import { saidMessage } from "../identity/said-message.ts";
import type { Account, Connector } from "./connector.ts";
import { facebook } from "./facebook.ts";
import { haravan } from "./haravan.ts";
import { kiotviet } from "./kiotviet.ts";
import { nhanh } from "./nhanh.ts";
import { readJson } from "./read-json.ts";
import { sapo } from "./sapo.ts";
import { shopee } from "./shopee.ts";
import { account, delivery, NOW } from "./testing/webhook.ts";
import { tiktokShop } from "./tiktok-shop.ts";
import { zaloMiniApp } from "./zalo-mini-app.ts";
import { zaloOa } from "./zalo-oa.ts";

const TOPICS = ["orders/updated", "orders/delete", "customers/update", "refunds/create", "carts/update", ""];
const to: Account = account({ shopId: "7494049642642441621", appKey: "k", sellerId: "947000002" });
const shops: Account = account({ shopId: "137000001", sellerId: "947000002" });

const zalo: Account = account({
  oaId: "388613280878808645",
  appId: "360846524940903967",
  miniAppId: "2646373759294038927",
});
const page: Account = account({ pageId: "111111" });
const accounts: Readonly<Record<string, Account>> = {
  shopee: shops,
  "zalo-oa": zalo,
  "zalo-mini-app": zalo,
  facebook: page,
};

/** The accounts of the goldens are several; here each is of the one that is set up. */
const ours = (text: string): string =>
  text
    .replaceAll(/<?PAGE_ID>?|153125381133|(?<="page_id": )123123123/g, "111111")
    .replaceAll(/<PSID>|USER_ID/g, "24684588352919792")
    .replaceAll(/388613280879808645|1423847451268726170|388613280879880645/g, "388613280878808645")
    .replaceAll(
      /36084652489903967|102719276611582260|3608465248940903967|360846524840903967/g,
      "360846524940903967",
    );

const goldensOf = ({ id }: Connector): unknown[] => {
  const folder = `${import.meta.dirname}/golden/${id}`;
  return readdirSync(folder).map((file) => {
    const read = readJson(Buffer.from(ours(readFileSync(`${folder}/${file}`, "utf8"))));
    if (!read.ok) throw new Error(`${file} is no JSON`);
    return read.json;
  });
};

/** The value with what stands at one of its places replaced. */
const replaced = (value: unknown, place: number, by: unknown): unknown => {
  let left = place;
  const go = (one: unknown): unknown => {
    if (left-- === 0) return by;
    if (Array.isArray(one)) return one.map(go);
    return typeof one === "object" && one !== null
      ? Object.fromEntries(Object.entries(one).map(([name, inner]) => [name, go(inner)]))
      : one;
  };
  return go(value);
};

const parts = {
  keyOf: () => Promise.resolve("A".repeat(22)),
  sealSame: (text: string) => Promise.resolve(text),
} as unknown as Parameters<typeof saidMessage>[0];

/** What is wrong with what it makes of a payload; nothing, whatever came. */
const troubles = async (
  connector: Connector,
  payload: unknown,
  topic: string,
  by: Account,
): Promise<readonly unknown[]> => {
  const headers = { "x-haravan-topic": topic, "x-sapo-topic": topic, "x-webhook-event": topic };
  const sent = delivery(JSON.stringify(payload), headers);
  connector.signedAt(payload, sent);
  connector.verify(sent, "secret", by);
  const translation = connector.translate(payload, by, sent, NOW, new Map());
  const again = connector.translate(payload, by, sent, NOW, new Map());
  const found: unknown[] = [];
  if (translation.said.length + translation.drops.length === 0) found.push("nothing is said of it");
  if (!isDeepStrictEqual(again, translation)) found.push("it says another thing the second time");
  for (const said of translation.said) {
    const { error } = ToldMessage.safeParse(await saidMessage(parts, by.source, said));
    if (error !== undefined) found.push(error.issues);
    if (said.at > NOW + AHEAD_MS) found.push("it is of a time to come");
  }
  return found;
};

const ALL = [kiotviet, haravan, sapo, nhanh, shopee, tiktokShop, zaloOa, zaloMiniApp, facebook];
describe.each(ALL.map((one) => [one.id, one] as const))("%s", (id, connector) => {
  const by = accounts[id] ?? to;
  const topic = fc.constantFrom(...TOPICS);

  test("takes any JSON: it says what it tells or why it is not used, the same each time", async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), topic, async (payload, name) => {
        expect(await troubles(connector, payload, name, by)).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });

  test("takes its own payloads with anything in any place, and says what a message can hold", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...goldensOf(connector)),
        fc.nat({ max: 120 }),
        fc.oneof(
          fc.jsonValue(),
          fc.string({ minLength: 100, maxLength: 400 }),
          fc.constantFrom<unknown>(null, "", 0, -1, 1e300, "9007199254740993", true, {}, []),
        ),
        topic,
        async (payload, place, value, name) => {
          expect(await troubles(connector, replaced(payload, place, value), name, by)).toEqual([]);
        },
      ),
      { numRuns: 60 },
    );
  });
});
