// `npm run quen -- <noun> <verb>`: the operator's command line. A refusal is printed as sentences and ends with 1.

import { join } from "node:path";
import { ROOT } from "../steps/repository.ts";
import { Refused } from "./client.ts";
import { readLocalState } from "./connection.ts";
import { createProgram } from "./program.ts";

try {
  const local = readLocalState(join(ROOT, ".quen", "local.json"));
  await createProgram({ env: process.env, local, print: console.log }).parseAsync();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  if (error instanceof Refused) {
    for (const field of error.problem.errors ?? []) console.error(`  ${field.path}: ${field.message}`);
    if (error.problem.requestId !== undefined) console.error(`  request ${error.problem.requestId}`);
  }
  process.exitCode = 1;
}
