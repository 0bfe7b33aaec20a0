// `npm run bench`: each benchmark as a process of its own, so that none measures another's garbage. `-- --json` prints
// one JSON object a line and nothing else on stdout; `-- --only ingest` runs one.

import { spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { buildSteps } from "../scripts/steps/build-steps.ts";
import { ROOT } from "../scripts/steps/repository.ts";
import { runSteps } from "../scripts/steps/run-steps.ts";
import { type Result, say } from "./emit.ts";
import { tableOf } from "./table.ts";

/** Files that measure; the others are their parts. */
const BENCHES = [
  "ingest",
  "d1-rows",
  "analytics",
  "journeys",
  "identity",
  "identity-speed",
  "events",
  "profiles",
  "agent",
  "portal",
  "sentiment",
] as const;

const { values: flags } = parseArgs({
  options: { json: { type: "boolean", default: false }, only: { type: "string" } },
});

const present = new Set(readdirSync(import.meta.dirname));
const chosen = BENCHES.filter((name) => flags.only === undefined || flags.only === name);

const parse = (line: string): Result | null => {
  if (!line.startsWith("{")) return null;
  try {
    return JSON.parse(line) as Result;
  } catch {
    return null;
  }
};

const measure = async (name: string): Promise<boolean> => {
  say(`== ${name}`);
  const child = spawn(process.execPath, [`${import.meta.dirname}/${name}.ts`], {
    cwd: ROOT,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const stop = () => child.kill("SIGTERM");
  process.once("SIGINT", stop);
  const results: Result[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    const result = parse(line);
    if (result === null) say(line);
    else if (flags.json) console.log(line);
    else results.push(result);
  }
  const code = child.exitCode ?? (await new Promise<number | null>((resolve) => child.once("exit", resolve)));
  process.off("SIGINT", stop);
  if (results.length > 0) console.log(`\n${tableOf(results)}\n`);
  if (code !== 0) say(`${name} ended with code ${code ?? "none"}.`);
  return code === 0;
};

const main = async (): Promise<number> => {
  if (chosen.length === 0) {
    say(`There is no benchmark ${flags.only}; there are ${BENCHES.join(", ")}.`);
    return 1;
  }
  const built = await runSteps(buildSteps(ROOT), { onFailure: "stop", print: say, now: Date.now });
  if (built.failed.length > 0) return 1;
  let failed = 0;
  for (const name of chosen) {
    if (!present.has(`${name}.ts`)) throw new Error(`bench/${name}.ts is missing.`);
    // One at a time: they would measure each other.
    if (!(await measure(name))) failed += 1;
  }
  return failed === 0 ? 0 : 1;
};

process.exitCode = await main();
