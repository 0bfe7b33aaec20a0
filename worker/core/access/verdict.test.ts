import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { judge, type Standing, takeResult } from "./verdict.ts";

const FRESH: Standing = { state: "waiting", refusedBy: [], passedBy: [], queued: false };
const AGENTS = ["ag_1", "ag_2", "ag_3"] as const;

const after = (
  results: readonly (readonly [agent: string, ok: boolean])[],
  connected: readonly string[],
  start: Standing = FRESH,
): Standing =>
  results.reduce(
    (s, [agentId, ok]) => takeResult(s, { agentId, answer: ok ? "on" : "could_not" }, connected),
    start,
  );

describe("what the agents' answers add up to", () => {
  it.each([
    ["nobody has answered", [], ["ag_1"], "waiting"],
    ["the only one could", [["ag_1", true]], ["ag_1"], "online"],
    ["the only one could not", [["ag_1", false]], ["ag_1"], "refused"],
    ["one of two could not", [["ag_1", false]], ["ag_1", "ag_2"], "waiting"],
    [
      "neither could",
      [
        ["ag_1", false],
        ["ag_2", false],
      ],
      ["ag_1", "ag_2"],
      "refused",
    ],
    [
      "the second could",
      [
        ["ag_1", false],
        ["ag_2", true],
      ],
      ["ag_1", "ag_2"],
      "online",
    ],
    [
      "one could after all had refused",
      [
        ["ag_1", false],
        ["ag_3", true],
      ],
      ["ag_1"],
      "online",
    ],
    ["one that only reports could not, and nobody is connected", [["ag_1", false]], [], "refused"],
    [
      "one said both",
      [
        ["ag_1", true],
        ["ag_1", false],
      ],
      ["ag_1"],
      "online",
    ],
  ] as const)("where %s", (_, results, connected, state) => {
    expect(after(results, connected).state).toBe(state);
  });

  it("waits for the gateway itself where it may still fetch the grant", () => {
    expect(after([["ag_1", false]], ["ag_1"], { ...FRESH, queued: true }).state).toBe("waiting");
  });

  it("is known once the one that had not answered goes away", () => {
    const left = after([["ag_1", false]], ["ag_1", "ag_2"]);
    expect(judge(left, ["ag_1"]).state).toBe("refused");
    expect(judge(FRESH, []).state).toBe("waiting");
  });

  it("is left to the one who drives the gateway, also while it is away for a moment", () => {
    const pass = (standing: Standing, agentId: string, connected: readonly string[]) =>
      takeResult(standing, { agentId, answer: "not_mine" }, connected);
    const passed = pass(FRESH, "ag_1", ["ag_1", "ag_2"]);
    expect(judge(passed, ["ag_1"]).state).toBe("waiting");
    expect(judge(passed, []).state).toBe("waiting");
    expect(pass(pass(FRESH, "ag_1", []), "ag_1", ["ag_1"]).passedBy).toEqual(["ag_1"]);
    // With its own word nothing else is waited for.
    expect(takeResult(passed, { agentId: "ag_2", answer: "could_not" }, ["ag_1", "ag_2"]).state).toBe(
      "refused",
    );
  });

  it("does not depend on the order of the answers or on how often they come", () => {
    const results = fc.array(fc.tuple(fc.constantFrom(...AGENTS), fc.boolean()), { maxLength: 8 });
    const connected = fc.subarray([...AGENTS]);
    fc.assert(
      fc.property(
        results,
        connected,
        fc.boolean(),
        fc.infiniteStream(fc.nat()),
        (all, here, queued, keys) => {
          const start = { ...FRESH, queued };
          const mangled = [...all, ...all]
            .map((result) => ({ result, key: keys.next().value ?? 0 }))
            .toSorted((a, b) => a.key - b.key)
            .map(({ result }) => result);
          expect(after(mangled, here, start).state).toBe(after(all, here, start).state);
        },
      ),
    );
  });
});
