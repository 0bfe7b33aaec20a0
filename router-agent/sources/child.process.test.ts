import { expect, it } from "vitest";
import { followLines, readOutput } from "./child.ts";
import { splitLines } from "./lines.ts";
import { makeFakeTool } from "./testing/fake-tool.ts";

const LIMITS = { timeoutMs: 5_000, maxChars: 1_000 };
const never = new AbortController().signal;

it("lines arrive one by one while the program still runs", async () => {
  const stopper = new AbortController();
  const { command } = makeFakeTool('printf "a\\nb"; sleep 0.05; printf "c\\r\\n"; exec sleep 60');
  const lines: string[] = [];
  const exit = await followLines({ command, args: [], signal: stopper.signal }, (line) => {
    lines.push(line);
    if (line === "bc") stopper.abort();
  });
  expect(lines).toEqual(["a", "bc"]);
  expect(exit.code).toBeNull();
});

it("arguments reach the program as they are, without a shell", async () => {
  const { command } = makeFakeTool('printf "%s|" "$@"');
  const output = await readOutput({ command, args: ["a b", "$(id)", "*"], signal: never }, LIMITS);
  expect(output).toMatchObject({ code: 0, text: "a b|$(id)|*|", ending: "exited" });
});

it("the program sees nothing of the agent's environment but where programs are", async () => {
  const { command } = makeFakeTool("env");
  const output = await readOutput({ command, args: [], signal: never }, LIMITS);
  const names = output.text.split("\n").map((line) => line.split("=")[0]);
  expect(names).toEqual(expect.arrayContaining(["LC_ALL", "PATH"]));
  expect(names).not.toContain("HOME");
  expect(names).not.toContain("VITEST");
});

it("a program that hangs is ended in time", async () => {
  const { command } = makeFakeTool("exec sleep 60");
  const output = await readOutput({ command, args: [], signal: never }, { ...LIMITS, timeoutMs: 50 });
  expect(output).toMatchObject({ code: null, ending: "timed_out" });
});

it("a program that never stops talking is ended", async () => {
  const { command } = makeFakeTool("exec yes");
  const output = await readOutput({ command, args: [], signal: never }, LIMITS);
  expect(output.ending).toBe("too_long");
});

it("a program that leaves a child with its pipes behind is not waited for", async () => {
  const { command } = makeFakeTool("sleep 20 & exit 7");
  const output = await readOutput({ command, args: [], signal: never }, LIMITS);
  expect(output.code).toBe(7);
});

it("the last words on stderr carry no address", async () => {
  const { command } = makeFakeTool('echo "bad 04:AB:00:12:34:56" >&2; echo "and 04ab.0012.3456" >&2; exit 1');
  const output = await readOutput({ command, args: [], signal: never }, LIMITS);
  expect(output.errorTail).toBe("bad [mac] and [mac]");
});

it("a signal that has aborted before the start ends the program", async () => {
  const { command } = makeFakeTool("exec sleep 60");
  const output = await readOutput({ command, args: [], signal: AbortSignal.abort() }, LIMITS);
  expect(output.code).toBeNull();
});

it("a line too long to be kept is dropped alone", () => {
  const lines: string[] = [];
  const splitter = splitLines((line) => lines.push(line));
  for (const part of ["a\n", "x".repeat(70_000), "y\nb\n", "c"]) splitter.push(part);
  splitter.end();
  expect(lines).toEqual(["a", "b", "c"]);
});
