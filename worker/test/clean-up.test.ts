// The bounded clean-up: what is past its lifetime goes, what is not stays, and "new" stays true.

import { env } from "cloudflare:workers";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { cleanUp } from "../clean-up.ts";
import { makeBranch } from "./agent.ts";
import { testServices } from "./person.ts";

const NOW = Date.UTC(2026, 9, 14, 5, 0);
const DAY = 86_400_000;
const MINUTE = 60_000;
const DAILY = "17 19 * * *";
const SHORT_LIVED = "*/15 * * * *";

const count = async (sql: string): Promise<number> =>
  (await env.DB.prepare(sql).first<{ n: number }>())?.n ?? -1;
const at = (days: number): number => NOW - days * DAY;
const day = (days: number): string => new Date(at(days)).toISOString().slice(0, 10);
const run = (now = NOW, cron = DAILY): Promise<void> => cleanUp(testServices().db, now, cron);

beforeAll(async () => {
  await makeBranch("q1");
  await makeBranch("q2");
});
beforeEach(async () => {
  const tables = ["visits", "visit_sets", "visitor_firsts", "footfall_days", "device_facts", "dead_letters"];
  await env.DB.batch(tables.map((table) => env.DB.prepare(`DELETE FROM ${table}`)));
});

interface TestVisit {
  daysAgo: number;
  device: string;
  minutes?: [from: number, to: number];
  counted?: 0 | 1;
  branch?: string;
}
const storeVisits = (...visits: TestVisit[]) =>
  env.DB.batch(
    visits.map(({ daysAgo, device, minutes: [from, to] = [0, 9], counted = 1, branch = "q1" }) =>
      env.DB.prepare("INSERT INTO visits VALUES (?, ?, ?, ?, ?, 'ann', ?, 0, 0, 0, '2026-1')").bind(
        branch,
        day(daysAgo),
        device,
        at(daysAgo) + from * MINUTE,
        at(daysAgo) + to * MINUTE,
        counted,
      ),
    ),
  );

describe("visits", () => {
  test("go after 13 months at every branch and leave the first visit of each person", async () => {
    await storeVisits(
      { daysAgo: 500, device: "d1" },
      { daysAgo: 450, device: "d1" },
      { daysAgo: 500, device: "d1", branch: "q2" },
      { daysAgo: 10, device: "d1" },
    );
    await run();
    expect(await count("SELECT count(*) AS n FROM visits")).toBe(1);
    expect(await count("SELECT first_at AS n FROM visitor_firsts WHERE branch_id = 'q1'")).toBe(at(500));
    expect(await count("SELECT count(*) AS n FROM visitor_firsts")).toBe(2);
  });

  test("that only two devices together make leave their start, a passer alone leaves nothing", async () => {
    await storeVisits(
      { daysAgo: 500, device: "d1", minutes: [0, 3], counted: 0 },
      { daysAgo: 480, device: "d1", minutes: [0, 3], counted: 0 },
      { daysAgo: 480, device: "d2", minutes: [4, 7], counted: 0 },
      { daysAgo: 450, device: "d1" },
    );
    await run();
    expect(await count("SELECT count(*) AS n FROM visits")).toBe(0);
    expect(await count("SELECT first_at AS n FROM visitor_firsts")).toBe(at(480));
  });

  test("of a day too long for one step go in several, and the first visit is that of the whole day", async () => {
    const rows = JSON.stringify(Array.from({ length: 12_000 }, (_, index) => index));
    await env.DB.prepare(
      `INSERT INTO visits SELECT 'q1', ?, 'd' || value, ? + value, ? + value + 600000, 's' || (value % 3), 1, 0, 0, 0, 'x'
       FROM json_each(?)`,
    )
      .bind(day(500), at(500), at(500), rows)
      .run();
    await run();
    expect(await count("SELECT count(*) AS n FROM visits")).toBe(0);
    expect(await count("SELECT count(*) AS n FROM visitor_firsts")).toBe(3);
    expect(await count("SELECT max(first_at) AS n FROM visitor_firsts")).toBe(at(500) + 2);
  });
});

