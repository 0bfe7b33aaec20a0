// What POST /v1/presence answers to each kind of bad input (issue: "each gets the documented answer").

import { gzipSync } from "node:zlib";
import { beforeAll, describe, expect, test } from "vitest";
import type { PresenceReply } from "../../schema/wire/agents.ts";
import type { Problem } from "../../schema/problems.ts";
import { batchOf, enrol, makeBranch, observation, report, signed, type TestAgent } from "./agent.ts";
import { answer, call } from "./http.ts";

const NOW = Date.UTC(2026, 9, 14, 5, 0);
const MINUTE = 60_000;
const MAC = "02:11:22:33:44:55";
let agent: TestAgent;

beforeAll(async () => {
  await makeBranch("q1");
  agent = await enrol("q1", NOW);
});

const refused = async (
  body: BodyInit,
  headers: Record<string, string> = {},
  status = 400,
): Promise<Problem> =>
  answer<Problem>(
    call("/v1/presence", { now: NOW, bearer: await signed(agent, NOW), body, headers }),
    status,
  );

describe("a presence batch", () => {
  test("that is good is accepted whole", async () => {
    const reply = await report(agent, NOW, [observation(MAC, NOW - 30 * MINUTE, NOW - 10 * MINUTE)]);
    expect(reply).toEqual({ accepted: 1, dropped: [], report: { intervalMs: 30_000 }, grants: [] });
  });

  test("with one bad observation in a hundred loses that one only", async () => {
    const good = Array.from({ length: 100 }, (_, i) =>
      observation(`02:00:00:00:01:${i.toString(16).padStart(2, "0")}`, NOW - 20 * MINUTE, NOW - MINUTE),
    );
    const mixed: unknown[] = [...good];
    mixed[41] = { ...good[41], from: "yesterday" };
    const reply = await report(agent, NOW, mixed);
    expect(reply.accepted).toBe(99);
    expect(reply.dropped).toEqual([{ index: 41, reason: "invalid" }]);
  });

  test("judges each observation by a reason of the closed list", async () => {
    const cases: [unknown, string][] = [
      [observation(MAC, 1_000, 2_000), "too_late"],
      [observation(MAC, Date.UTC(2099, 0, 1), Date.UTC(2099, 0, 1) + 1), "future"],
      [{ ...observation(MAC, NOW - 2, NOW - 1), device: "dG9vIHNob3J0" }, "invalid"],
      [observation(MAC, NOW - 1, NOW - 2), "invalid"],
      [observation(MAC, NOW - 2, NOW - 1, { keyId: "gone" }), "unknown_key"],
      [observation(MAC, 1_000, NOW), "invalid"],
      [null, "invalid"],
    ];
    const reply = await report(
      agent,
      NOW,
      cases.map(([raw]) => raw),
    );
    expect(reply.accepted).toBe(0);
    expect(reply.dropped).toEqual(cases.map(([, reason], index) => ({ index, reason })));
  });

  test("that cuts one device's day into thousands of pieces is taken up to a bound, and the branch goes on", async () => {
    const pieces = (from: number) =>
      Array.from({ length: 1_500 }, (_, i) =>
        observation("02:00:00:00:02:01", from + i * 4, from + i * 4 + 1),
      );
    expect((await report(agent, NOW, pieces(NOW - 60 * MINUTE))).accepted).toBe(1_500);
    const second = await report(agent, NOW, [
      ...pieces(NOW - 30 * MINUTE),
      observation("02:00:00:00:02:02", NOW - 9, NOW),
    ]);
    expect(second.accepted).toBe(1);
    expect(new Set(second.dropped.map((drop) => drop.reason))).toEqual(new Set(["invalid"]));
  });

  test("may be gzip", async () => {
    const body = gzipSync(JSON.stringify(batchOf(agent, NOW, [observation(MAC, NOW - 9, NOW)])));
    const reply = await answer<PresenceReply>(
      call("/v1/presence", {
        now: NOW,
        bearer: await signed(agent, NOW),
        body,
        headers: { "content-encoding": "gzip" },
      }),
    );
    expect(reply.accepted).toBe(1);
  });

  test("that is broken gzip, not JSON or in another encoding is refused as such", async () => {
    const gzip = { "content-encoding": "gzip" };
    expect((await refused("not gzip at all", gzip)).code).toBe("invalid_encoding");
    expect((await refused(gzipSync('{"boot":').subarray(0, 12), gzip)).code).toBe("invalid_encoding");
    expect((await refused("{")).code).toBe("invalid_encoding");
    expect((await refused("{}", { "content-encoding": "br" }, 415)).code).toBe("unsupported_media");
  });

  test("of 3 MB is 413 with the limits in the body, however small its gzip is", async () => {
    const large = JSON.stringify({ filler: "x".repeat(3_000_000) });
    const limits = { maxObservations: 2_000, maxBytes: 524_288 };
    const plain = await refused(large, {}, 413);
    expect(plain).toMatchObject({ code: "too_large", limits });
    const bomb = await refused(gzipSync(large), { "content-encoding": "gzip" }, 413);
    expect(bomb).toMatchObject({ code: "too_large", limits });
  });

  test("of 2,001 observations is 413 with the limits", async () => {
    const many = JSON.stringify(
      batchOf(
        agent,
        NOW,
        Array.from({ length: 2_001 }, () => 0),
      ),
    );
    expect(await refused(many, {}, 413)).toMatchObject({
      code: "too_large",
      limits: { maxObservations: 2_000 },
    });
  });

  test("whose envelope is wrong names the field", async () => {
    const wrong = JSON.stringify({ ...batchOf(agent, NOW, []), boot: "not-a-uuid" });
    const problem = await refused(wrong);
    expect(problem.code).toBe("invalid_body");
    expect(problem.errors?.map((error) => error.path)).toEqual(["boot"]);
  });
});
