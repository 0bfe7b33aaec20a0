import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { FakeServer } from "./testing/fake-server.ts";
import { startFakeServer } from "./testing/fake-server.ts";
import { buildAgent } from "../scripts/build-agent.ts";
import { agentAt, startProcess } from "./testing/run-agent.ts";
import { SPELLINGS } from "./testing/spellings.ts";

const { agent, startAgent } = agentAt(buildAgent("dist/testing/quen-agent.mjs"));
const CRASH = new URL("testing/crash-child.ts", import.meta.url).pathname;
const START = Date.UTC(2026, 9, 25, 3);
const MIN = 60_000;

let server: FakeServer;
let folder: string;
let state: string;

beforeEach(async () => {
  server = await startFakeServer();
  server.settings.local = true;
  folder = mkdtempSync(join(tmpdir(), "quen-agent-"));
  state = join(folder, "state");
});
afterEach(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

const enrol = () => agent("enrol", server.url, "CODE-1234", "--state-dir", state, "--name", "test router");

const writeReplay = (lines: object[]): string => {
  const path = join(folder, "day.jsonl");
  writeFileSync(path, lines.map((line) => JSON.stringify(line)).join("\n"));
  return path;
};

const waitFor = async (holds: () => boolean): Promise<void> => {
  for (let tries = 0; !holds() && tries < 500; tries += 1)
    await new Promise((resolve) => setTimeout(resolve, 20));
  expect(holds()).toBe(true);
};

describe("enrolling", () => {
  test("keeps the private key on the device, readable by its owner only", async () => {
    const { code, stdout } = await enrol();
    expect([code, stdout]).toEqual([0, expect.stringContaining("ag_test0001")]);
    for (const name of ["key.json", "enrolment.json"])
      expect(statSync(join(state, name)).mode & 0o777).toBe(0o600);
    const { d } = JSON.parse(readFileSync(join(state, "key.json"), "utf8")) as { d: string };
    expect(d).toMatch(/^[\w-]{43}$/);
    expect(readFileSync(join(state, "enrolment.json"), "utf8")).not.toContain(d);
  });

  test("twice needs --force, and an address without TLS on another machine needs --allow-http", async () => {
    await enrol();
    expect(await enrol()).toMatchObject({ code: 1, stderr: expect.stringContaining("--force") as string });
    const far = await agent("enrol", "http://192.0.2.1", "CODE-1234", "--state-dir", join(folder, "other"));
    expect(far).toMatchObject({ code: 1, stderr: expect.stringContaining("--allow-http") as string });
  });
});

describe("a replay", () => {
  test("reports its observations with their own times, in order, and exits 0 when all is acknowledged", async () => {
    await enrol();
    const mac = "5a:f7:0b:02:a3:6e";
    const path = writeReplay([
      { at: START, mac, event: "join" },
      { at: START + 30 * MIN, mac, event: "leave" },
      { at: START + 60 * MIN, mac: "70-1A-2B-3C-4D-5E", event: "seen" },
      { at: START + 64 * MIN, mac: "70-1A-2B-3C-4D-5E", event: "seen" },
    ]);
    server.answers = [{ kind: "drop_after" }, { kind: "reply", status: 503, body: {} }];
    const run = await agent("run", "--state-dir", state, "--source", `replay:${path}`);
    expect(run.code).toBe(0);
    const stays = server.taken.at(-1)?.batch.observations.map(({ from, to, left, randomised, source }) => ({
      from: from - START,
      to: to - START,
      left,
      randomised,
      source,
    }));
    expect(stays).toEqual([
      { from: 0, to: 30 * MIN, left: true, randomised: true, source: "replay" },
      { from: 60 * MIN, to: 64 * MIN, left: false, randomised: false, source: "replay" },
    ]);
    expect(server.taken.at(-1)?.headers["x-quen-now"]).toBe(String(START + 64 * MIN));
    expect(new Set(server.seen.map(({ text }) => text)).size).toBe(1);
  });

  test("sends no time of its own to a server that is not in local mode", async () => {
    server.settings.local = false;
    await enrol();
    const path = writeReplay([{ at: START, mac: "5a:f7:0b:02:a3:6e", event: "join" }]);
    expect((await agent("run", "--state-dir", state, "--source", `replay:${path}`)).code).toBe(0);
    expect(server.taken[0]?.headers["x-quen-now"]).toBeUndefined();
  });

  test("that cannot be read is an error that names the line, after what came before it was sent", async () => {
    await enrol();
    const path = writeReplay([{ at: START, mac: "5a:f7:0b:02:a3:6e", event: "join" }, { at: "soon" }]);
    const run = await agent("run", "--state-dir", state, "--source", `replay:${path}`);
    expect(run).toMatchObject({ code: 1, stderr: expect.stringContaining("line 2") as string });
    expect(server.taken.flatMap(({ batch }) => batch.observations)).toHaveLength(1);
  });
});

describe("a replay of weeks", () => {
  test("tells at most six hours in a batch and lives at their end, and every stay arrives", async () => {
    await enrol();
    const stays = Array.from({ length: 2_000 }, (_, index) => ({
      mac: `02:00:00:00:0${(index >> 8).toString(16)}:${(index & 255).toString(16).padStart(2, "0")}`,
      from: START + index * 20 * MIN,
    }));
    const path = writeReplay(
      stays.flatMap(({ mac, from }) => [
        { at: from, mac, event: "join" },
        { at: from + 15 * MIN, mac, event: "leave" },
      ]),
    );
    server.answers = [{ kind: "drop_after" }, { kind: "drop_before" }];
    const run = await agent("run", "--state-dir", state, "--source", `replay:${path}`);
    expect(run.code).toBe(0);
    const times = server.seen.map(({ batch, headers }) => {
      const ends = batch.observations.map(({ to }) => to);
      expect(headers["x-quen-now"]).toBe(String(Math.max(...ends)));
      return { oldest: Math.min(...ends), newest: Math.max(...ends) };
    });
    expect(Math.max(...times.map(({ oldest, newest }) => newest - oldest))).toBeLessThanOrEqual(360 * MIN);
    const bodies = new Map(server.taken.map(({ batch }) => [batch.seq, batch.observations]));
    expect([...bodies.values()].flat().map(({ from }) => from)).toEqual(stays.map(({ from }) => from));
  });
});

describe("a running agent", () => {
  test("tells its status, is alone in its state folder, and saves what it knows when it is stopped", async () => {
    server.settings.intervalMs = 100;
    await enrol();
    server.answers = Array.from({ length: 50 }, () => ({ kind: "reply" as const, status: 503, body: {} }));
    const path = writeReplay([
      { at: START, mac: "5a:f7:0b:02:a3:6e", event: "join" },
      { at: START + 1_000, mac: "5a:f7:0b:02:a3:6e", event: "seen" },
      { at: START + 1e7, mac: "5a:f7:0b:02:a3:6e", event: "seen" },
    ]);
    const args = ["run", "--state-dir", state, "--source", `replay:${path}`, "--speed", "10"];
    const running = await startAgent(...args);
    await waitFor(() => server.seen.length > 0);
    const status = await agent("status", "--state-dir", state);
    expect(status).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("shipping  retrying (busy: 503") as string,
    });
    const second = await agent(...args);
    expect(second).toMatchObject({ code: 1, stderr: expect.stringContaining("Another agent") as string });
    running.child.kill("SIGTERM");
    expect((await running.ended).code).toBe(0);
    expect(readdirSync(join(state, "spool"))).toContain("000000000000.seg");
    expect((await agent("status", "--state-dir", state)).code).toBe(3);
  });
});

