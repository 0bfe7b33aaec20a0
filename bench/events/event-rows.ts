// What D1 is asked and billed for by events: the Worker's own functions that store what was told and decide about it, in
// the queue's batches, with what D1 says of each statement.

import { NOTHING_SAID, type Said } from "../../worker/core/intake/said.ts";
import { identifierKeys } from "../../worker/identity/identifier-keys.ts";
import { profileIds } from "../../worker/identity/profile-ids.ts";
import { saidMessage } from "../../worker/identity/said-message.ts";
import { type Turn, takeTurn } from "../../worker/identity/settle.ts";
import { suppressionTags } from "../../worker/portal/suppression.ts";
import { storeTold } from "../../worker/store/told.ts";
import { type Rows, meteredDatabase } from "../d1/metered-database.ts";
import type { BenchWorker } from "../worker.ts";
import type { Naming } from "./shop-events.ts";

/** 100 messages of the queue with up to 20 events each come at once; the Worker stores them in parts of this size. */
const STORED_AT_ONCE = 100;
const ROWS_A_TURN = 300;
const BATCHES = 10;
const EVENTS_A_VISIT = 5;
const KEYS = [{ keyId: "bench", key: Buffer.alloc(32, 1).toString("base64url") }];

const saidOf = (run: string, naming: Naming, index: number, at: number): Said => {
  const shopper = Math.floor(index / EVENTS_A_VISIT);
  const named = naming === "identified";
  const kept = naming !== "refused";
  const person = [
    { kind: "customer:rows", value: `c-${shopper}` },
    { kind: "anonymous:rows", value: `b-${shopper}` },
  ];
  return {
    ...NOTHING_SAID,
    messageId: `${run}-${index}`,
    at: at + index,
    identifiers: named ? person.map((one) => ({ ...one, proven: false, userInitiated: true })) : [],
    edges: named ? [{ a: 0, b: 1, trust: 3 }] : [],
    event: {
      type: "track",
      name: "Product Viewed",
      channel: "web",
      stage: "view",
      campaign: kept ? { source: "facebook", medium: "cpc", name: "autumn" } : null,
      subject: named ? 0 : null,
      anonymous: kept ? `b-${shopper}` : null,
      branchId: null,
      direction: null,
      sentiment: null,
      products: kept ? [{ id: `sku-${index % 400}`, name: "Product", quantity: 1 }] : [],
      orderId: null,
      valueVnd: 45_000,
      details: kept ? { price: 45_000 } : null,
    },
  };
};

const round = (value: number): number => Math.round(value * 100) / 100;

export const eventRows = async ({ runtime }: BenchWorker): Promise<Record<string, unknown>[]> => {
  const { db, rowsOf } = meteredDatabase(runtime.d1());
  const keyOf = identifierKeys(KEYS);
  const tagsOf = suppressionTags(KEYS);
  const deps = { db, idOf: profileIds(KEYS) };
  const now = Date.now();
  const parts = { keyOf, sealSame: async (value: string): Promise<string> => value.padEnd(80, ".") };

  const metered = async () => {
    const turns: Turn[] = [];
    const rows = await rowsOf(async () => turns.push(await takeTurn(deps, { most: ROWS_A_TURN, now })));
    return { kind: turns[0]?.kind ?? "idle", rows };
  };

  const measure = async (of: string, run: string, naming: Naming, at: number) => {
    const [stored, decided]: [Rows[], Rows[]] = [[], []];
    for (let batch = 0; batch < BATCHES; batch += 1) {
      const told = await Promise.all(
        Array.from({ length: STORED_AT_ONCE }, (_, index) =>
          saidMessage(parts, "rows", saidOf(run, naming, batch * STORED_AT_ONCE + index, at)),
        ),
      );
      const messages = told.filter((message) => message !== null);
      stored.push(await rowsOf(() => storeTold(db, messages, now, tagsOf)));
      for (let turn = await metered(); turn.kind !== "idle"; turn = await metered()) decided.push(turn.rows);
    }
    const events = BATCHES * STORED_AT_ONCE;
    const sum = (all: readonly Rows[], field: keyof Rows): number =>
      all.reduce((total, rows) => total + rows[field], 0);
    return {
      of,
      rowsWrittenPerEvent: round((sum(stored, "written") + sum(decided, "written")) / events),
      rowsReadPerEvent: round((sum(stored, "read") + sum(decided, "read")) / events),
      statementsToStore: Math.max(...stored.map(({ statements }) => statements)),
      tripsToStore: Math.max(...stored.map(({ trips }) => trips)),
      statementsPerEvent: round((sum(stored, "statements") + sum(decided, "statements")) / events),
    };
  };
  const hour = 3_600_000;
  return [
    await measure("without consent", "refused", "refused", now - 4 * hour),
    await measure("anonymous", "anonymous", "anonymous", now - 3 * hour),
    await measure("identified, new customers", "new", "identified", now - 2 * hour),
    await measure("identified, known customers", "known", "identified", now - hour),
  ];
};
