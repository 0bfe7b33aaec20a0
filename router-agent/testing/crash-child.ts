// A process that dies of an error whose text holds a MAC, in the way that its argument says.

import { installCrashHandler } from "../crash.ts";
import { makeLog } from "../log.ts";

const write = (line: string): void => void process.stderr.write(line);
const log = makeLog({ level: "debug", format: "text", write, now: () => Date.now() });
installCrashHandler({ log, lastWords: () => log("info", "Saved.") });

const [way, address = ""] = process.argv.slice(2);
const cause = Object.assign(new Error(`cannot read station ${address}`), { station: address });
setTimeout(() => {
  if (way === "throw") throw cause;
  if (way === "reject") void Promise.reject(cause);
  if (way === "reject-object") void Promise.reject({ station: address });
  if (way === "warning") process.emitWarning(`odd station ${address}`);
}, 1);
