// What the migrations of the profile graph make of a database from before it: whoever was met then is a profile now, the
// same one as if the graph had been there from the start.

import { applyD1Migrations } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { suppressionTags } from "../portal/suppression.ts";
import { leftoversAfter } from "../store/leftovers.ts";
import { makeBranch } from "./agent.ts";
import { lookup, NOW, shopper } from "./crm-asks.ts";
import { DAY, settle } from "./crm-people.ts";
import { eraseNow, phonePerson, rows, subjectOf } from "./erasing.ts";
import { signIn, testServices } from "./person.ts";

const BEFORE = env.TEST_MIGRATIONS.findIndex(({ name }) => name.startsWith("0006_"));

const tables = async (): Promise<string[]> =>
  (
    await rows<{ name: string }>(
      "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name NOT LIKE '\\_cf%' ESCAPE '\\'",
    )
  ).map(({ name }) => name);

const emptyDatabase = async (): Promise<void> => {
  await env.DB.batch((await tables()).map((name) => env.DB.prepare(`DROP TABLE "${name}"`)));
};

/** The same data as a database of before would hold: its tables, and of each its columns. */
const goBack = async (): Promise<void> => {
  const now = new Map<string, Record<string, unknown>[]>();
  for (const name of await tables()) now.set(name, await rows(`SELECT * FROM "${name}"`));
  await emptyDatabase();
  await applyD1Migrations(env.DB, env.TEST_MIGRATIONS.slice(0, BEFORE));
  for (const name of await tables()) {
    if (name === "d1_migrations") continue;
    const columns = await rows<{ name: string }>(`SELECT name FROM pragma_table_info('${name}')`);
    const names = columns.map((column) => column.name);
    const insert = env.DB.prepare(
      `INSERT INTO "${name}" (${names.map((one) => `"${one}"`).join(", ")}) VALUES (${names.map(() => "?").join(", ")})`,
    );
    for (const row of now.get(name) ?? []) await insert.bind(...names.map((one) => row[one] ?? null)).run();
  }
};

test("whoever was met before the profile graph is the profile that they would have been with it", async () => {
  await makeBranch("crm-1");
  const { phone } = await shopper(9401, ["visit_recognition", "marketing_sms"]);
  await settle(NOW);
  const [expected, ...others] = await lookup(phone);
  expect(others).toEqual([]);
  expect(expected).toMatchObject({ realms: ["store"], visits: { total: 2 } });

  await goBack();
  expect(await rows("SELECT name FROM sqlite_master WHERE name = 'profiles'")).toEqual([]);
  await applyD1Migrations(env.DB, env.TEST_MIGRATIONS);
  await settle(NOW);
  const [migrated, ...more] = await lookup(phone);
  expect(more).toEqual([]);
  expect(migrated).toEqual({ ...expected, version: migrated?.version, updatedAt: migrated?.updatedAt });
});

test("whoever came back after an erasure, before the profile graph, is no leftover of a restore", async () => {
  await makeBranch("crm-2");
  const phone = "+84912349402";
  await signIn("crm-2", "02:00:00:00:94:02", phone, NOW - 9 * DAY);
  await eraseNow(phone, NOW - 8 * DAY);
  await signIn("crm-2", "02:00:00:00:94:02", phone, NOW - 7 * DAY);
  await goBack();
  await applyD1Migrations(env.DB, env.TEST_MIGRATIONS);
  const tagsOf = suppressionTags(testServices().settings.SUPPRESSION_KEYS);
  const { keys } = await leftoversAfter(testServices().db, "", 500, tagsOf);
  expect(keys).not.toContain(await subjectOf(phonePerson(phone)));
});
