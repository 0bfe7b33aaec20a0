// What of a file is told at once: a customer a row, or an order with its rows, which stand together. Each comes as a body
// to send or with its troubles.

import { createHash } from "node:crypto";
import { type Cells, cellsOf, type Manner, type Row, type Trouble } from "./cells.ts";
import type { Column } from "./columns.ts";
import { customerBody } from "./customer-body.ts";
import type { Kind } from "./fields.ts";
import { judgeBody } from "./judge-body.ts";
import { orderBody, orderKey } from "./order-body.ts";
import type { ReadRow } from "./read-rows.ts";

export interface Reader {
  readonly kind: Kind;
  readonly source: string;
  readonly columns: readonly Column[];
  readonly manner: Manner;
  readonly now: number;
}

export interface Unit {
  readonly rows: readonly ReadRow[];
  /** Null: it is not told. */
  readonly body: Readonly<Record<string, unknown>> | null;
  /** Of what is not told why, else what of it says nothing of anybody. */
  readonly troubles: readonly Trouble[];
}

const unitOf = ({ kind, source, columns, manner, now }: Reader, rows: readonly ReadRow[]): Unit => {
  const cells = rows.map((row) => cellsOf(columns, row));
  const made =
    kind === "orders" ? orderBody(columns, cells, manner) : customerBody(columns, cells[0] ?? none, manner);
  if (!made.ok) return { rows, body: null, troubles: [made.trouble] };
  const judged = judgeBody(kind, made.body, source, now);
  return judged.kind === "good"
    ? { rows, body: made.body, troubles: judged.left }
    : { rows, body: null, troubles: judged.troubles };
};
const none: Cells = () => "";

const wrongCells = ({ columns }: Reader, row: Row): Trouble | null =>
  row.cells.length === columns.length
    ? null
    : {
        field: "",
        code: "wrong_cells",
        message: `has ${row.cells.length} cells and not ${columns.length}: is a quote or a separator wrong?`,
      };

/** 52 bits of a hash instead of the text: a million orders are some 60 MB. */
const tagOf = (key: string): number => {
  const hash = createHash("sha256").update(key).digest();
  return hash.readUIntBE(0, 6) * 16 + (hash.readUInt8(6) >> 4);
};

const REPEATED: Trouble = {
  field: "id",
  code: "repeated",
  message:
    "came before, with other orders between: rows of one order must stand together, or differ in updatedAt",
};

interface Group {
  readonly id: string;
  readonly key: string;
  readonly rows: readonly ReadRow[];
  /** A row whose cells are not where they should be: then none of the order is told. */
  readonly wrong: Trouble | null;
}

const isOneOrder = (group: Group, next: Group): boolean =>
  group.key === next.key || ((group.wrong ?? next.wrong) !== null && group.id === next.id);

async function* orders(reader: Reader, rows: AsyncIterable<ReadRow>): AsyncGenerator<Unit> {
  const seen = new Set<number>();
  let group = null as Group | null;
  const close = ({ key, rows: rowsOf, wrong }: Group): Unit => {
    const refused = (trouble: Trouble): Unit => ({ rows: rowsOf, body: null, troubles: [trouble] });
    if (wrong !== null) return refused(wrong);
    const tag = tagOf(key);
    if (seen.has(tag)) return refused(REPEATED);
    seen.add(tag);
    return unitOf(reader, rowsOf);
  };
  for await (const row of rows) {
    const cells = cellsOf(reader.columns, row);
    const wrong = wrongCells(reader, row);
    const next: Group = { id: cells("id"), key: orderKey(cells), rows: [row], wrong };
    if (group !== null && isOneOrder(group, next)) {
      group = { ...group, rows: [...group.rows, row], wrong: group.wrong ?? wrong };
      continue;
    }
    if (group !== null) yield close(group);
    group = next;
  }
  if (group !== null) yield close(group);
}

async function* customers(reader: Reader, rows: AsyncIterable<ReadRow>): AsyncGenerator<Unit> {
  for await (const row of rows) {
    const wrong = wrongCells(reader, row);
    yield wrong === null ? unitOf(reader, [row]) : { rows: [row], body: null, troubles: [wrong] };
  }
}

export const readUnits = (reader: Reader, rows: AsyncIterable<ReadRow>): AsyncGenerator<Unit> =>
  reader.kind === "orders" ? orders(reader, rows) : customers(reader, rows);
