// The keeper of the Official Account's token in the real runtime, against a Zalo whose refresh tokens work once.

import { env } from "cloudflare:workers";
import { runInDurableObject } from "cloudflare:test";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { Env } from "../env.ts";
import { OaToken } from "../objects/oa-token.ts";

const OAUTH = "https://oauth.zalo.test";
const SEED = "seed-refresh-token";
let made = 0;

afterEach(() => vi.restoreAllMocks());

/** Answers as Zalo documents it; `lost` is the number of the refresh whose answer gets lost, or never comes. */
const zalo = (first = SEED, lost: { n: number; how: "cut" | "never" } | null = null) => {
  let [valid, count] = [first, 0];
  const asked: { url: string; secret: string | null; token: string }[] = [];
  vi.spyOn(globalThis, "fetch").mockImplementation(async (input) => {
    const request = input as Request;
    const field = (await request.formData()).get("refresh_token");
    const token = typeof field === "string" ? field : "";
    asked.push({ url: request.url, secret: request.headers.get("secret_key"), token });
    count += 1;
    await new Promise((resolve) => setTimeout(resolve, 20));
    if (token !== valid)
      return Response.json({ error: -14014, error_name: "Invalid refresh token", error_description: "" });
    valid = `refresh-${count}`;
    if (count === lost?.n && lost.how === "cut") throw new TypeError("The line was cut");
    if (count === lost?.n) await new Promise(() => undefined);
    return Response.json({ access_token: `access-${count}`, refresh_token: valid, expires_in: "90000" });
  });
  return { asked, renew: (token: string) => void (valid = token) };
};

const settings = (more: Record<string, unknown> = {}): Env =>
  ({
    ...env,
    ZALO_APP_ID: "1234567890",
    ZALO_APP_SECRET: "app-secret",
    ZNS_TEMPLATE_ID: "1",
    ZALO_OAUTH_URL: OAUTH,
    ZALO_OA_REFRESH_TOKEN: SEED,
    ...more,
  }) as unknown as Env;

/** Each call of `run` is a new instance over the same storage, as after an eviction. */
const keeper = (more: Record<string, unknown> = {}) => {
  made += 1;
  const stub = env.OA_TOKEN.get(env.OA_TOKEN.idFromName(`test-${made}`));
  return {
    run: <T>(act: (object: OaToken) => Promise<T>, other = more): Promise<T> =>
      runInDurableObject(stub, (_, state) => act(new OaToken(state, settings(other)))),
    stored: () =>
      runInDurableObject(stub, async (_, state) => ({
        text: JSON.stringify([...state.storage.kv.list()]),
        alarm: await state.storage.getAlarm(),
      })),
  };
};

