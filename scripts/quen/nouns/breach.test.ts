import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import type { AffectedView } from "../../../schema/wire/rights.ts";
import { createProgram } from "../program.ts";

const folder = mkdtempSync(join(tmpdir(), "quen-breach-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const person = (contact: string, profileId: string): AffectedView => ({
  profileId,
  realm: "store",
  channel: "phone",
  contact,
  reads: 0,
  readBy: [],
  tables: ["visits", "orders"],
});

const PAGES = [
  { data: [person("+84912345678", "pr_1")], erasedReads: 2, next: "k1" },
  { data: [], erasedReads: 0, next: "k2" },
  {
    data: [person("+84912345679", "pr_2"), { ...person("lan@example.vn", "pr_2"), channel: "email" }],
    erasedReads: 0,
    next: null,
  },
];

const run = async (...args: string[]) => runOver(PAGES, ...args);

const runOver = async (pages: readonly unknown[], ...args: string[]) => {
  const bodies: unknown[] = [];
  const printed: string[] = [];
  const send = (async (_url: string, init?: RequestInit) => {
    bodies.push(JSON.parse(typeof init?.body === "string" ? init.body : "null"));
    const page = pages[bodies.length - 1];
    return page === undefined ? Response.json({}, { status: 503 }) : Response.json(page);
  }) as typeof fetch;
  const local = { url: "http://127.0.0.1:8787", adminToken: "t" };
  await createProgram({ env: {}, local, print: (text) => printed.push(text), send }).parseAsync(
    ["breach", "export", "--from", "2026-11-01T00:00:00Z", "--to", "2026-11-02T00:00:00Z", ...args],
    { from: "user" },
  );
  return { bodies, text: printed.join("\n") };
};

describe("quen breach export", () => {
  test("walks every page, also empty ones, into one table that nobody else may read", async () => {
    const out = join(folder, "affected.csv");
    const { bodies, text } = await run("--table", "visits", "orders", "--out", out);
    const ask = { from: "2026-11-01T00:00:00Z", to: "2026-11-02T00:00:00Z", tables: ["visits", "orders"] };
    expect(bodies).toEqual([ask, { ...ask, cursor: "k1" }, { ...ask, cursor: "k2" }]);
    const lines = readFileSync(out, "utf8").split("\r\n");
    expect(lines).toHaveLength(5);
    expect(lines[0]).toBe("\uFEFFprofileId,realm,channel,contact,reads,readBy,tables");
    expect(lines[3]).toBe("pr_2,store,email,lan@example.vn,0,,visits orders");
    expect(statSync(out).mode & 0o777).toBe(0o600);
    expect(text).toContain("2 persons with 3 contacts");
    expect(text).toContain("2 reads were of people who were erased since");
  });

  test("writes a line of JSON a contact", async () => {
    const out = join(folder, "affected.jsonl");
    await run("--actor", "key_1", "--format", "jsonl", "--out", out);
    const lines = readFileSync(out, "utf8").trim().split("\n");
    expect(lines.map((line) => (JSON.parse(line) as AffectedView).contact)).toEqual([
      "+84912345678",
      "+84912345679",
      "lan@example.vn",
    ]);
  });

  test("leaves no file with half of the people where it is refused on the way", async () => {
    const out = join(folder, "half.csv");
    await expect(runOver(PAGES.slice(0, 2), "--table", "visits", "--out", out)).rejects.toThrow("503");
    expect(existsSync(out)).toBe(false);
  });

  test("overwrites no file", async () => {
    const out = join(folder, "kept.csv");
    await run("--table", "visits", "--out", out);
    await expect(run("--table", "visits", "--out", out)).rejects.toThrow("EEXIST");
  });
});
