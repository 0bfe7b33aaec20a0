// What the clean-up asks of D1 stays small: every statement it runs finds its rows by a key or an index.

import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { cleanUp } from "../clean-up.ts";
import { database } from "../store/database.ts";
import { makeBranch } from "./agent.ts";

interface Asked {
  sql: string;
  params: unknown[];
}

/** The database of the tests, writing down what is asked of it. */
const listening = (asked: Asked[]): D1Database =>
  new Proxy(env.DB, {
    get: (db, name) => {
      if (name === "prepare")
        return (sql: string) => {
          const statement = db.prepare(sql);
          return {
            bind: (...params: unknown[]) => {
              asked.push({ sql, params });
              return statement.bind(...params);
            },
          };
        };
      return db.batch.bind(db);
    },
  });

const LARGE =
  /^SCAN (visits|v|visit_sets|footfall_days|device_facts|[swlo]|dead_letters|portal_sessions|login_states|email_links|orders|order_marks|[emn]|events|identifiers|evidence|traits|access_log)\b/;

test("no statement of the clean-up reads a large table from end to end", async () => {
  await makeBranch("plan");
  const asked: Asked[] = [];
  await cleanUp(database(listening(asked)), Date.UTC(2026, 9, 14), "17 19 * * *");
  const changes = asked.filter(({ sql }) => /^\s*(INSERT|DELETE)/.test(sql));
  expect(changes).toHaveLength(10 + 2 + 2 + 4 + 1 + 6 + 2 + 1 + 3);
  const plans = await Promise.all(
    changes.map(async ({ sql, params }) => {
      const plan = env.DB.prepare(`EXPLAIN QUERY PLAN ${sql}`).bind(...params);
      const { results } = await plan.all<{ detail: string }>();
      return { sql, steps: results.map((row) => row.detail) };
    }),
  );
  const searched = plans.flatMap(({ steps }) => steps.filter((step) => step.startsWith("SEARCH")));
  expect(searched.length).toBeGreaterThan(changes.length);
  const scanned = plans.filter(({ steps }) => steps.some((step) => LARGE.test(step)));
  expect(scanned).toEqual([]);
  for (const { sql } of changes.filter((one) => one.sql.includes("DELETE"))) expect(sql).toContain("LIMIT");
});
