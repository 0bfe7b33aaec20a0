import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { SECRET_NAMES, freshSecrets } from "./fresh-secrets.ts";
import { localSecrets } from "./local-secrets.ts";

const folder = mkdtempSync(join(tmpdir(), "quen-secrets-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("secrets of a local run", () => {
  test("are made once, and only the owner may read them", () => {
    const first = localSecrets(folder);
    expect(localSecrets(folder)).toEqual(first);
    expect(statSync(join(folder, "secrets.json")).mode & 0o777).toBe(0o600);
  });

  test("a secret that is missing in an older file is added and the others stay", () => {
    const { ADMIN_TOKEN: _, ...older } = localSecrets(folder);
    writeFileSync(join(folder, "secrets.json"), JSON.stringify(older));
    expect(localSecrets(folder)).toMatchObject(older);
    expect(Object.keys(JSON.parse(readFileSync(join(folder, "secrets.json"), "utf8")) as object)).toContain(
      "ADMIN_TOKEN",
    );
  });

  test("every secret has 32 bytes of its own", () => {
    let next = 0;
    const secrets = freshSecrets((size) => new Uint8Array(size).fill((next += 1)), "k1");
    expect(new Set(SECRET_NAMES.map((name) => secrets[name])).size).toBe(SECRET_NAMES.length);
    expect(secrets.DEVICE_KEYS).toMatch(/^k1:[A-Za-z0-9_-]{43}$/);
    expect(secrets.ADMIN_TOKEN).toMatch(/^[A-Za-z0-9_-]{43}$/);
  });
});
