import { expect, test } from "vitest";
import type { StepResult } from "./run-steps.ts";
import { sideBySide } from "./side-by-side.ts";

const step = (name: string, result: StepResult) => ({ name, run: async () => result });
const well = step("a", { ok: true, note: "3 tests passed, 0 failed" });

test("steps side by side are well when each is, and say what each says", async () => {
  expect(
    await sideBySide("tests", [well, step("b", { ok: true, note: "4 tests passed, 0 failed" })]).run(),
  ).toEqual({
    ok: true,
    note: "a: 3 tests passed, 0 failed; b: 4 tests passed, 0 failed",
  });
});

test("one that failed fails them all and is named", async () => {
  const outcome = await sideBySide("tests", [well, step("b", { ok: false, output: "exit code 1\n" })]).run();
  expect(outcome).toEqual({ ok: false, output: "b: exit code 1" });
});
