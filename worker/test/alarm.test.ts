// Settling and closing by the object's own alarm, on the real clock: nobody has to call, and what fails is tried again.

import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, expect, test, vi } from "vitest";
import { answer, call } from "./http.ts";
import { batchOf, enrol, makeBranch, observation, signed, type TestAgent } from "./agent.ts";
import { eventually } from "./eventually.ts";
import { signIn } from "./person.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** A zone in which it is about noon now, so that no business day begins or ends during a test. */
const noon = (): { timezone: string } => {
  const offset = 12 - new Date().getUTCHours();
  return { timezone: offset === 0 ? "Etc/GMT" : `Etc/GMT${offset > 0 ? "-" : "+"}${Math.abs(offset)}` };
};

const stubOf = (id: string) => env.BRANCH.get(env.BRANCH.idFromName(id));

/** Without a supplied `now`: the object lives by its own clock. */
const send = async (agent: TestAgent, observations: readonly unknown[]): Promise<void> => {
  const now = Date.now();
  await answer(
    call("/v1/presence", { bearer: await signed(agent, now), json: batchOf(agent, now, observations) }),
  );
};

const rowsOf = (id: string, sql: string) =>
  runInDurableObject(stubOf(id), (_, state) => state.storage.sql.exec(sql).toArray());

const wakeAt = (at: number): void => {
  vi.useFakeTimers({ toFake: ["Date"], now: at });
};
afterEach(() => void vi.useRealTimers());

test("a visit settles and a business day closes by alarm alone, also after the object slept", async () => {
  await makeBranch("alarmed", noon());
  const agent = await enrol("alarmed");
  const begun = Date.now();
  const mac = "02:00:00:00:00:01";
  await signIn("alarmed", mac, "+84912345631", begun - 40 * MINUTE);
  await send(agent, [observation(mac, begun - 30 * MINUTE, begun - 10 * MINUTE)]);
  expect(await runInDurableObject(stubOf("alarmed"), (_, state) => state.storage.getAlarm())).not.toBeNull();

  await evictDurableObject(stubOf("alarmed"));
  wakeAt(begun + 10 * MINUTE);
  await runDurableObjectAlarm(stubOf("alarmed"));
  await runDurableObjectAlarm(stubOf("alarmed"));
  vi.useRealTimers();
  await eventually(async () => {
    const { results } = await env.DB.prepare("SELECT * FROM visits WHERE branch_id = 'alarmed'").all();
    expect(results).toMatchObject([{ started_at: begun - 30 * MINUTE, ended_at: begun - 10 * MINUTE }]);
  });

  wakeAt(begun + 72 * HOUR);
  await runDurableObjectAlarm(stubOf("alarmed"));
  expect(await rowsOf("alarmed", "SELECT closed, salt FROM days")).toEqual([{ closed: 1, salt: null }]);
  expect(await rowsOf("alarmed", "SELECT count(*) AS n FROM footfall")).toEqual([{ n: 0 }]);
});

test("a day closes on time although the database does not answer, and the object tries again soon", async () => {
  await makeBranch("alarmed-dead", noon());
  const agent = await enrol("alarmed-dead");
  const begun = Date.now();
  await send(agent, [observation("02:00:00:00:00:02", begun - 30 * MINUTE, begun - 10 * MINUTE)]);
  await env.DB.exec("ALTER TABLE device_facts RENAME TO device_facts_away");
  wakeAt(begun + 72 * HOUR);
  await runDurableObjectAlarm(stubOf("alarmed-dead"));
  const next = await runInDurableObject(stubOf("alarmed-dead"), (_, state) => state.storage.getAlarm());
  await env.DB.exec("ALTER TABLE device_facts_away RENAME TO device_facts");
  expect(await rowsOf("alarmed-dead", "SELECT closed, salt FROM days")).toEqual([{ closed: 1, salt: null }]);
  expect(next).toBe(begun + 72 * HOUR + 10_000);
});

test("changed definitions count an open day anew", async () => {
  await makeBranch("redefined", noon());
  const agent = await enrol("redefined");
  const begun = Date.now();
  await send(agent, [observation("02:00:00:00:00:03", begun - 40 * MINUTE, begun - 38 * MINUTE)]);
  const passers = async () => {
    const [row] = await rowsOf("redefined", "SELECT published FROM days");
    return JSON.stringify(row?.["published"] ?? null);
  };
  await runDurableObjectAlarm(stubOf("redefined"));
  expect(await passers()).toContain(String.raw`\"visits\":0,\"passers\":1`);
  const change = { overrides: { definitions: { minDwellMs: MINUTE } } };
  await answer(call("/v1/admin/branches/redefined", { method: "PATCH", json: change }));
  wakeAt(begun + 6 * MINUTE);
  await send(agent, []);
  await runDurableObjectAlarm(stubOf("redefined"));
  expect(await passers()).toContain(String.raw`\"visits\":1,\"passers\":0`);
});
