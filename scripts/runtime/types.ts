// What a running Worker offers to the tools that started it.

import type { MigrationDatabase } from "./migrate.ts";

export interface LogLine {
  timestamp: number;
  level: string;
  message: string;
}

export interface RuntimeOptions {
  /** The repository: where wrangler.toml, dist/ and schema/migrations are. */
  root: string;
  /** Folder of D1 and Durable Object data; kept between runs. Same layout as `wrangler --persist-to`. */
  persist: string;
  host: string;
  /** 0 takes any free port. */
  port: number;
  /** Override or complete the vars of wrangler.toml; secrets of a local run go here. */
  vars: Record<string, string>;
  log?: (line: LogLine) => void;
  /** Wraps the Durable Objects so that `objectStorage` works. For tests only, never for measurements. */
  inspectObjects?: boolean;
}

export interface D1Statement {
  bind(...values: unknown[]): D1Statement;
  all<Row>(): Promise<{ results: Row[] }>;
}
export interface LocalDatabase extends MigrationDatabase {
  prepare(sql: string): D1Statement;
}

/** SQL inside one Durable Object; starts the object if it sleeps. */
export interface ObjectStorage {
  exec<Row>(sql: string, ...values: unknown[]): Promise<Row[]>;
}

export interface Runtime {
  /** Address at which workerd itself listens. */
  url: string;
  /** Migrations that this start applied. */
  applied: string[];
  d1(): LocalDatabase;
  objectStorage(className: string, name: string): Promise<ObjectStorage>;
  /** Messages that wait in the queues or are being delivered. */
  waiting(): Promise<number>;
  /** Runs the Worker's cron handler once. */
  scheduled(): Promise<void>;
  /** Process id of workerd. */
  pid(): number | null;
  stop(): Promise<void>;
  /** As if the power went: SIGKILL to workerd. */
  kill(): Promise<void>;
}
