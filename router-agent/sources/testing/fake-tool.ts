// A small executable in the place of a router's tool: a shell script that answers from recorded output.
import { chmodSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export const FIXTURES = join(import.meta.dirname, "..", "fixtures");
export const fixture = (name: string): string => readFileSync(join(FIXTURES, name), "utf8");
export const fixtureLines = (name: string): string[] => fixture(name).trimEnd().split("\n");

export interface FakeTool {
  command: string;
  /** The tool's own folder, `$HERE` in its script. */
  dir: string;
}

export const makeFakeTool = (script: string): FakeTool => {
  const dir = mkdtempSync(join(tmpdir(), "quen-fake-"));
  const command = join(dir, "tool");
  writeFileSync(command, `#!/bin/sh\nHERE=${dir}\nFIXTURES=${FIXTURES}\n${script}\n`);
  chmodSync(command, 0o755);
  return { command, dir };
};
