// Invariant 1 over the first hop: a gateway sends a MAC in the address. The Worker neither stores it, nor logs it, nor
// gives it back, in any spelling, also where the gateway is unknown, the branch closed or the database away.

import { createHash } from "node:crypto";
import { env } from "cloudflare:workers";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { WITH_MAC } from "../../captive-portal/gateways/samples/vendors.ts";
import { formsOf } from "../../captive-portal/testing/shopper.ts";
import { makeBranch, tokenOf } from "./agent.ts";
import { answer, call, type CallOptions } from "./http.ts";
import { databaseDump, everyObjectDump, type Found, macPlaces, placesOf } from "./leak-search.ts";

const NOW = Date.UTC(2026, 9, 14, 5, 0);
const MAC = "02:1a:2b:3c:4d:5e";
const QUERIES = [
  `mac=${MAC}`,
  "mac=02-1A-2B-3C-4D-5E",
  "mac=021a.2b3c.4d5e",
  "mac=021A2B3C4D5E",
  "mac=021a2b-3c4d5e",
  "mac=2:1a:2b:3c:4d:5e",
  "mac=02%3A1A%3a2b%3A3c%3A4d%3A5e",
  "mac=%2002:1a:2b:3c:4d:5e%20",
  // Not what the link gateway reads: no token is made of it, and it must go no further either.
  "mac=02 1a 2b 3c 4d 5e",
  `mac=junk${MAC}`,
  `device=${MAC}`,
  `clientmac=${MAC}&lang=en`,
  `mac=${MAC}&mac=02-1A-2B-3C-4D-5E&lang=${MAC}`,
];

const logged: Found[] = [];
const answered: Found[] = [];
const spies = (["log", "info", "warn", "error", "debug", "trace"] as const).map((level) =>
  vi.spyOn(console, level).mockImplementation((...words: unknown[]) => {
    logged.push({ place: `log ${level}`, value: words.map((word) => JSON.stringify(word)).join(" ") });
  }),
);
afterAll(() => {
  for (const spy of spies) spy.mockRestore();
});

interface Seen {
  status: number;
  location: string | null;
  html: string;
}

/** As a browser without script asks; everything of the reply is kept for the search. */
const ask = async (path: string, options: CallOptions = {}): Promise<Seen> => {
  const reply = await call(path, { bearer: null, now: NOW, ...options });
  const html = await reply.text();
  answered.push({ place: "reply body", value: html });
  for (const [name, value] of reply.headers) answered.push({ place: `reply ${name}`, value });
  return { status: reply.status, location: reply.headers.get("location"), html };
};

const follow = async (seen: Seen): Promise<Seen> =>
  seen.location === null ? seen : follow(await ask(seen.location));

