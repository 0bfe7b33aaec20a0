// The one door to D1. Everything else in this folder takes a `Database`; nothing outside of it sees drizzle.

import { drizzle } from "drizzle-orm/d1";

export const database = (binding: D1Database) => drizzle(binding, { casing: "snake_case" });
export type Database = ReturnType<typeof database>;
