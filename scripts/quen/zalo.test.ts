import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, test } from "vitest";
import { createProgram } from "./program.ts";

const folder = mkdtempSync(join(tmpdir(), "quen-zalo-"));
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => {
  process.exitCode = 0;
});

const counts = { refreshed: 1, refused: 0, failed: 0 };
const working = {
  health: "working",
  accessUntil: "2026-11-02T00:00:00Z",
  refreshedAt: null,
  refusal: null,
  counts,
};
const refused = {
  ...working,
  health: "refused",
  refusal: { at: "2026-11-01T00:00:00Z", code: -14014, afterLoss: true },
};

const run = async (args: string[], reply: unknown) => {
  const calls: unknown[] = [];
  const printed: string[] = [];
  const send = ((url: string, init?: RequestInit) => {
    const body = typeof init?.body === "string" ? (JSON.parse(init.body) as unknown) : undefined;
    calls.push({ method: init?.method, path: new URL(url).pathname, body });
    return Promise.resolve(Response.json(reply));
  }) as typeof fetch;
  const local = { url: "http://127.0.0.1:8787", adminToken: "t" };
  const program = createProgram({ env: {}, local, print: (text) => printed.push(text), send });
  await program.parseAsync(["zalo", "token", ...args], { from: "user" });
  return { calls, text: printed.join("\n") };
};

const path = "/v1/admin/zalo/oa-token";

describe("quen zalo token", () => {
  test("shows how the token fares and what to do", async () => {
    const { calls, text } = await run([], refused);
    expect(calls).toEqual([{ method: "GET", path, body: undefined }]);
    expect(text).toContain("-14014");
    expect(text).toContain("set a new one");
    expect(text).toContain("An earlier answer of Zalo was lost");
  });

  test("sets the token of a file and prints it nowhere", async () => {
    const file = join(folder, "token");
    writeFileSync(file, "a-new-refresh-token\n");
    const { calls, text } = await run(["--file", file], working);
    expect(calls).toEqual([{ method: "PUT", path, body: { refreshToken: "a-new-refresh-token" } }]);
    expect(text).toContain("Codes go by Zalo.");
    expect(text).not.toContain("a-new-refresh-token");
    expect(process.exitCode ?? 0).toBe(0);
  });

  test("ends with 1 when the new token does not work", async () => {
    const file = join(folder, "bad");
    writeFileSync(file, "an-old-refresh-token");
    await run(["--file", file], refused);
    expect(process.exitCode).toBe(1);
  });
});
