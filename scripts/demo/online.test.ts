import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { TimelineEntry } from "../../schema/wire/crm.ts";
import { mixedPhones, wayOf } from "./journey.ts";
import { tellOnline } from "./online.ts";
import type { OnlineAct } from "./world/online.ts";

const AT = Date.UTC(2026, 9, 5, 12);
const done = (id: string, minute: number) => ({
  id,
  at: AT + minute * 60_000,
  person: 3,
  phone: "0912345678",
  remembered: true,
});
const item = { name: "Trà sen vàng", category: "tea", vnd: 55_000 } as const;
const ACTS: OnlineAct[] = [
  { ...done("1", 0), kind: "ad", campaign: { source: "facebook", medium: "cpc", name: "tra-sen" }, item },
  { ...done("2", 1), kind: "view", item },
  { ...done("3", 2), kind: "log_in", remembered: false },
  { ...done("4", 3), kind: "message", text: "Quán còn chỗ không ạ?" },
  { ...done("5", 4), kind: "share_phone" },
];

describe("what is done online", () => {
  test("is told as an SDK and as Zalo tell it: one batch with consent as it was given, and signed webhooks, each at its time", async () => {
    const seen: { path: string; now: number; headers: Headers; body: string }[] = [];
    const send = ((url: string, init?: RequestInit) => {
      const headers = new Headers(init?.headers);
      const body = typeof init?.body === "string" ? init.body : "";
      seen.push({ path: new URL(url).pathname, now: Number(headers.get("x-quen-now")), headers, body });
      return Promise.resolve(new Response("{}"));
    }) as typeof fetch;
    expect(await tellOnline("http://q", { shopKey: "qk_shop", oaSecret: "s" }, ACTS, send)).toBe(5);
    expect(seen.map(({ path, now }) => [path, now - AT])).toEqual([
      ["/v1/batch", 4 * 60_000],
      ["/hooks/zalo-oa/zalo-demo", 3 * 60_000],
      ["/hooks/zalo-oa/zalo-demo", 4 * 60_000],
    ]);
    const { batch } = JSON.parse(seen[0]?.body ?? "{}") as { batch: Record<string, unknown>[] };
    expect(batch).toMatchObject([
      { type: "page", anonymousId: "browser-3", context: { campaign: { source: "facebook" } } },
      { type: "track", event: "Product Viewed", properties: { price: 55_000, currency: "VND" } },
      { type: "identify", context: { consent: { categoryPreferences: { analytics: false } } } },
    ]);
    const [, hook] = seen;
    const { app_id: app, timestamp } = JSON.parse(hook?.body ?? "{}") as Record<string, string>;
    const mac = createHash("sha256").update(`${app}${hook?.body}${timestamp}s`).digest("hex");
    expect(hook?.headers.get("x-zevent-signature")).toBe(`mac=${mac}`);
  });

  test("that is refused is an error that names the address", async () => {
    const send = (() => Promise.resolve(new Response("no", { status: 401 }))) as typeof fetch;
    const telling = tellOnline("http://q", { shopKey: "qk_shop", oaSecret: "s" }, ACTS, send);
    await expect(telling).rejects.toThrow("/v1/batch was answered 401");
  });

  test("makes somebody worth showing who came by an advert, logged in, wrote and gave their phone", () => {
    const others = ACTS.slice(0, 3).map((act) => ({ ...act, phone: "0900000000" }));
    expect(mixedPhones([{ online: [...ACTS, ...others] }], ["0900000000", "0912345678"])).toEqual([
      "0912345678",
    ]);
  });
});

describe("the way that is shown", () => {
  const event = (minute: number, more: object): TimelineEntry =>
    ({
      type: "event",
      at: new Date(AT + minute * 60_000).toISOString(),
      eventType: "track",
      campaign: null,
      ...more,
    }) as TimelineEntry;
  const at = (minute: number): string => new Date(AT + minute * 60_000).toISOString();

  test("goes from an advert to the first order after a visit, whatever order the timeline has", () => {
    const entries = [
      { type: "order", at: at(90) },
      { type: "visit", at: at(80) },
      event(10, { eventType: "message" }),
      event(5, { campaign: { source: "zalo" } }),
      { type: "order", at: at(3) },
      event(1, {}),
    ] as TimelineEntry[];
    expect(wayOf(entries)?.map(({ at: when }) => (Date.parse(when) - AT) / 60_000)).toEqual([5, 10, 80, 90]);
    expect(wayOf(entries.slice(1))).toBeNull();
  });
});