describe("the keeper of the token", () => {
  it("refreshes once for 50 callers at once, as Zalo documents it, and not again after an eviction", async () => {
    const { asked } = zalo();
    const { run } = keeper();
    const outcomes = await run((object) => Promise.all(Array.from({ length: 50 }, () => object.token(null))));
    expect(new Set(outcomes.map((outcome) => JSON.stringify(outcome)))).toEqual(
      new Set([JSON.stringify({ kind: "done", accessToken: "access-1" })]),
    );
    expect(asked).toEqual([{ url: `${OAUTH}/v4/oa/access_token`, secret: "app-secret", token: SEED }]);
    expect(await run((object) => object.token(null))).toEqual({ kind: "done", accessToken: "access-1" });
    expect(asked).toHaveLength(1);
  });

  it("keeps nothing in the clear, and wakes an hour before the token ends", async () => {
    zalo();
    const { run, stored } = keeper();
    await run((object) => object.token(null));
    const { text, alarm } = await stored();
    expect(text).toContain("test.");
    expect(text).not.toMatch(/access-1|refresh-1|seed-refresh/);
    const hours = ((alarm ?? 0) - Date.now()) / 3_600_000;
    expect(hours).toBeGreaterThan(23.9);
    expect(hours).toBeLessThan(24.1);
  });

  it("refreshes once for 50 callers whose token Zalo took no more, once it is a minute old", async () => {
    const { asked } = zalo();
    const { run } = keeper();
    await run((object) => object.token(null));
    expect((await run((object) => object.token("access-1"))).kind).toBe("retry");
    vi.spyOn(Date, "now").mockReturnValue(Date.now() + 61_000);
    const outcomes = await run((object) =>
      Promise.all(Array.from({ length: 50 }, () => object.token("access-1"))),
    );
    expect(outcomes.every((one) => one.kind === "done" && one.accessToken === "access-2")).toBe(true);
    expect(asked.map(({ token }) => token)).toEqual([SEED, "refresh-1"]);
  });

  it("asks Zalo no more once it refused, says so, and works again with a new token", async () => {
    const { asked, renew } = zalo("another token");
    const log = vi.spyOn(console, "error").mockImplementation(() => undefined);
    const { run } = keeper();
    for (let i = 0; i < 5; i += 1)
      expect(await run((object) => object.token(null))).toEqual({ kind: "refuse", reason: "refused" });
    expect(asked).toHaveLength(1);
    expect(JSON.stringify(log.mock.calls)).not.toContain(SEED);
    const before = await run((object) => object.status());
    expect(before).toMatchObject({ health: "refused", refusal: { code: -14014, afterLoss: false } });
    renew("from the operator");
    const after = await run((object) => object.replace("from the operator"));
    expect(after).toMatchObject({ health: "working", refusal: null, counts: { refreshed: 1, refused: 1 } });
    expect(await run((object) => object.token(null))).toEqual({ kind: "done", accessToken: "access-2" });
    expect(asked).toHaveLength(2);
  });

  it("names a lost answer as the reason when the token turns out to be used up", async () => {
    const { asked } = zalo(SEED, { n: 1, how: "cut" });
    vi.spyOn(console, "error").mockImplementation(() => undefined);
    const { run } = keeper();
    expect(await run((object) => object.token(null))).toMatchObject({ kind: "retry" });
    expect(await run((object) => object.token(null))).toMatchObject({ kind: "retry" });
    expect(asked).toHaveLength(1);
    vi.spyOn(Date, "now").mockReturnValue(Date.now() + 31_000);
    expect(await run((object) => object.token(null))).toEqual({ kind: "refuse", reason: "refused" });
    expect(await run((object) => object.status())).toMatchObject({ refusal: { afterLoss: true } });
  });

  it("knows after a crash between Zalo's answer and our store that the token may be used up", async () => {
    const { asked } = zalo(SEED, { n: 1, how: "never" });
    vi.spyOn(console, "error").mockImplementation(() => undefined);
    const { run } = keeper();
    await run(async (object) => {
      void object.token(null);
      await vi.waitFor(() => expect(asked).toHaveLength(1));
    });
    expect(await run((object) => object.token(null))).toEqual({ kind: "refuse", reason: "refused" });
    expect(await run((object) => object.status())).toMatchObject({ refusal: { afterLoss: true } });
    expect(asked).toHaveLength(2);
  });

  it("takes a secret once: what Zalo gave since is newer, but a changed secret is newer still", async () => {
    const { asked, renew } = zalo();
    const { run } = keeper();
    await run((object) => object.token(null));
    vi.spyOn(Date, "now").mockReturnValue(Date.now() + 25 * 3_600_000);
    await run((object) => object.token(null));
    renew("a changed secret");
    await run((object) => object.token(null), { ZALO_OA_REFRESH_TOKEN: "a changed secret" });
    await run((object) => object.token(null), { ZALO_OA_REFRESH_TOKEN: SEED });
    expect(asked.map(({ token }) => token)).toEqual([SEED, "refresh-1", "a changed secret"]);
  });

  it("says that there is none, and cannot be had, without a token or without an app", async () => {
    const { asked } = zalo();
    const without = keeper({ ZALO_OA_REFRESH_TOKEN: undefined });
    expect(await without.run((object) => object.token(null))).toEqual({ kind: "refuse", reason: "missing" });
    const unconfigured = {
      ZALO_OA_REFRESH_TOKEN: undefined,
      ZALO_APP_ID: undefined,
      ZALO_APP_SECRET: undefined,
      ZNS_TEMPLATE_ID: undefined,
    };
    const nothing = keeper(unconfigured);
    expect(await nothing.run((object) => object.token(null))).toEqual({
      kind: "refuse",
      reason: "not_configured",
    });
    expect(await nothing.run((object) => object.replace("a new refresh token"))).toBeNull();
    expect(asked).toEqual([]);
  });

  it("can be given a new token when the sealing key is gone", async () => {
    const { renew } = zalo();
    vi.spyOn(console, "error").mockImplementation(() => undefined);
    const { run } = keeper();
    await run((object) => object.token(null));
    renew("after the loss of a key");
    const other = { SEAL_KEYS: `other:${"o".repeat(42)}A`, ZALO_OA_REFRESH_TOKEN: undefined };
    expect(await run((object) => object.token(null), other)).toEqual({ kind: "refuse", reason: "missing" });
    const after = await run((object) => object.replace("after the loss of a key"), other);
    expect(after?.health).toBe("working");
  });
});
