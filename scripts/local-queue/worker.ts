// The queue of a local run. Unlike the simulator's own it keeps messages in SQLite, so that what a branch published
// survives a `kill -9`: the same promise Cloudflare Queues gives. Delivers at least once, in batches.

import { DurableObject, WorkerEntrypoint } from "cloudflare:workers";
import { type BatchResult, type ConsumerSettings, judge } from "./verdict.ts";

interface Env {
  STORE: DurableObjectNamespace<QueueStore>;
  CONSUMER: { queue(name: string, messages: unknown[]): Promise<BatchResult> };
  /** By queue name. */
  CONSUMERS: Record<string, ConsumerSettings>;
}
export interface Sent {
  body: unknown;
  delaySeconds?: number;
}
interface Row extends Record<string, SqlStorageValue> {
  id: string;
  body: string;
  attempts: number;
  sent_at: number;
}

const SCHEMA = `CREATE TABLE IF NOT EXISTS messages (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL, body TEXT NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0, sent_at INTEGER NOT NULL, due_at INTEGER NOT NULL)`;
const TAKE = "SELECT id, body, attempts, sent_at FROM messages WHERE due_at <= ? ORDER BY seq LIMIT ?";

export class QueueStore extends DurableObject<Env> {
  constructor(state: DurableObjectState, env: Env) {
    super(state, env);
    state.storage.sql.exec(SCHEMA);
  }

  async enqueue(messages: Sent[]): Promise<void> {
    const now = Date.now();
    for (const { body, delaySeconds } of messages) {
      this.ctx.storage.sql.exec(
        "INSERT INTO messages (id, body, sent_at, due_at) VALUES (?, ?, ?, ?)",
        crypto.randomUUID(),
        JSON.stringify(body),
        now,
        now + (delaySeconds ?? 0) * 1_000,
      );
    }
    await this.arm();
  }

  depth(): number {
    return this.ctx.storage.sql.exec<{ n: number }>("SELECT count(*) AS n FROM messages").one().n;
  }

  override async alarm(): Promise<void> {
    const name = this.ctx.id.name ?? "";
    const settings = this.settings();
    if (settings === null) return;
    const rows = this.ctx.storage.sql.exec<Row>(TAKE, Date.now(), settings.maxBatchSize).toArray();
    if (rows.length > 0) {
      const verdicts = judge(rows, await this.deliver(name, rows), settings);
      for (const verdict of verdicts) {
        if (verdict.kind === "retry") {
          this.ctx.storage.sql.exec(
            "UPDATE messages SET attempts = attempts + 1, due_at = ? WHERE id = ?",
            Date.now() + verdict.afterMs,
            verdict.id,
          );
          continue;
        }
        const body = rows.find((row) => row.id === verdict.id)?.body;
        if (verdict.kind === "dead" && body !== undefined) {
          await this.env.STORE.getByName(verdict.queue).enqueue([{ body: JSON.parse(body) as unknown }]);
        }
        this.ctx.storage.sql.exec("DELETE FROM messages WHERE id = ?", verdict.id);
      }
    }
    await this.arm();
  }

  private async deliver(name: string, rows: Row[]): Promise<BatchResult | null> {
    const messages = rows.map((row) => ({
      id: row.id,
      timestamp: new Date(row.sent_at),
      attempts: row.attempts + 1,
      body: JSON.parse(row.body) as unknown,
    }));
    try {
      return await this.env.CONSUMER.queue(name, messages);
    } catch (error) {
      console.error("The queue's consumer failed; the batch is tried again.", name, String(error));
      return null;
    }
  }

  private async arm(): Promise<void> {
    const settings = this.settings();
    if (settings === null) return;
    const now = Date.now();
    const { first, due } = this.ctx.storage.sql
      .exec<{ first: number | null; due: number }>(
        "SELECT min(due_at) AS first, count(*) FILTER (WHERE due_at <= ?) AS due FROM messages",
        now,
      )
      .one();
    if (first === null) return;
    const full = due >= settings.maxBatchSize;
    await this.ctx.storage.setAlarm(full ? now : Math.max(first + settings.maxBatchTimeoutMs, now));
  }

  private settings(): ConsumerSettings | null {
    return this.env.CONSUMERS[this.ctx.id.name ?? ""] ?? null;
  }
}

/** Stands in for the producer binding; `props` name the queue. */
export class Producer extends WorkerEntrypoint<Env, { queue: string }> {
  async send(body: unknown, options?: { delaySeconds?: number }): Promise<void> {
    await this.store().enqueue([{ body, ...options }]);
  }

  async sendBatch(messages: Sent[]): Promise<void> {
    await this.store().enqueue([...messages]);
  }

  private store() {
    return this.env.STORE.getByName(this.ctx.props.queue);
  }
}

/** How many messages wait, all queues together; only the tools that started the runtime can reach it. */
// oxlint-disable-next-line no-default-export
export default class extends WorkerEntrypoint<Env> {
  override async fetch(): Promise<Response> {
    const names = Object.keys(this.env.CONSUMERS);
    const depths = await Promise.all(names.map((name) => this.env.STORE.getByName(name).depth()));
    return Response.json(Object.fromEntries(names.map((name, index) => [name, depths[index]])));
  }
}
