// A part of a statement that is the same each time, put together once and not for every request. It names no value of a
// request: whatever is bound in it is written into its text.

import { type SQL, sql } from "drizzle-orm";
import { SQLiteAsyncDialect } from "drizzle-orm/sqlite-core";

const dialect = new SQLiteAsyncDialect({ casing: "snake_case" });

export const fixedSql = (part: SQL): SQL => sql.raw(dialect.sqlToQuery(sql`${part}`.inlineParams()).sql);
