// docs/add-a-channel.md says that a channel is one file and one line, and walks through the pos connector: so it is.

import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { connectors } from "./all.ts";

const ROOT = join(import.meta.dirname, "../..");
const doc = readFileSync(join(ROOT, "docs/add-a-channel.md"), "utf8");
const read = (path: string): string => readFileSync(join(ROOT, path), "utf8");

test("every file and every command that the page names is there", () => {
  const named = new Set(doc.match(/(?:worker|schema)\/[\w./-]*\w(?:\/|\.ts)/g) ?? []);
  expect(named.size).toBeGreaterThan(10);
  expect([...named].filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  const links = [...doc.matchAll(/\]\(([\w-]+\.md)\)/g)].map(([, path]) => path ?? "");
  expect(links.filter((path) => !existsSync(join(ROOT, "docs", path)))).toEqual([]);
  expect([...doc.matchAll(/`(\w+)`/g)].map(([, word]) => word)).toEqual(
    expect.arrayContaining([
      "verify",
      "signedAt",
      "replayWindowMs",
      "translate",
      "taken",
      "settings",
      "secrets",
    ]),
  );
});

test("nothing but its line in all.ts knows the pos connector", () => {
  const files = globSync("worker/**/*.ts", { cwd: ROOT }).filter(
    (path) => !/\.test\.ts$|^worker\/test\//.test(path),
  );
  const importers = files.filter((path) =>
    [...read(path).matchAll(/from "(\.[^"]+)"/g)].some(
      ([, from = ""]) => join(dirname(path), from) === "worker/connectors/pos.ts",
    ),
  );
  expect(importers).toEqual(["worker/connectors/all.ts"]);
  const lines = read("worker/connectors/all.ts").match(/^import .* from "\.\/pos\.ts";$/gm);
  expect(lines).toHaveLength(1);
});

test("each connector is in the list once", () => {
  const ids = connectors.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
});