test("footfall goes after 13 months", async () => {
  await env.DB.prepare(
    "INSERT INTO footfall_days VALUES ('q1', ?, 1, 1, 'x', 0, '{}'), ('q1', ?, 1, 1, 'x', 0, '{}')",
  )
    .bind(day(500), day(10))
    .run();
  await run();
  expect(await count("SELECT count(*) AS n FROM footfall_days")).toBe(1);
});

test("a set's revision is known for 45 days after it came, however old its day is", async () => {
  const set = env.DB.prepare("INSERT INTO visit_sets VALUES ('q1', ?, ?, 1, ?)");
  await env.DB.batch([
    set.bind(day(60), "amended late", at(44)),
    set.bind(day(60), "long ago", at(59)),
    set.bind(day(44), "young", at(44)),
  ]);
  await run();
  expect(await count("SELECT count(*) AS n FROM visit_sets")).toBe(2);
  expect(await count("SELECT count(*) AS n FROM visit_sets WHERE device = 'long ago'")).toBe(0);
  await run(NOW + 3 * DAY);
  expect(await count("SELECT count(*) AS n FROM visit_sets")).toBe(0);
});

test("a device is forgotten, with its earlier owners, 31 days after its latest claim ended, and kept while one stands", async () => {
  const fact = env.DB.prepare(
    "INSERT INTO device_facts (kind, device, subject, at, state) VALUES (?, ?, ?, ?, ?)",
  );
  const long = NOW - 40 * DAY;
  const facts = [
    ["sign_in", "gone", "left", long, null],
    ["permission", null, "left", long, "granted"],
    ["permission", null, "left", long + 1, "withdrawn"],
    ["sign_in", "kept", "back", long, null],
    ["permission", null, "back", long, "withdrawn"],
    ["permission", null, "back", long + 1, "granted"],
    ["sign_in", "shared", "back", long, null],
    ["sign_in", "shared", "left", long + 1, null],
    ["sign_in", "returned", "left", long, null],
    ["sign_in", "returned", "back", long + 1, null],
    ["sign_in", "taken", "back", long, null],
    ["sign_in", "taken", null, long + 1, null],
    ["sign_in", "fresh", "lately", long, null],
    ["permission", null, "lately", NOW - DAY, "withdrawn"],
    ["exclusion", "staff", null, long, "on"],
  ] as const;
  await env.DB.batch(facts.map((values) => fact.bind(...values)));
  await run();
  const rows = await env.DB.prepare(
    "SELECT device FROM device_facts WHERE device IS NOT NULL ORDER BY seq",
  ).all();
  expect(rows.results.map((row) => row["device"])).toEqual([
    "kept",
    "returned",
    "returned",
    "fresh",
    "staff",
  ]);
  expect(await count("SELECT count(*) AS n FROM device_facts WHERE kind = 'permission'")).toBe(5);
});

test("dead letters of visits go after 15 days, all others after 90", async () => {
  const letter = env.DB.prepare("INSERT INTO dead_letters VALUES (?, 'q', ?, 'r', 'd', ?, 1, NULL)");
  await env.DB.batch([
    letter.bind("old visits", '{"kind":"visits"}', at(15)),
    letter.bind("visits", '{"kind":"visits"}', at(15) + 1),
    letter.bind("footfall", '{"kind":"footfall"}', at(89)),
    letter.bind("no object", '"text"', at(89)),
    letter.bind("old footfall", '{"kind":"footfall"}', at(90)),
  ]);
  await run();
  const { results } = await env.DB.prepare("SELECT id FROM dead_letters ORDER BY id").all();
  expect(results.map((row) => row["id"])).toEqual(["footfall", "no object", "visits"]);
});

