import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { hashOf } from "../testing/spool-hammer.ts";
import { cut, drain, numbersIn } from "../testing/spooling.ts";
import { realDisk } from "./disk.ts";
import { Spool } from "./spool.ts";

const HAMMER = new URL("../testing/spool-hammer.ts", import.meta.url).pathname;
const KILLS = 15;

/** Lets the process run and kills it at a moment that nobody chose; gives the whole lines that it said. */
const runAndKill = (folder: string, first: number, afterMs: number): Promise<string[]> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [
      "--disable-warning=ExperimentalWarning",
      HAMMER,
      folder,
      String(first),
    ]);
    let text = "";
    let killer: NodeJS.Timeout | undefined;
    child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
      text += chunk;
      killer ??= setTimeout(() => child.kill("SIGKILL"), afterMs);
    });
    child.on("error", reject);
    child.on("close", () => resolve(text.split("\n").slice(0, -1)));
  });

const numbersOf = (words = ""): number[] => words.split(",").map(Number);

test(`after kill -9 at ${KILLS} random moments what was durable is there once, what was acknowledged is gone, and a batch that was out is the same`, async () => {
  const folder = mkdtempSync(join(tmpdir(), "quen-kill-"));
  const durable = new Set<number>();
  const acknowledged = new Set<number>();
  for (let round = 0; round < KILLS; round += 1) {
    const first = round * 30_000;
    const said = await runAndKill(folder, first, Math.random() * 60);
    expect(said.length).toBeGreaterThan(0);
    let out: { numbers: number[]; hash: string } | null = null;
    for (const line of said) {
      const [what, value = "", hash = ""] = line.split(" ");
      if (what === "durable")
        for (let number = first; number < Number(value); number += 1) durable.add(number);
      if (what === "cut") out = { numbers: numbersOf(value), hash };
      if (what === "acknowledged") {
        for (const number of numbersOf(value)) acknowledged.add(number);
        out = null;
      }
    }
    const spool = new Spool({ disk: realDisk, folder, boot: "wall", run: "checker", maxBytes: 1e9 });
    const batch = cut(spool, { maxObservations: 20 });
    if (out && hashOf(batch?.body ?? "") !== out.hash) {
      // It was acknowledged in the last instant, before the process could say so; then it must never come again.
      for (const number of out.numbers) acknowledged.add(number);
    }
    for (const number of numbersIn(batch)) expect(acknowledged.has(number)).toBe(false);
    spool.close();
  }
  const spool = new Spool({ disk: realDisk, folder, boot: "wall", run: "last", maxBytes: 1e9 });
  const left = drain(spool);
  const given = new Set(left);
  expect(given.size).toBe(left.length);
  for (const number of left) expect(acknowledged.has(number)).toBe(false);
  for (const number of durable) expect(given.has(number) || acknowledged.has(number)).toBe(true);
  expect(Object.values(spool.dropped)).toEqual([0, 0, 0, 0]);
  expect(durable.size).toBeGreaterThan(KILLS * 25);
  spool.close();
  rmSync(folder, { recursive: true });
});
