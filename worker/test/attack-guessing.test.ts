// Guessing and flooding, against the real gates: how many messages a device can make us send, how many guesses anybody
// gets, and that the work done for a phone does not depend on whether it is known.

import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, test } from "vitest";
import { answer, call } from "./http.ts";
import { makeGateway } from "./gateway-asks.ts";

const NOON = Date.UTC(2026, 10, 3, 5);
const BRANCH = "attacked";
let gateway: string;

beforeAll(async () => {
  await answer(call("/v1/admin/branches", { json: { id: BRANCH, name: "Attacked" } }), 201);
  gateway = (await makeGateway(BRANCH, "link")).id;
});

interface Page {
  status: number;
  path: string;
  html: string;
}

/** One request; redirects are followed by GET, as a browser does. */
const go = async (path: string, now: number, form?: Record<string, string>): Promise<Page> => {
  const reply = await call(path, {
    bearer: null,
    now,
    ...(form === undefined ? {} : { body: new URLSearchParams(form).toString() }),
    headers: {
      "sec-fetch-site": "same-origin",
      ...(form === undefined ? {} : { "content-type": "application/x-www-form-urlencoded" }),
    },
  });
  const location = reply.headers.get("location");
  const html = await reply.text();
  return reply.status === 303 && location !== null ? go(location, now) : { status: reply.status, path, html };
};

const hidden = (html: string, name: string): string =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? "";

const open = (mac: string, now: number): Promise<Page> => go(`/w/${gateway}?mac=${mac}`, now);

const ask = async (mac: string, phone: string, now: number): Promise<Page> =>
  askOn(await open(mac, now), phone, now);

/** Fills in the first page. */
const askOn = (page: Page, phone: string, now: number): Promise<Page> => {
  const form = { token: hidden(page.html, "token"), shown: hidden(page.html, "shown") };
  return go(page.path, now, { ...form, phone, adult: "yes", allow: "visit_recognition" });
};

const type = (page: Page, code: string, now: number): Promise<Page> =>
  go(page.path, now, { token: hidden(page.html, "token"), code });

const codeOn = (page: Page): string => /id="local-code"[^>]*>\s*(\d{6})/.exec(page.html)?.[1] ?? "";

const wrong = (right: string): string => (right === "000000" ? "111111" : "000000");

const phoneNumber = (n: number): string => `09${String(12_000_000 + n).padStart(8, "0")}`;

const counters = async (): Promise<Record<string, number>> => {
  const { data } = await answer<{ data: { branchId: string | null; dropped: Record<string, number> }[] }>(
    call("/v1/admin/counters"),
  );
  return data.find(({ branchId }) => branchId === BRANCH)?.dropped ?? {};
};

describe("one device", () => {
  test("gets ten messages a day out of two hundred sign-ups, whatever phones it names", async () => {
    const mac = "02:aa:00:00:00:01";
    let sent = 0;
    let limited = 0;
    let first = await open(mac, NOON);
    for (let n = 0; n < 200; n++) {
      const now = NOON + n * 1_000;
      // Some of them from the gateway anew, the rest by sending the same page again.
      if (n % 50 === 0) first = await open(mac, now);
      const page = await askOn(first, phoneNumber(n), now);
      if (codeOn(page) !== "") sent += 1;
      else if (page.status === 429) limited += 1;
    }
    expect([sent, limited]).toEqual([10, 190]);
    await expect.poll(async () => (await counters())["portal_limited_device"], { timeout: 20_000 }).toBe(190);
  }, 120_000);
});

describe("a code", () => {
  test("is guessed five times at most, however the guesses are spread over sessions and sent at once", async () => {
    const now = NOON + 86_400_000;
    const mac = "02:aa:00:00:00:02";
    const pages = [await ask(mac, phoneNumber(5_001), now)];
    const right = codeOn(pages[0] ?? { status: 0, path: "", html: "" });
    // Opened again and again: the same device resumes the same code.
    for (let n = 1; n < 4; n++) pages.push(await ask(mac, phoneNumber(5_001), now + n));
    const guesses = await Promise.all(
      Array.from({ length: 20 }, (_, n) => {
        const page = pages[n % pages.length];
        if (page === undefined) throw new Error("There is no page to guess on");
        return type(page, wrong(right), now + 1_000);
      }),
    );
    expect(guesses.every(({ status }) => status === 422)).toBe(true);
    const late = await type(pages[0] ?? { status: 0, path: "", html: "" }, right, now + 2_000);
    expect([late.status, late.path.endsWith("/code")]).toEqual([422, true]);
  });

  test("of one device is of no use on another, and cannot be spoilt from there", async () => {
    const now = NOON + 2 * 86_400_000;
    const phone = phoneNumber(5_002);
    const mine = await ask("02:aa:00:00:00:03", phone, now);
    const right = codeOn(mine);
    const theirs = await ask("02:aa:00:00:00:04", phone, now + 31_000);
    const other = codeOn(theirs);
    // One in a million times both are the same, and then it proves nothing.
    const useless = other === right ? wrong(other) : right;
    expect((await type(theirs, useless, now + 32_000)).status).toBe(422);
    for (let n = 0; n < 4; n++) await type(theirs, wrong(other), now + 33_000 + n);
    expect((await type(mine, right, now + 40_000)).path).toMatch(/\/done$/);
  });

  test("comes five times a day to one phone, whoever asks", async () => {
    const now = NOON + 3 * 86_400_000;
    let sent = 0;
    for (let n = 0; n < 20; n++) {
      const page = await ask(
        `02:aa:00:00:01:${String(n).padStart(2, "0")}`,
        phoneNumber(5_003),
        now + n * 60_000,
      );
      if (codeOn(page) !== "") sent += 1;
    }
    expect(sent).toBe(5);
  });
});

describe("a phone that is known and one that is not", () => {
  /** Statements that a request makes in D1, by their text. */
  const statementsOf = async (work: () => Promise<unknown>): Promise<string[]> => {
    const seen: string[] = [];
    const real = env.DB.prepare.bind(env.DB);
    const spy = (text: string) => {
      seen.push(text);
      return real(text);
    };
    Object.defineProperty(env.DB, "prepare", { value: spy, configurable: true });
    try {
      await work();
    } finally {
      Object.defineProperty(env.DB, "prepare", { value: real, configurable: true });
    }
    return seen;
  };

  test("get the same page and cost the same statements", async () => {
    const now = NOON + 4 * 86_400_000;
    const known = phoneNumber(5_004);
    const signed = await ask("02:aa:00:00:02:01", known, now);
    expect((await type(signed, codeOn(signed), now + 1_000)).path).toMatch(/\/done$/);
    const later = now + 600_000;
    const pages: Page[] = [];
    const costs: string[][] = [];
    for (const [n, phone] of [known, phoneNumber(5_005)].entries()) {
      const page = await open(`02:aa:00:00:02:1${n}`, later);
      const form = { token: hidden(page.html, "token"), shown: hidden(page.html, "shown") };
      costs.push(
        await statementsOf(async () => {
          pages.push(await go(page.path, later, { ...form, phone, adult: "yes" }));
        }),
      );
    }
    expect(costs[0]).toEqual(costs[1]);
    expect(costs[0]?.length).toBeGreaterThan(0);
    const plain = ({ html }: Page): string =>
      html
        .replace(/\/s\/[\w-]+/g, "/s/…")
        .replace(/value="[\w-]{20,}"/g, "")
        .replace(/\d{3,6}/g, "…");
    expect(plain(pages[0] ?? signed)).toBe(plain(pages[1] ?? signed));
  });
});
