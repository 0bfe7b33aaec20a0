import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { makeDesk } from "../testing/make-desk.ts";
import type { GrantResult } from "./desk.ts";

const RHID = "a".repeat(64);
const grant = (id: string, more: object = {}) => ({
  id,
  gatewayId: "gw_1",
  rhid: RHID,
  action: "allow",
  minutes: 60,
  expiresAt: 1_000_000,
  ...more,
});
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe("the desk", () => {
  test("carries a grant out once, however often and from wherever it comes", async () => {
    const ran: string[] = [];
    const desk = makeDesk({
      now: () => 0,
      carryOut: async ({ id }) => {
        ran.push(id);
        await turn();
        return { ok: true };
      },
    });
    desk.receive([grant("g1"), grant("g1")]);
    desk.receive([grant("g1"), grant("g2")]);
    await turn();
    await turn();
    desk.receive([grant("g1")]);
    await turn();
    expect(ran).toEqual(["g1", "g2"]);
    expect(desk.status).toMatchObject({ done: 2, running: 0, ignored: { repeated: 3 } });
  });

  test("keeps a result until it was delivered, and offers it again when the server asks again", async () => {
    const desk = makeDesk({ now: () => 0 });
    desk.receive([grant("g1")]);
    await turn();
    expect(desk.results()).toEqual([{ id: "g1", ok: true }]);
    desk.delivered([{ id: "g1" }]);
    expect(desk.results()).toEqual([]);
    desk.receive([grant("g1")]);
    expect(desk.results()).toEqual([{ id: "g1", ok: true }]);
  });

  test("answers what has expired, what is malformed and what failed with the reason first, and no MAC", async () => {
    const desk = makeDesk({
      now: () => 500,
      carryOut: async () => ({ ok: false, reason: "refused", detail: "not aa:bb:cc:dd:ee:ff" }),
    });
    desk.receive([grant("g1", { expiresAt: 500 }), grant("g2", { minutes: -1 }), grant("g3"), 42]);
    await turn();
    expect(desk.results()).toEqual([
      { id: "g1", ok: false, detail: "expired" },
      { id: "g2", ok: false, detail: "invalid" },
      { id: "g3", ok: false, detail: "refused: not [mac]" },
    ]);
    expect(desk.status).toMatchObject({
      failed: { expired: 1, invalid: 1, refused: 1 },
      ignored: { unreadable: 1 },
    });
  });

  test("carries out at most sixteen at once, the others in their turn, and forgets none", async () => {
    let now = 0;
    let most = 0;
    let running = 0;
    const desk = makeDesk({
      now: () => now,
      carryOut: async () => {
        running += 1;
        most = Math.max(most, running);
        await turn();
        running -= 1;
        return { ok: true };
      },
    });
    desk.receive(Array.from({ length: 100 }, (_, index) => grant(`g${index}`)));
    for (let turns = 0; turns < 20; turns += 1) await turn();
    expect([most, desk.status.done]).toEqual([16, 100]);
    now = 1e9;
    const seen = new Set<string>();
    for (let results = desk.results(); results.length > 0; results = desk.results()) {
      desk.receive([]);
      for (const { id } of results) seen.add(id);
      desk.delivered(results);
    }
    expect(seen.size).toBe(100);
  });

  test("takes no more than it can remember, and lets the server repeat the rest", () => {
    const desk = makeDesk({ now: () => 0, carryOut: () => new Promise(() => undefined) });
    desk.receive(Array.from({ length: 5_005 }, (_, index) => grant(`g${index}`)));
    expect(desk.status.ignored).toEqual({ too_many: 5 });
  });

  test("says nothing of a grant that the end of the agent cut short", async () => {
    const stop = new AbortController();
    const desk = makeDesk({
      now: () => 0,
      signal: stop.signal,
      carryOut: async () => {
        await turn();
        return { ok: false, reason: "timeout", detail: "" };
      },
    });
    desk.receive([grant("g1")]);
    stop.abort();
    await turn();
    await turn();
    expect(desk.results()).toEqual([]);
  });
});

test("any order of arrivals, repeats, lost and delivered reports runs each grant at most once and delivers each result", async () => {
  const ids = fc.constantFrom("g1", "g2", "g3", "g4");
  const step = fc.oneof(
    fc.record({ kind: fc.constant("arrive" as const), ids: fc.array(ids, { maxLength: 4 }) }),
    fc.record({ kind: fc.constant("report" as const), isLost: fc.boolean() }),
    fc.record({ kind: fc.constant("turn" as const) }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
      const runs = new Map<string, number>();
      const delivered = new Map<string, GrantResult>();
      const arrived = new Set<string>();
      const desk = makeDesk({
        now: () => 0,
        carryOut: async ({ id }) => {
          runs.set(id, (runs.get(id) ?? 0) + 1);
          await turn();
          return { ok: true };
        },
      });
      const report = (isLost: boolean): void => {
        const results = desk.results();
        for (const result of isLost ? [] : results) delivered.set(result.id, result);
        if (!isLost) desk.delivered(results);
      };
      for (const one of steps) {
        if (one.kind === "turn") await turn();
        if (one.kind === "report") report(one.isLost);
        if (one.kind !== "arrive") continue;
        for (const id of one.ids) arrived.add(id);
        desk.receive(one.ids.map((id) => grant(id)));
      }
      await turn();
      await turn();
      report(false);
      expect([...runs.values()].every((count) => count === 1)).toBe(true);
      expect([...delivered.keys()].toSorted()).toEqual([...arrived].toSorted());
    }),
    { numRuns: 60 },
  );
});
