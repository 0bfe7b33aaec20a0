import { defineConfig } from "drizzle-kit";

export default defineConfig({
  dialect: "sqlite",
  schema: ["./schema/tables.ts", "./schema/tables-people.ts"],
  out: "./schema/migrations",
  casing: "snake_case",
});
