// The SQLite file behind a part of the running Worker, found by a table that only it has: whoever holds its lock makes
// that part fail as a database that is away does.

import { readdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { LabWorker } from "./worker.ts";

export const openFileWith = (worker: LabWorker, table: string): DatabaseSync => {
  const files = readdirSync(worker.persist, { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith(".sqlite"),
  );
  for (const file of files) {
    const database = new DatabaseSync(join(worker.persist, file));
    const found = database.prepare("SELECT 1 FROM sqlite_master WHERE name = ?").get(table);
    if (found !== undefined) return database;
    database.close();
  }
  throw new Error(`None of ${files.length} files in ${worker.persist} has the table ${table}.`);
};
