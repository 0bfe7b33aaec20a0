// What D1 is asked and billed for by evidence: the Worker's own functions that store what was told and decide about it, in
// the queue's batches, with what D1 says of each statement.

import { NOTHING_SAID, type Said } from "../../worker/core/intake/said.ts";
import { identifierKeys } from "../../worker/identity/identifier-keys.ts";
import { profileIds } from "../../worker/identity/profile-ids.ts";
import { saidMessage } from "../../worker/identity/said-message.ts";
import { takeTurn, type Turn } from "../../worker/identity/settle.ts";
import { suppressionTags } from "../../worker/portal/suppression.ts";
import { storeTold } from "../../worker/store/told.ts";
import { meteredDatabase, type Rows } from "../d1/metered-database.ts";
import type { BenchWorker } from "../worker.ts";
import { type Customer, customer } from "./orders.ts";

/** See max_batch_size in wrangler.toml. */
const CONSUMED_AT_ONCE = 100;
const ROWS_A_TURN = 300;
const BATCHES = 5;
const DAY = 86_400_000;
const KEYS = [{ keyId: "bench", key: Buffer.alloc(32, 1).toString("base64url") }];

const round = (value: number): number => Math.round(value * 100) / 100;

export const decisionRows = async ({ runtime }: BenchWorker): Promise<Record<string, unknown>[]> => {
  const { db, rowsOf } = meteredDatabase(runtime.d1());
  const keyOf = identifierKeys(KEYS);
  const deps = { db, idOf: profileIds(KEYS) };
  const tagsOf = suppressionTags(KEYS);
  const now = Date.now();
  const messagesOf = async (batch: number, day: number) => {
    const told = Array.from({ length: CONSUMED_AT_ONCE }, (_, index) => index).map(async (index) => {
      const { code, phone, email }: Customer = customer("rows", batch * CONSUMED_AT_ONCE + index);
      const identifiers = [
        { kind: "customer:rows", value: code },
        { kind: "phone", value: phone },
        { kind: "email", value: email },
      ];
      const at = now - day * DAY;
      const said: Said = {
        ...NOTHING_SAID,
        messageId: `${day}-${batch}-${index}`,
        at,
        identifiers: identifiers.map((one) => ({ ...one, proven: false, userInitiated: true })),
        edges: [
          { a: 0, b: 1, trust: 2 },
          { a: 0, b: 2, trust: 2 },
        ],
        order: {
          book: "rows",
          orderId: `${day}-${batch}-${index}`,
          at,
          updatedAt: at,
          branchId: null,
          channel: "pos",
          status: "completed",
          totalVnd: 45_000,
          net: true,
          currency: "VND",
          total: "45000",
          items: [],
        },
      };
      const sealSame = async (value: string): Promise<string> => value.padEnd(80, ".");
      return saidMessage({ keyOf, sealSame }, "rows", said);
    });
    return (await Promise.all(told)).filter((message) => message !== null);
  };

  const metered = async () => {
    const turns: Turn[] = [];
    const rows = await rowsOf(async () => turns.push(await takeTurn(deps, { most: ROWS_A_TURN, now })));
    return { kind: turns[0]?.kind ?? "idle", rows };
  };

  const lines: Record<string, unknown>[] = [];
  for (const [of, day] of [
    ["new customers", 2],
    ["known customers", 1],
  ] as const) {
    const [stored, decided]: [Rows[], Rows[]] = [[], []];
    for (let batch = 0; batch < BATCHES; batch += 1) {
      const messages = await messagesOf(batch, day);
      stored.push(await rowsOf(() => storeTold(db, messages, now, tagsOf)));
      for (let turn = await metered(); turn.kind !== "idle"; turn = await metered()) decided.push(turn.rows);
    }
    const evidence = BATCHES * CONSUMED_AT_ONCE * 2;
    const written = [...stored, ...decided].reduce((sum, rows) => sum + rows.written, 0);
    lines.push({
      of,
      statementsToStore: Math.max(...stored.map((rows) => rows.statements)),
      tripsToStore: Math.max(...stored.map((rows) => rows.trips)),
      statementsToDecide: Math.max(...decided.map((rows) => rows.statements)),
      tripsToDecide: Math.max(...decided.map((rows) => rows.trips)),
      rowsWrittenPerEvidence: round(written / evidence),
    });
  }
  return lines;
};
