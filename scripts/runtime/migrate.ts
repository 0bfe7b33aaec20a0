// Applies schema/migrations to a local D1 through its binding. Keeps the ledger table of
// `wrangler d1 migrations apply`, so that either tool can continue what the other began.

import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** The part of the D1 binding that migrating needs. */
export interface MigrationDatabase {
  prepare(sql: string): MigrationStatement;
  batch(statements: MigrationStatement[]): Promise<unknown>;
}
export interface MigrationStatement {
  bind(...values: unknown[]): MigrationStatement;
  all<Row>(): Promise<{ results: Row[] }>;
}

const LEDGER = `CREATE TABLE IF NOT EXISTS "d1_migrations"(
		id         INTEGER PRIMARY KEY AUTOINCREMENT,
		name       TEXT UNIQUE,
		applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL
)`;

/** drizzle separates the statements of one file by this comment. */
export const splitStatements = (sql: string): string[] =>
  sql
    .split("--> statement-breakpoint")
    .map((statement) => statement.trim())
    .filter((statement) => statement !== "");

/** Each file is one atomic batch together with its ledger row. Returns the names that were applied. */
export const applyMigrations = async (database: MigrationDatabase, folder: string): Promise<string[]> => {
  await database.batch([database.prepare(LEDGER)]);
  const { results } = await database.prepare("SELECT name FROM d1_migrations").all<{ name: string }>();
  const known = new Set(results.map((row) => row.name));
  const due = readdirSync(folder)
    .filter((name) => name.endsWith(".sql") && !known.has(name))
    .toSorted();
  for (const name of due) {
    const statements = splitStatements(readFileSync(join(folder, name), "utf8"));
    // Order matters: a later file may need the tables of an earlier one.
    await database.batch([
      ...statements.map((statement) => database.prepare(statement)),
      database.prepare("INSERT INTO d1_migrations (name) VALUES (?)").bind(name),
    ]);
  }
  return due;
};
