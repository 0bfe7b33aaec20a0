// Runs a batch that fails whole where somebody else was first or its refusal holds, and says so as a value.

import type { SQL } from "drizzle-orm";
import type { Database } from "./database.ts";
import { runAll } from "./run-all.ts";
import { isConflict } from "./tombstones.ts";

/** `refused`: nothing was changed. */
export const runOrRefuse = async (db: Database, statements: readonly SQL[]): Promise<"done" | "refused"> => {
  try {
    await runAll(db, statements);
    return "done";
  } catch (error) {
    if (isConflict(error)) return "refused";
    throw error;
  }
};
