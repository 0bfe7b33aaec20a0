// Refused input is counted exactly, and a flood of it costs a few writes and not one each.

import { afterEach, describe, expect, test, vi } from "vitest";
import type { BranchId } from "../../schema/ids.ts";
import { BranchPresence } from "../objects/branch-presence.ts";
import { FLUSH_EVERY_MS, refusalSums } from "../refusal-sums.ts";
import { enrol, makeBranch, signed } from "./agent.ts";
import { eventually } from "./eventually.ts";
import { answer, call } from "./http.ts";

type Written = [BranchId | null, string, number];

/** Sums over a clock that stands until it is moved. */
const standing = (write: (...one: Written) => Promise<void> = async () => undefined) => {
  let now = 1_000_000;
  let sleepers: { at: number; wake: () => void }[] = [];
  const written: Written[] = [];
  const sums = refusalSums({
    now: () => now,
    sleep: (ms) => new Promise((wake) => sleepers.push({ at: now + ms, wake })),
    write: async (...one) => {
      await write(...one);
      written.push(one);
    },
  });
  const settle = () => new Promise((resolve) => setTimeout(resolve, 0));
  return {
    written,
    sums,
    loseSleepers: () => void (sleepers = []),
    pass: async (ms: number): Promise<void> => {
      now += ms;
      const due = sleepers.filter(({ at }) => at <= now);
      sleepers = sleepers.filter(({ at }) => at > now);
      for (const { wake } of due) wake();
      await settle();
    },
  };
};

const BRANCH = "q1" as BranchId;

describe("sums of refused input", () => {
  test("are written when somebody looks, although the request that was to write them was cut off", async () => {
    const { sums, written, pass, loseSleepers } = standing();
    void sums.count(BRANCH, "batch_unauthorized");
    loseSleepers();
    void sums.count(BRANCH, "batch_unauthorized");
    await pass(1);
    expect(written).toEqual([]);
    await sums.flush();
    expect(written).toEqual([[BRANCH, "batch_unauthorized", 2]]);
    await sums.flush();
    expect(written).toHaveLength(1);
  });

  test("are written at once the first time, then at most once an interval for each branch and reason", async () => {
    const { sums, written, pass } = standing();
    void sums.count(null, "batch_unauthorized");
    await pass(0);
    expect(written).toEqual([[null, "batch_unauthorized", 1]]);
    for (let i = 0; i < 1_000; i++) {
      void sums.count(null, "batch_unauthorized");
      void sums.count(BRANCH, "batch_too_large");
      if (i % 100 === 0) await pass(1);
    }
    expect(written).toHaveLength(1);
    await pass(FLUSH_EVERY_MS);
    expect(written.slice(1)).toEqual([
      [null, "batch_unauthorized", 1_000],
      [BRANCH, "batch_too_large", 1_000],
    ]);
    await pass(10 * FLUSH_EVERY_MS);
    expect(written).toHaveLength(3);
  });

  test("that could not be written are kept for the next time", async () => {
    let broken = true;
    const { sums, written, pass } = standing(async () => {
      if (broken) throw new Error("The object does not answer");
    });
    void sums.count(BRANCH, "enrol_code_used");
    await pass(0);
    broken = false;
    await pass(FLUSH_EVERY_MS);
    void sums.count(BRANCH, "enrol_code_used");
    await pass(0);
    expect(written).toEqual([[BRANCH, "enrol_code_used", 2]]);
  });

  test("are not lost with a request that was to write them and was cut off", async () => {
    const { sums, written, pass, loseSleepers } = standing();
    void sums.count(null, "enrol_code_used");
    loseSleepers();
    await pass(2 * FLUSH_EVERY_MS);
    void sums.count(null, "enrol_code_used");
    await pass(0);
    expect(written).toEqual([[null, "enrol_code_used", 2]]);
  });
});

afterEach(() => vi.restoreAllMocks());

interface Counters {
  data: { branchId: string | null; dropped: Record<string, number> }[];
}

const droppedAt = async (branchId: string | null): Promise<Record<string, number>> => {
  const { data } = await answer<Counters>(call("/v1/admin/counters"));
  return data.find((one) => one.branchId === branchId)?.dropped ?? {};
};

test("what was refused over HTTP is soon in the counters, every one, for a few writes", async () => {
  // Other files share the isolate, and so what it had counted and not written yet.
  const before = await droppedAt(null);
  const sinceThen = async () =>
    Object.fromEntries(
      Object.entries(await droppedAt(null))
        .map(([reason, n]) => [reason, n - (before[reason] ?? 0)] as const)
        .filter(([, n]) => n !== 0),
    );
  const writes = vi.spyOn(BranchPresence.prototype, "count");
  await makeBranch("flooded");
  const agent = await enrol("flooded");
  const junk = Array.from({ length: 60 }, (_, i) =>
    call("/v1/presence", { bearer: `not.a.token${i}`, json: {} }),
  );
  const codes = Array.from({ length: 15 }, () =>
    call("/v1/agents/enrol", {
      bearer: null,
      json: {
        code: "0000-0000-0000-0000",
        publicKey: { kty: "OKP", crv: "Ed25519", x: "A".repeat(43) },
        name: "router",
        version: "0.1.0",
      },
    }),
  );
  const other = [
    call("/v1/agents/enrol", { bearer: null, json: {} }),
    call("/v1/agents/enrol", { bearer: null, body: "x".repeat(9_000) }),
    call("/v1/presence", { bearer: await signed(agent, Date.now()), json: {} }),
  ];
  const statuses = await Promise.all(
    [...junk, ...codes, ...other].map(async (reply) => (await reply).status),
  );
  expect(statuses.slice(60)).toEqual([...Array.from({ length: 15 }, () => 410), 400, 413, 400]);
  await eventually(async () => {
    expect(await sinceThen()).toEqual({
      batch_unauthorized: 60,
      enrol_code_used: 15,
      enrol_invalid_body: 1,
      enrol_too_large: 1,
    });
    expect(await droppedAt("flooded")).toEqual({ batch_invalid_body: 1 });
  }, 15_000);
  expect(writes).toHaveBeenCalled();
  // Five reasons, each at most in the first write and in the one after the interval.
  expect(writes.mock.calls.length).toBeLessThanOrEqual(10);
});
