// Shell commands that run when this process is gone, however it went: `kill -9` included. Works by a pipe that closes
// with us; a small shell waits at its other end.

import { spawn } from "node:child_process";

export interface LastWill {
  /** We end in good order: nothing is to be done. */
  revoke(): void;
}

export const lastWill = (script: string): LastWill => {
  // In its own process group: Ctrl-C in the terminal must not take the shell before us.
  const shell = spawn("/bin/sh", ["-c", `cat > /dev/null; ${script}`], {
    stdio: ["pipe", "ignore", "ignore"],
    detached: true,
  });
  shell.unref();
  return { revoke: () => void shell.kill("SIGKILL") };
};
