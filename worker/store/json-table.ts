// A list of lists as a table: what a statement that carries a whole batch reads its rows from.

import { type SQL, sql } from "drizzle-orm";

/** One bound parameter, however many rows; its text may be 2 MB. */
export const jsonTable = (columns: readonly string[], rows: readonly (readonly unknown[])[]): SQL =>
  sql`(SELECT ${sql.join(
    columns.map((name, index) => sql.raw(`value ->> '$[${index}]' AS ${name}`)),
    sql`, `,
  )} FROM json_each(${JSON.stringify(rows)}))`;
