// Requests of API keys: counted over isolates by the key's object, told in the draft's headers, and never an outage.

import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { env } from "cloudflare:workers";
import type { Problem } from "../../schema/problems.ts";
import type { LeaseAsk } from "../core/limits/lease.ts";
import { knownLimits } from "../scope-limits.ts";
import type { Policy } from "../core/limits/policy.ts";
import type { Env } from "../env.ts";
import { keyLimiter } from "../key-limiter.ts";
import { answer, call } from "./http.ts";

const MINUTE = 60_000;
const { KEY_GATE } = env as unknown as Env;

const newKey = (...scopes: string[]) =>
  answer<{ id: string; key: string }>(call("/v1/admin/keys", { json: { name: "Limits", scopes } }), 201);

/** An isolate of its own, over the real object of the key. */
const isolate = (now: () => number) => {
  const asked: LeaseAsk[] = [];
  const limiter = keyLimiter({
    now,
    lease: async (keyId, ask) => {
      asked.push(ask);
      return KEY_GATE.get(KEY_GATE.idFromName(keyId)).lease(ask);
    },
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  });
  return { ...limiter, asked };
};

describe("two isolates", () => {
  const policy: Policy = { name: "crm:read", limit: 50, windowMs: MINUTE };

  test("let 50 requests a minute through between them, and 50 more in the next", async () => {
    let now = 10 * MINUTE + 5;
    const both = [isolate(() => now), isolate(() => now)];
    const minute = async (): Promise<number> => {
      const verdicts = [];
      for (let n = 0; n < 60; n += 1)
        verdicts.push(...(await Promise.all(both.map((one) => one.take("key_two", policy)))));
      return verdicts.filter(({ kind }) => kind === "allowed").length;
    };
    const first = await minute();
    now += MINUTE;
    const second = await minute();
    expect([first, second]).toEqual([50, 50]);
  });

  test("let no more through in a burst on isolates that know nothing yet", async () => {
    const both = [isolate(() => 20 * MINUTE), isolate(() => 20 * MINUTE)];
    const verdicts = await Promise.all(
      both.flatMap((one) => Array.from({ length: 60 }, () => one.take("key_burst", policy))),
    );
    expect(verdicts.filter(({ kind }) => kind === "allowed").length).toBeLessThanOrEqual(50);
  });
});

describe("what it costs", () => {
  test("of 300 requests in a minute that may have 600, at most 6 ask the key's object", async () => {
    const one = isolate(() => 30 * MINUTE);
    const policy: Policy = { name: "crm:read", limit: 600, windowMs: MINUTE };
    for (let n = 0; n < 300; n += 1) await one.take("key_cost", policy);
    expect(one.asked.length).toBeLessThanOrEqual(6);
  });

  test("nobody asks once nothing is left", async () => {
    const one = isolate(() => 40 * MINUTE);
    const policy: Policy = { name: "few", limit: 3, windowMs: MINUTE };
    for (let n = 0; n < 3; n += 1) await one.take("key_dry", policy);
    const before = one.asked.length;
    for (let n = 0; n < 20; n += 1)
      expect(await one.take("key_dry", policy)).toEqual({ kind: "refused", resetAt: 41 * MINUTE });
    expect(one.asked.length - before).toBeLessThanOrEqual(1);
  });
});

test("a key's object forgets windows that are long over, keeps the running one, and is empty at last", async () => {
  const stub = KEY_GATE.get(KEY_GATE.idFromName("key_forgets"));
  const ask = { name: "crm:read", limit: 9, windowMs: MINUTE, want: 1 };
  await stub.lease({ ...ask, now: Date.now() - 2 * 86_400_000 });
  await stub.lease({ ...ask, name: "counter-day", windowMs: 86_400_000, now: Date.now() });
  const kept = () => runInDurableObject(stub, (_, state) => [...state.storage.kv.list()].map(([key]) => key));
  expect(await runDurableObjectAlarm(stub)).toBe(true);
  expect(await kept()).toEqual(["window/counter-day"]);
  await runInDurableObject(stub, (_, state) =>
    state.storage.kv.put("window/counter-day", { startAt: 0, granted: 1 }),
  );
  expect(await runDurableObjectAlarm(stub)).toBe(true);
  expect(await kept()).toEqual([]);
  expect(await runDurableObjectAlarm(stub)).toBe(false);
});

