// The script as somebody else runs it. `worker/test/consent-evidence.test.ts` holds it against bundles that were changed
// in every way; here it is its command line and what it says.

import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "quen-verify-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const script = join(import.meta.dirname, "verify-consents.ts");
const bundlePath = join(import.meta.dirname, "fixtures", "consent-bundle.json");
const keysPath = join(import.meta.dirname, "fixtures", "consent-keys.json");
const source = readFileSync(bundlePath, "utf8");

const verify = (...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], { encoding: "utf8" });
  return { status, out: stdout.trim(), said: stderr.trim() };
};
const written = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

describe("node verify-consents.ts", () => {
  test("imports nothing but Node's own modules", () => {
    const imported = [...readFileSync(script, "utf8").matchAll(/from "([^"]+)"/g)].map(([, name]) => name);
    expect(imported).toEqual(["node:crypto", "node:fs"]);
    expect(readFileSync(script, "utf8").split("\n").length).toBeLessThanOrEqual(150);
  });

  test("accepts an untouched bundle under the published keys, without another word", () => {
    expect(verify(bundlePath, "--keys", keysPath)).toEqual({
      status: 0,
      out: "All 6 records stand as they were signed.",
      said: "",
    });
  });

  test("warns when the keys are the bundle's own", () => {
    const { status, said } = verify(bundlePath);
    expect(status).toBe(0);
    expect(said).toContain("Warning: the keys are the bundle's own");
  });

  test("says in one sentence each what is wrong with a changed one, and ends with 1", () => {
    const path = written(
      "changed.json",
      source.replace("Nội dung: profile_linking", "Nội dung: profile-linking"),
    );
    const { status, out, said } = verify(path, "--keys", keysPath);
    expect([status, out]).toEqual([1, ""]);
    expect(said.split("\n")).toEqual(
      [
        "The seal: is not over this bundle.",
        "The seal: has a wrong signature.",
        "A text: does not have the hash that it claims.",
      ].toSorted((a, b) => said.indexOf(a) - said.indexOf(b)),
    );
  });

  test("refuses a bundle that somebody signed anew with a key of their own", () => {
    const keys = JSON.parse(readFileSync(keysPath, "utf8")) as { keys: { x: string }[] };
    const other = {
      keys: keys.keys.map((key) => ({ ...key, x: Buffer.alloc(32, 9).toString("base64url") })),
    };
    const { status, said } = verify(bundlePath, "--keys", written("keys.json", JSON.stringify(other)));
    expect(status).toBe(1);
    expect(said).toContain("has a wrong signature");
  });

  test("ends with 1 on what it cannot read and with 2 on a wrong use", () => {
    expect(verify(join(folder, "nothing.json")).status).toBe(1);
    expect(verify(written("cut.json", source.slice(0, 500))).status).toBe(1);
    expect(verify(written("other.json", "[]")).status).toBe(1);
    expect(verify().status).toBe(2);
    expect(verify(bundlePath, "--kyes", keysPath).status).toBe(2);
  });
});
