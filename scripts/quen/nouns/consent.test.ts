import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { createProgram } from "../program.ts";

const folder = mkdtempSync(join(tmpdir(), "quen-consent-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const bundle = { format: "quen-consent-bundle-1", chains: [{ records: [{}, {}] }] };

const run = async (...args: string[]) => {
  const bodies: unknown[] = [];
  const printed: string[] = [];
  const send = (async (url: string, init?: RequestInit) => {
    bodies.push([new URL(url).pathname, JSON.parse(typeof init?.body === "string" ? init.body : "null")]);
    return Response.json(bundle);
  }) as typeof fetch;
  const local = { url: "http://127.0.0.1:8787", adminToken: "t" };
  await createProgram({ env: {}, local, print: (text) => printed.push(text), send }).parseAsync(
    ["consent", "export", ...args],
    { from: "user" },
  );
  return { bodies, text: printed.join("\n") };
};

describe("quen consent export", () => {
  test.each([
    [["--phone", "0912 345 678"], { by: { kind: "phone", value: "0912 345 678" } }],
    [["--zalo", "42", "--app", "7"], { by: { kind: "zalo_app:7", value: "42" } }],
    [["--receipt", "abcdefgh"], { receipt: "abcdefgh" }],
  ])("%j posts the value, so that no address holds it", async (args, body) => {
    const out = join(folder, `${args[0]}.json`);
    const { bodies, text } = await run(...args, "--out", out);
    expect(bodies).toEqual([["/v1/consents/export", body]]);
    expect(JSON.parse(readFileSync(out, "utf8"))).toEqual(bundle);
    expect(statSync(out).mode & 0o777).toBe(0o600);
    expect(text).toContain("2 records in 1 chains");
  });

  test("overwrites no file and wants exactly one person", async () => {
    const out = join(folder, "kept.json");
    await run("--receipt", "abcdefgh", "--out", out);
    await expect(run("--receipt", "abcdefgh", "--out", out)).rejects.toThrow("EEXIST");
    await expect(run("--out", join(folder, "x.json"))).rejects.toThrow("Name the person once");
    await expect(
      run("--phone", "1", "--receipt", "abcdefgh", "--out", join(folder, "x.json")),
    ).rejects.toThrow("Name the person once");
  });
});