test("invariant 1: no MAC in any spelling is in the spool, a log line, the status or a request", async () => {
  await enrol();
  const spelled = SPELLINGS.map(([, spell], index) => ({
    spell,
    octets: ["5a", "f7", "0b", "c2", "a3", `d${index.toString(16)}`],
  }));
  const lines = spelled.flatMap(({ spell, octets }, index) => [
    {
      at: START + index,
      mac: octets.join(":"),
      event: "join",
      ap: spell(octets),
      ssid: `Guest ${spell(octets)}`,
    },
  ]);
  const bad = { at: START + 99, mac: "5a:f7:0b:c2:a3:d0", event: "5a:f7:0b:c2:a3:d0" };
  const path = writeReplay([
    ...lines.toSorted((a, b) => a.at - b.at),
    { at: START + 50_000, mac: "5a:f7:0b:c2:a3:d0", event: "seen" },
  ]);
  const down = { kind: "reply" as const, status: 500, body: { detail: "5a:f7:0b:c2:a3:d0" } };
  server.answers = Array.from({ length: 1_000 }, () => down);
  const run = ["--state-dir", state, "--log-level", "debug"];
  const running = await startAgent("run", ...run, "--source", `replay:${path}`, "--speed", "100");
  await waitFor(() => server.seen.length > 1);
  const status = [await agent("status", ...run), await agent("status", "--json", ...run)];
  running.child.kill("SIGTERM");
  const stopped = await running.ended;
  const spool = readdirSync(join(state, "spool")).map((name) =>
    readFileSync(join(state, "spool", name), "latin1"),
  );
  server.answers = [];
  const failing = await agent("run", ...run, "--source", `replay:${writeReplay([...lines, bad])}`);
  expect(failing.code).toBe(1);
  const texts = [...status, stopped, failing].flatMap(({ stdout, stderr }) => [stdout, stderr]);
  const everything = [
    ...texts,
    ...spool,
    ...server.seen.map(({ text, headers }) => text + JSON.stringify(headers)),
  ];
  expect(server.taken.flatMap(({ batch }) => batch.observations).length).toBeGreaterThanOrEqual(
    SPELLINGS.length,
  );
  expect(spool.join("").length).toBeGreaterThan(1_000);
  const hex = everything
    .join("\n")
    .toLowerCase()
    .replaceAll(/%3a|[^0-9a-z\n]/g, "");
  expect(hex).not.toContain("5af70bc2a3");
  const raw = Buffer.from("5af70bc2a3", "hex").toString("latin1");
  expect(everything.join("\n")).not.toContain(raw);
});

describe("invariant 1: a crash", () => {
  const ways = [
    ["throw", 70, "Saved."],
    ["reject", 70, "Saved."],
    ["reject-object", 70, "Saved."],
    ["warning", 0, "Node warns."],
  ] as const;
  test.each(ways)("by %s does not print a MAC in any spelling", async (way, code, said) => {
    const spelled = SPELLINGS.map(([, spell]) => spell(["5a", "f7", "0b", "c2", "a3", "6e"]));
    const end = await startProcess(CRASH, [way, spelled.join(" | ")]).ended;
    expect(end.code).toBe(code);
    expect(end.stderr).toContain("[mac]");
    expect(end.stderr).toContain(said);
    for (const text of spelled) expect(end.stdout + end.stderr).not.toContain(text);
  });
});
