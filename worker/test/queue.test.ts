// The consumer of settled facts: a higher revision wins, repeats change nothing, what cannot be stored ends in the
// dead-letter store with its reason. Replaying and outages have files of their own.

import { createExecutionContext, createMessageBatch, getQueueResult } from "cloudflare:test";
import { env, exports } from "cloudflare:workers";
import { describe, expect, test } from "vitest";
import type { FootfallMessage, VisitSetMessage } from "../../schema/messages.ts";
import type { Problem } from "../../schema/problems.ts";
import worker from "../index.ts";
import type { Env } from "../env.ts";
import { answer, call } from "./http.ts";

const deliver = async (bodies: unknown[], attempts = 1, queue = "quen-facts") => {
  const timestamp = new Date();
  const messages = bodies.map((body) => ({ id: crypto.randomUUID(), timestamp, attempts, body }));
  const batch = createMessageBatch(queue, messages);
  await worker.queue(batch, env as unknown as Env);
  return getQueueResult(batch, createExecutionContext());
};

const visitSet = (
  revision: number,
  starts: number[],
  more: Partial<VisitSetMessage> = {},
): VisitSetMessage => ({
  kind: "visits",
  branchId: "q",
  day: "2026-10-14",
  device: "device-a",
  revision,
  definitions: "2026-1",
  randomised: false,
  visits: starts.map((startedAt) => ({
    subject: "someone",
    startedAt,
    endedAt: startedAt + 10,
    counted: true,
    estimated: false,
    signedIn: false,
  })),
  ...more,
});

const startsOf = async (device = "device-a"): Promise<number[]> =>
  (
    await env.DB.prepare("SELECT started_at FROM visits WHERE device = ? ORDER BY started_at")
      .bind(device)
      .all<{ started_at: number }>()
  ).results.map((row) => row.started_at);

describe("a visit set", () => {
  test("replaces the one before as a whole, in whatever order revisions arrive", async () => {
    await deliver([visitSet(1, [100]), visitSet(3, [300, 400]), visitSet(2, [200])]);
    expect(await startsOf()).toEqual([300, 400]);
    await deliver([visitSet(2, [200])]);
    await deliver([visitSet(3, [300, 400])]);
    expect(await startsOf()).toEqual([300, 400]);
    await deliver([visitSet(4, [])]);
    expect(await startsOf()).toEqual([]);
    await deliver([visitSet(3, [300, 400])]);
    expect(await startsOf()).toEqual([]);
  });

  test("changes no row of another device or day", async () => {
    await deliver([visitSet(1, [1], { device: "device-b" }), visitSet(1, [2], { device: "device-c" })]);
    await deliver([visitSet(2, [], { device: "device-b" })]);
    expect(await startsOf("device-c")).toEqual([2]);
  });

  test("delivered again writes no row", async () => {
    await env.DB.exec("CREATE TABLE writes (what TEXT)");
    const watched = ["visits", "visit_sets"].flatMap((table) =>
      ["INSERT", "UPDATE", "DELETE"].map((kind) =>
        env.DB.prepare(
          `CREATE TRIGGER watch_${table}_${kind} AFTER ${kind} ON ${table} BEGIN INSERT INTO writes VALUES ('${table}'); END`,
        ),
      ),
    );
    await env.DB.batch(watched);
    const writes = async () =>
      (await env.DB.prepare("SELECT count(*) AS n FROM writes").first<{ n: number }>())?.n;
    const message = visitSet(7, [1, 2, 3], { device: "device-d" });
    await deliver([message]);
    expect(await writes()).toBe(4);
    await deliver([message]);
    expect(await writes()).toBe(4);
  });
});

describe("footfall", () => {
  test("takes the higher revision, whichever comes last", async () => {
    const message = (revision: number, devices: number): FootfallMessage => ({
      kind: "footfall",
      branchId: "q",
      day: "2026-10-14",
      revision,
      definitions: "2026-1",
      at: revision,
      closed: false,
      counts: { hours: [], devices, randomisedDevices: 0, peakOccupancy: 0 },
    });
    await deliver([message(2, 20)]);
    await deliver([message(1, 10)]);
    const row = await env.DB.prepare("SELECT counts FROM footfall_days WHERE branch_id = 'q'").first<{
      counts: string;
    }>();
    expect(JSON.parse(row?.counts ?? "{}")).toMatchObject({ devices: 20 });
  });
});

interface Letters {
  data: { id: string; reason: string; detail: string; body: string; replayedAt: string | null }[];
}

const letterAbout = async (device: string): Promise<Letters["data"][number]> => {
  const { data } = await answer<Letters>(call("/v1/admin/dead"));
  const letter = data.find((one) => one.body.includes(device));
  if (!letter) throw new Error(`There is no dead letter about ${device}`);
  return letter;
};
const replay = ({ id }: { id: string }, now?: number): Promise<Response> =>
  call(`/v1/admin/dead/${id}/replay`, { method: "POST", ...(now === undefined ? {} : { now }) });

describe("the dead-letter store", () => {
  test("takes a message that is not valid, with the field, and lets the rest through", async () => {
    const result = await deliver([{ kind: "visits", branchId: 7 }, visitSet(1, [5], { device: "device-e" })]);
    expect(result.retryMessages).toEqual([]);
    expect(await startsOf("device-e")).toEqual([5]);
    const { data } = await answer<Letters>(call("/v1/admin/dead"));
    expect(data[0]).toMatchObject({ reason: "invalid_message", body: '{"kind":"visits","branchId":7}' });
    expect(data[0]?.detail).toContain("branchId");
    await answer(call(`/v1/admin/dead/${data[0]?.id}/replay`, { method: "POST" }), 409);
  });

  test("takes what the database refuses after the third try, with its reason, and lets the rest through", async () => {
    await env.DB.exec(
      "CREATE TRIGGER refuse BEFORE INSERT ON visits WHEN NEW.device = 'device-f' BEGIN SELECT RAISE(ABORT, 'not this one'); END",
    );
    const message = visitSet(1, [9], { device: "device-f" });
    const early = await deliver([message, visitSet(1, [8], { device: "device-h" })], 2);
    expect(early.retryMessages).toHaveLength(1);
    expect(await startsOf("device-h")).toEqual([8]);
    const last = await deliver([message], 3);
    expect(last.retryMessages).toEqual([]);
    const letter = await letterAbout("device-f");
    expect(letter).toMatchObject({ reason: "retries_exhausted" });
    expect(letter.detail).toContain("not this one");
    const again = await answer<Problem>(replay(letter), 409);
    expect(again.detail).toContain("not this one");
    await env.DB.exec("DROP TRIGGER refuse");
    await answer(replay(letter), 202);
    expect(await startsOf("device-f")).toEqual([9]);
    expect((await letterAbout("device-f")).replayedAt).not.toBeNull();
  });

  test("takes what the platform's own dead-letter queue brings", async () => {
    await deliver([visitSet(1, [1], { device: "device-g" })], 1, "quen-facts-dead");
    const { data } = await answer<Letters>(call("/v1/admin/dead"));
    expect(data.some((letter) => letter.body.includes("device-g"))).toBe(true);
  });

  test("is closed to callers without the admin scope", async () => {
    await answer(call("/v1/admin/dead", { bearer: null }), 401);
    const { key } = await answer<{ key: string }>(
      call("/v1/admin/keys", { json: { name: "marketing", scopes: ["marketing:read"] } }),
      201,
    );
    await answer(call("/v1/admin/dead", { bearer: key }), 403);
    expect(exports.default).toBeDefined();
  });
});