describe("what lives shortly", () => {
  const TABLES = ["portal_sessions", "operator_sessions", "sign_in_links", "agent_codes"];
  const counts = () => Promise.all(TABLES.map((table) => count(`SELECT count(*) AS n FROM ${table}`)));
  const fill = async () => {
    await env.DB.batch(TABLES.map((table) => env.DB.prepare(`DELETE FROM ${table}`)));
    await env.DB.batch([
      env.DB.prepare("INSERT INTO portal_sessions VALUES ('a', 'g', 'x', ?, 1), ('b', 'g', 'x', ?, 1)").bind(
        NOW,
        NOW + 1,
      ),
      env.DB.prepare(
        "INSERT INTO operator_sessions (hash, created_at, expires_at) VALUES ('a', 0, ?), ('b', 0, ?)",
      ).bind(NOW, NOW + 1),
      env.DB.prepare(
        "INSERT INTO sign_in_links (hash, created_at, expires_at, used_at) VALUES ('a', 0, ?, NULL), ('b', 0, ?, NULL)",
      ).bind(NOW - DAY, NOW),
      env.DB.prepare("INSERT INTO agent_codes VALUES ('a', 'q1', 0, ?, NULL), ('b', 'q1', 0, ?, NULL)").bind(
        NOW - DAY,
        NOW,
      ),
    ]);
  };

  test("goes when it has ended, and stays until then", async () => {
    await fill();
    await run(NOW, SHORT_LIVED);
    expect(await counts()).toEqual([1, 1, 1, 1]);
  });

  test("is removed every 15 min alone, and with the rest by the daily or any other call", async () => {
    await storeVisits({ daysAgo: 500, device: "d1" });
    await run(NOW, SHORT_LIVED);
    expect(await count("SELECT count(*) AS n FROM visits")).toBe(1);
    await fill();
    await run(NOW, "");
    expect(await counts()).toEqual([1, 1, 1, 1]);
    expect(await count("SELECT count(*) AS n FROM visits")).toBe(0);
  });

  test("goes even when another part fails, and the run says which part did", async () => {
    await fill();
    await storeVisits({ daysAgo: 500, device: "d1" });
    await env.DB.exec("ALTER TABLE portal_sessions RENAME TO portal_sessions_away");
    await expect(run()).rejects.toThrow("The clean-up failed in part: portal sessions");
    await env.DB.exec("ALTER TABLE portal_sessions_away RENAME TO portal_sessions");
    expect(await counts()).toEqual([2, 1, 1, 1]);
    expect(await count("SELECT count(*) AS n FROM visits")).toBe(0);
  });
});

describe("purchases", () => {
  const identifier = (key: string, realm: string, daysAgo: number) =>
    env.DB.prepare(
      "INSERT INTO identifiers (key, realm, kind, sealed, first_seen_at, last_seen_at) VALUES (?, ?, 'phone', 'x', 0, ?)",
    ).bind(key, realm, at(daysAgo));
  const link = (a: string, b: string) =>
    env.DB.prepare(
      "INSERT INTO evidence (id, a, b, trust, source, message_id, observed_at) VALUES (?, ?, ?, 2, 'till', 'm', 0)",
    ).bind(`${a}${b}`, a, b);
  const order = (id: string, daysAgo: number) =>
    env.DB.prepare(
      "INSERT INTO orders (source, order_id, subject, at, updated_at, channel, status, currency, total, items) VALUES ('till', ?, 'k', ?, ?, 'pos', 'completed', 'VND', '1', '[]')",
    ).bind(id, at(daysAgo), at(daysAgo));

  test("go after 25 months, with the commerce identifiers nobody told of since; store identifiers stay", async () => {
    await env.DB.batch([
      ...["identifiers", "evidence", "traits", "orders", "identity_pending"].map((table) =>
        env.DB.prepare(`DELETE FROM ${table}`),
      ),
      order("old", 763),
      order("new", 761),
      identifier("gone", "commerce", 763),
      identifier("kept", "commerce", 761),
      identifier("store", "store", 2_000),
      link("gone", "kept"),
      link("kept", "store"),
      env.DB.prepare("INSERT INTO traits VALUES ('gone', 'name', 'till', 'x', 0, 0)"),
    ]);
    await run();
    const names = async (sql: string) =>
      (await env.DB.prepare(sql).all<{ name: string }>()).results.map(({ name }) => name);
    expect(await names("SELECT order_id AS name FROM orders")).toEqual(["new"]);
    expect(await names("SELECT key AS name FROM identifiers ORDER BY 1")).toEqual(["kept", "store"]);
    expect(await names("SELECT a AS name FROM evidence")).toEqual(["kept"]);
    expect(await count("SELECT count(*) AS n FROM traits")).toBe(0);
    expect(await names("SELECT DISTINCT key AS name FROM identity_pending ORDER BY 1")).toEqual([
      "gone",
      "kept",
    ]);
    await run();
    expect(await count("SELECT count(*) AS n FROM identity_pending")).toBe(2);
  });
});
