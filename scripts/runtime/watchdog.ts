// Ties workerd's life to ours. Without it a `kill -9` of this process would leave workerd holding the port.

import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type LastWill, lastWill } from "../steps/last-will.ts";

/** `command` stands in for the workerd binary and notes the process id of each start before it becomes workerd. */
export interface WorkerdGuard {
  command: string;
  /** Process id of workerd as started last; null before the first start. */
  pid(): number | null;
  watch(): void;
  release(): void;
}

const quote = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;

export const guardWorkerd = (): WorkerdGuard => {
  const folder = mkdtempSync(join(tmpdir(), "quen-workerd-"));
  const pidFile = join(folder, "pid");
  const command = join(folder, "workerd");
  const binary = (createRequire(import.meta.url)("workerd") as { default: string }).default;
  writeFileSync(command, `#!/bin/sh\necho $$ > ${quote(pidFile)}\nexec ${quote(binary)} "$@"\n`);
  chmodSync(command, 0o755);
  // The file is read when we die, so that a workerd which was started anew is found too.
  const script = `kill -9 "$(cat ${quote(pidFile)})"; rm -rf ${quote(folder)}`;
  let will: LastWill | null = null;
  const removeFolder = () => rmSync(folder, { recursive: true, force: true });
  return {
    command,
    pid: () => (existsSync(pidFile) ? Number(readFileSync(pidFile, "utf8")) : null),
    watch: () => {
      will = lastWill(script);
    },
    release: () => {
      will?.revoke();
      will = null;
      removeFolder();
    },
  };
};
