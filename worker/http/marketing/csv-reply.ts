// An answer as a CSV file, beside the same answer as JSON.

import type { Context } from "hono";
import { type Table, toCsv } from "../../core/analytics/csv.ts";
import type { HttpEnv } from "../context.ts";

/** File names are made of ids and dates, so they need no quoting rules. */
const safe = (text: string): string => text.replaceAll(/[^\w.-]/g, "-");

/** Declared routes are typed by their JSON; the same address answers CSV when it was asked for. */
export const csvReply = (c: Context<HttpEnv>, nameParts: readonly string[], table: Table): never =>
  c.body(toCsv(table), 200, {
    "content-type": "text/csv; charset=utf-8",
    "content-disposition": `attachment; filename="${safe(`quen-${nameParts.join("-")}.csv`)}"`,
  }) as never;
