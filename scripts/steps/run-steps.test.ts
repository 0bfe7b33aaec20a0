import { describe, expect, test } from "vitest";
import { type Step, runSteps } from "./run-steps.ts";

const step = (name: string, ok: boolean): Step => ({
  name,
  run: () => Promise.resolve(ok ? { ok: true } : { ok: false, output: `${name} broke` }),
});
const collect = () => {
  const lines: string[] = [];
  let at = 0;
  return { lines, print: (line: string) => lines.push(line), now: () => (at += 500) };
};

describe("steps", () => {
  test("the output of a failing step is shown and later steps still run", async () => {
    const { lines, print, now } = collect();
    const outcome = await runSteps([step("a", false), step("b", true)], {
      onFailure: "continue",
      print,
      now,
    });
    expect(outcome).toEqual({ passed: ["b"], failed: ["a"] });
    expect(lines.join("\n")).toContain("a broke");
  });

  test("steps that build on each other stop at the first failure", async () => {
    const { print, now } = collect();
    const outcome = await runSteps([step("a", false), step("b", true)], { onFailure: "stop", print, now });
    expect(outcome).toEqual({ passed: [], failed: ["a"] });
  });

  test("a step that throws is a failed step", async () => {
    const { lines, print, now } = collect();
    const thrown: Step = { name: "c", run: () => Promise.reject(new Error("no disk")) };
    const outcome = await runSteps([thrown], { onFailure: "continue", print, now });
    expect(outcome.failed).toEqual(["c"]);
    expect(lines.join("\n")).toContain("no disk");
  });
});
