import { defineConfig } from "drizzle-kit";

export default defineConfig({
  dialect: "sqlite",
  schema: ["tables", "tables-people", "tables-identity", "tables-rights", "tables-channels"].map(
    (name) => `./schema/${name}.ts`,
  ),
  out: "./schema/migrations",
  casing: "snake_case",
});