describe("an object that does not answer", () => {
  test.each([
    ["breaks", () => Promise.reject(new Error("The object was reset"))],
    ["is silent", () => new Promise<never>(() => undefined)],
  ])("and %s lets requests through, says so once and is asked again later", async (_name, lease) => {
    const log = vi.spyOn(console, "error").mockImplementation(() => undefined);
    let now = 0;
    let asked = 0;
    const limiter = keyLimiter({
      now: () => now,
      lease: () => {
        asked += 1;
        return lease();
      },
      sleep: () => Promise.resolve(),
    });
    const policy: Policy = { name: "crm:read", limit: 1, windowMs: MINUTE };
    for (let n = 0; n < 10; n += 1)
      expect(await limiter.take("key_away", policy)).toEqual({ kind: "unknown" });
    expect([asked, log.mock.calls.length]).toEqual([1, 1]);
    now += 5_000;
    await limiter.take("key_away", policy);
    expect(asked).toBe(2);
    log.mockRestore();
  });
});

describe("over HTTP", () => {
  const limitOf = (limits: Record<string, number>) =>
    call("/v1/admin/settings", { method: "PATCH", json: { limits } });

  beforeAll(async () => {
    await limitOf({ "marketing:read": 3 });
  });

  test("a key is told its limit and what is left, and 429 with when to come back after that", async () => {
    const { key: bearer } = await newKey("marketing:read");
    // A minute that ends meanwhile would begin a new window.
    const intoMinute = Date.now() % MINUTE;
    if (intoMinute > 50_000) await new Promise((resolve) => setTimeout(resolve, MINUTE - intoMinute));
    const replies = [];
    for (let n = 0; n < 5; n += 1) replies.push(await call("/v1/branches", { bearer }));
    expect(replies.map(({ status }) => status)).toEqual([200, 200, 200, 429, 429]);
    expect(replies.map(({ headers }) => headers.get("ratelimit-policy"))).toEqual(
      Array(5).fill('"marketing:read";q=3;w=60'),
    );
    const left = replies.map(({ headers }) => /r=(\d+);t=\d+$/.exec(headers.get("ratelimit") ?? "")?.[1]);
    expect(left).toEqual(["2", "1", "0", "0", "0"]);
    const refused = replies[3];
    const seconds = Number(refused?.headers.get("retry-after"));
    expect(seconds).toBeGreaterThanOrEqual(1);
    expect(seconds).toBeLessThanOrEqual(60);
    expect((await refused?.json<Problem>())?.code).toBe("rate_limited");
    expect([...(refused?.headers.keys() ?? [])].filter((name) => name.startsWith("x-ratelimit"))).toEqual([]);
  });

  test("the same key has a limit of its own in another area, also where it may do nothing", async () => {
    const { key: bearer } = await newKey("marketing:read");
    const reply = await call("/v1/orders", { bearer, json: {} });
    expect([reply.status, reply.headers.get("ratelimit-policy")]).toEqual([
      403,
      '"events:write";q=3000;w=60',
    ]);
  });

  test("the admin secret is not limited, nor are strangers told anything", async () => {
    for (const bearer of [env.ADMIN_TOKEN, null]) {
      const reply = await call("/v1/branches", { bearer });
      expect(reply.headers.get("ratelimit")).toBeNull();
    }
  });

  test("a limit that is none is refused", async () => {
    expect((await limitOf({ "crm:read": 0 })).status).toBe(400);
    expect((await limitOf({ nothing: 5 })).status).toBe(400);
    expect(await answer(call("/v1/admin/settings"))).toMatchObject({ limits: { "marketing:read": 3 } });
  });
});

test("requests that come at once to a new isolate are all held to the brand's own limits", async () => {
  const own = { "marketing:read": 3 };
  const limits = knownLimits({ now: () => 0, read: async () => own, later: () => undefined });
  expect(await Promise.all([limits.own(), limits.own()])).toEqual([own, own]);
});