const post = async (page: Seen, ending: RegExp, fields: [string, string][]): Promise<Seen> => {
  const form = formsOf(page.html).find(({ action }) => ending.test(action));
  if (!form) throw new Error("The page has no such form");
  const body = new URLSearchParams([...Object.entries(form.hidden), ...fields]).toString();
  const headers = { "content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "same-origin" };
  return follow(await ask(form.action, { body, headers }));
};

const everywhere = async (): Promise<Found[]> => [
  ...(await databaseDump()),
  ...(await everyObjectDump()),
  ...logged,
  ...answered,
];

const gatewayOf = async (branchId: string): Promise<string> => {
  await makeBranch(branchId);
  const made = call("/v1/admin/gateways", { json: { kind: "link", branchId } });
  return (await answer<{ id: string }>(made, 201)).id;
};

let open = "";
let closed = "";
beforeAll(async () => {
  open = await gatewayOf("first-hop");
  closed = await gatewayOf("first-hop-closed");
  await answer(call("/v1/admin/branches/first-hop-closed", { method: "PATCH", json: { closed: true } }));
});

test.each(QUERIES)("a redirect with %s leads at once to an address without the MAC", async (query) => {
  const hop = await ask(`/w/${open}?${query}`);
  expect(hop.status).toBe(303);
  expect(hop.location).toMatch(/^\/w\/gw_[0-9a-z]+\/s\/[\w-]{24}$/);
  expect((await follow(hop)).status).toBe(200);
  expect(macPlaces(MAC, await everywhere())).toEqual([]);
});

describe("where the way ends early", () => {
  test.each(QUERIES)(
    "an unknown gateway, a closed branch and a wrong address keep nothing of %s",
    async (query) => {
      expect((await ask(`/w/gw_000000000000000000000000?${query}`)).status).toBe(404);
      expect((await ask(`/w/${closed}?${query}`)).status).toBe(404);
      expect((await ask(`/w/${open}/?${query}`)).status).toBe(404);
      expect((await ask(`/w/${open}/s/nothing?${query}`)).status).toBe(410);
      expect((await ask(`/w/${open}?${query}`, { method: "PUT", body: query })).status).toBe(404);
      expect((await ask(`/v1/nowhere?${query}`)).status).toBe(404);
      expect(macPlaces(MAC, await everywhere())).toEqual([]);
    },
  );

  test.each(["gateways", "branches", "portal_sessions"])(
    "the database without %s is a 503 that keeps nothing",
    async (table) => {
      await env.DB.exec(`ALTER TABLE ${table} RENAME TO ${table}_away`);
      const lines = logged.length;
      // A branch is remembered for a few seconds; a change forgets it.
      await call("/v1/admin/settings", { method: "PATCH", json: {} });
      const statuses = [];
      for (const query of QUERIES) statuses.push((await ask(`/w/${open}?${query}`)).status);
      await env.DB.exec(`ALTER TABLE ${table}_away RENAME TO ${table}`);
      expect(new Set(statuses)).toEqual(new Set([503]));
      expect(logged.length).toBeGreaterThan(lines);
      expect(macPlaces(MAC, await everywhere())).toEqual([]);
    },
  );
});

test("a whole sign-in leaves the device's token where consent allows it, and its MAC nowhere", async () => {
  const choices = await follow(await ask(`/w/${open}?mac=${MAC}`));
  const code = await post(choices, /\/s\/[\w-]+$/, [
    ["phone", "0912 345 679"],
    ["adult", "yes"],
    ["allow", "visit_recognition"],
  ]);
  const digits = /"code":"(\d{6})"/.exec(logged.at(-1)?.value.toString() ?? "")?.[1] ?? "";
  expect((await post(code, /\/code$/, [["code", digits]])).status).toBe(200);
  const dump = await everywhere();
  const token = tokenOf(MAC);
  expect(placesOf(MAC, dump)).toContain("D1 device_facts.device (plain)");
  expect(dump.filter(({ place, value }) => place.startsWith("reply") && value === token)).toEqual([]);
  expect(macPlaces(MAC, dump)).toEqual([]);
});

test.each([
  ["in capitals", "seen 02-1A-2B-3C-4D-5E"],
  ["as a switch writes it", "021a.2b3c.4d5e"],
  ["without leading zeros", "2:1a:2b:3c:4d:5e"],
  ["percent-encoded", "/w/x?mac=02%3A1A%3a2b%3A3c%3A4d%3A5e"],
  ["as bytes", JSON.stringify([2, 26, 43, 60, 77, 94])],
  ["hashed without a key", createHash("sha256").update(MAC).digest("hex")],
])("the search would find the MAC %s", (_, value) => {
  expect(macPlaces(MAC, [{ place: "log", value }])).toEqual(["log"]);
});

test.each(WITH_MAC)(
  "a hand-off of $kind, asked for or posted, leads at once to an address without the MAC",
  async (sample) => {
    const { kind, tail, mac, addresses } = sample;
    const made = call("/v1/admin/gateways", { json: { kind, branchId: "first-hop", addresses } });
    const { id } = await answer<{ id: string }>(made, 201);
    const query = tail.slice(tail.indexOf("?") + 1);
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    const hops = [await ask(`/w/${id}${tail}`), await ask(`/w/${id}`, { body: query, headers })];
    for (const hop of hops) {
      expect(hop.location).toMatch(/^\/w\/gw_[0-9a-z]+\/s\/[\w-]{24}$/);
      expect((await follow(hop)).status).toBe(200);
    }
    expect(macPlaces(mac, await everywhere())).toEqual([]);
  },
);
