// Runs a command without holding up this process, which may itself be what the command talks to.

import { execFile } from "node:child_process";

/** What it printed on stdout; an error with all it printed when it fails. */
export const said = (command: readonly string[]): Promise<string> =>
  new Promise((resolve, reject) => {
    const [file = "", ...args] = command;
    execFile(file, args, { encoding: "utf8", maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else reject(new Error(`${command.join(" ")} failed: ${stderr}${stdout}`, { cause: error }));
    });
  });
