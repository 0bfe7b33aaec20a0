// A small executable in the place of a router's tool: a shell script that answers from recorded output.
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

export const FIXTURES = join(import.meta.dirname, "..", "fixtures");
export const fixture = (name: string): string => readFileSync(join(FIXTURES, name), "utf8");
export const fixtureLines = (name: string): string[] => fixture(name).trimEnd().split("\n");

export interface FakeTool {
  command: string;
  /** The tool's own folder, `$HERE` in its script. */
  dir: string;
}

/** A folder that is gone when the test is over. */
export const makeTestDir = (): string => {
  const dir = mkdtempSync(join(tmpdir(), "quen-test-"));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true, maxRetries: 3 }));
  return dir;
};

export const makeFakeTool = (script: string): FakeTool => {
  const dir = makeTestDir();
  const command = join(dir, "tool");
  writeFileSync(command, `#!/bin/sh\nHERE=${dir}\nFIXTURES=${FIXTURES}\n${script}\n`);
  chmodSync(command, 0o755);
  return { command, dir };
};
