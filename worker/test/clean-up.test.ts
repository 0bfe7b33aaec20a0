// The bounded clean-up: what is past its lifetime goes, what is not stays, and "new" stays true.

import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { cleanUp } from "../clean-up.ts";
import { testServices } from "./person.ts";

const NOW = Date.UTC(2026, 9, 14, 5, 0);
const DAY = 86_400_000;

const count = async (sql: string): Promise<number> =>
  (await env.DB.prepare(sql).first<{ n: number }>())?.n ?? -1;

test("old visits and footfall go after 13 months and leave the first visit of each person", async () => {
  const visit = env.DB.prepare("INSERT INTO visits VALUES (?, ?, ?, ?, ?, ?, 1, 0, 0, 0, '2026-1')");
  const at = (days: number) => NOW - days * DAY;
  const day = (days: number) => new Date(at(days)).toISOString().slice(0, 10);
  await env.DB.batch([
    visit.bind("q1", day(500), "d1", at(500), at(500) + 9, "ann"),
    visit.bind("q1", day(450), "d1", at(450), at(450) + 9, "ann"),
    visit.bind("q1", day(10), "d1", at(10), at(10) + 9, "ann"),
    env.DB.prepare("INSERT INTO visit_sets VALUES ('q1', ?, 'd1', 1), ('q1', ?, 'd1', 1)").bind(
      day(500),
      day(10),
    ),
    env.DB.prepare(
      "INSERT INTO footfall_days VALUES ('q1', ?, 1, 1, 'x', 0, '{}'), ('q1', ?, 1, 1, 'x', 0, '{}')",
    ).bind(day(500), day(10)),
  ]);
  await cleanUp(testServices().db, NOW);
  expect(await count("SELECT count(*) AS n FROM visits")).toBe(1);
  expect(await count("SELECT count(*) AS n FROM visit_sets")).toBe(1);
  await env.DB.prepare("DELETE FROM visits").run();
  await cleanUp(testServices().db, NOW);
  expect(await count("SELECT count(*) AS n FROM visit_sets")).toBe(1);
  await cleanUp(testServices().db, NOW + 6 * DAY);
  expect(await count("SELECT count(*) AS n FROM visit_sets")).toBe(0);
  expect(await count("SELECT count(*) AS n FROM footfall_days")).toBe(1);
  expect(await count("SELECT first_at AS n FROM visitor_firsts WHERE subject = 'ann'")).toBe(at(500));
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
    ["sign_in", "taken", "back", long, null],
    ["sign_in", "taken", null, long + 1, null],
    ["sign_in", "fresh", "lately", long, null],
    ["permission", null, "lately", NOW - DAY, "withdrawn"],
  ] as const;
  await env.DB.batch(facts.map((values) => fact.bind(...values)));
  await cleanUp(testServices().db, NOW);
  const rows = await env.DB.prepare(
    "SELECT device FROM device_facts WHERE kind = 'sign_in' ORDER BY seq",
  ).all();
  expect(rows.results.map((row) => row["device"])).toEqual(["kept", "fresh"]);
});

test("expired sessions, links and codes go, live ones stay", async () => {
  await env.DB.batch([
    env.DB.prepare("INSERT INTO portal_sessions VALUES ('a', 'g', 'x', ?, 1), ('b', 'g', 'x', ?, 1)").bind(
      NOW,
      NOW + 1,
    ),
    env.DB.prepare("INSERT INTO operator_sessions VALUES ('a', 0, ?), ('b', 0, ?)").bind(NOW, NOW + 1),
    env.DB.prepare("INSERT INTO sign_in_links VALUES ('a', 0, ?, NULL), ('b', 0, ?, NULL)").bind(
      NOW - DAY,
      NOW,
    ),
  ]);
  await cleanUp(testServices().db, NOW);
  for (const table of ["portal_sessions", "operator_sessions", "sign_in_links"]) {
    expect({ table, n: await count(`SELECT count(*) AS n FROM ${table}`) }).toEqual({ table, n: 1 });
  }
});
