// Invariant 2: no consent, no identity. After its business day closed, nothing that is stored or was logged lets
// anybody who knows every MAC and DEVICE_KEY recognise a device without consent on another day.

import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { enrol, makeBranch, observation, report, type TestAgent } from "./agent.ts";
import { eventually } from "./eventually.ts";
import { databaseDump, type Found, normal, objectDump, placesOf, spellings, textOf } from "./leak-search.ts";
import { signIn } from "./person.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** 14 October 2026, 10:00 in Saigon; the next day is looked at as well. */
const TEN = Date.UTC(2026, 9, 14, 3, 0);
/** 15 October 04:00 and 36 hours. */
const FIRST_CLOSES = Date.UTC(2026, 9, 16, 9, 0);
const SECOND_CLOSES = FIRST_CLOSES + DAY;

const KNOWN = "02:aa:00:00:00:01";
const STRANGERS = ["3c:5a:b4:10:20:30", "da:a1:19:fe:dc:ba", "02:aa:00:00:00:02"];
/** Signed in for the WiFi and allowed marketing, not to be recognised. */
const GUEST = "f2:10:20:30:40:50";
const UNKNOWN = [...STRANGERS, GUEST];

const logged: Found[] = [];
const spies = (["log", "info", "warn", "error", "debug", "trace"] as const).map((level) =>
  vi.spyOn(console, level).mockImplementation((...words: unknown[]) => {
    logged.push({ place: `log ${level}`, value: words.map((word) => JSON.stringify(word)).join(" ") });
  }),
);
afterAll(() => {
  for (const spy of spies) spy.mockRestore();
});

let agent: TestAgent;
let beforeClosing: Found[] = [];
let afterClosing: Found[] = [];

const rowsOf = <T extends Record<string, SqlStorageValue>>(query: string): Promise<T[]> =>
  runInDurableObject(env.BRANCH.get(env.BRANCH.idFromName("privacy")), (_, state) =>
    state.storage.sql.exec<T>(query).toArray(),
  );

let salts: { day: string; salt: ArrayBuffer | null }[] = [];
let pseudonyms: { day: string; pseudonym: string }[] = [];

beforeAll(async () => {
  await makeBranch("privacy");
  agent = await enrol("privacy", TEN);
  await signIn("privacy", KNOWN, "+84912345701", TEN);
  await signIn("privacy", GUEST, "+84912345702", TEN, ["marketing_sms"]);
  for (const start of [TEN, TEN + DAY]) {
    const seen = [KNOWN, ...UNKNOWN].map((mac) => observation(mac, start, start + 30 * MINUTE));
    await report(agent, start + 30 * MINUTE, seen);
    // A bad one as well: refusals are answered and counted, and must not name the device.
    await report(agent, start + 31 * MINUTE, [
      { ...observation(STRANGERS[0] ?? "", start, start + 1), from: start + 2 },
      observation(STRANGERS[1] ?? "", 1_000, 2_000),
    ]);
  }
  beforeClosing = [...(await objectDump("privacy")), ...(await databaseDump()), ...logged];
  salts = await rowsOf("SELECT day, salt FROM days ORDER BY day");
  pseudonyms = await rowsOf("SELECT day, pseudonym FROM footfall ORDER BY day");
  await report(agent, FIRST_CLOSES, []);
  await report(agent, SECOND_CLOSES, []);
  await eventually(async () => {
    const { results } = await env.DB.prepare(
      "SELECT * FROM footfall_days WHERE branch_id = 'privacy' AND closed = 1",
    ).all();
    if (results.length !== 2) throw new Error("Both days must reach the database as closed");
  });
  afterClosing = [...(await objectDump("privacy")), ...(await databaseDump()), ...logged];
});

describe("while a business day is open", () => {
  test("it has one salt of 32 random bytes, and no other day has the same", () => {
    expect(salts.map(({ day }) => day)).toEqual(["2026-10-14", "2026-10-15"]);
    const known = salts.map(({ salt }) => Buffer.from(salt ?? new ArrayBuffer(0)).toString("hex"));
    expect(known.every((hex) => /^[0-9a-f]{64}$/.test(hex) && !/^0+$/.test(hex))).toBe(true);
    expect(new Set(known).size).toBe(2);
  });

  test("a device has one pseudonym a day, and none of one day is found on the other", () => {
    expect(pseudonyms).toHaveLength(2 * (UNKNOWN.length + 1));
    expect(new Set(pseudonyms.map(({ pseudonym }) => pseudonym)).size).toBe(pseudonyms.length);
  });

  test.each(UNKNOWN)(
    "the search finds %s by the salt and its pseudonym in the object, and nowhere else",
    (mac) => {
      const places = placesOf(mac, beforeClosing);
      expect(new Set(places)).toEqual(new Set(["object footfall.pseudonym (pseudonym)"]));
    },
  );

  test("nothing of a device without consent is in the database", async () => {
    const database = beforeClosing.filter(({ place }) => place.startsWith("D1"));
    expect(database.length).toBeGreaterThan(20);
    for (const mac of UNKNOWN) expect(placesOf(mac, database)).toEqual([]);
  });
});

describe("after the business days closed", () => {
  test("salts, pseudonyms and intervals are gone and the counts are kept", async () => {
    expect(await rowsOf("SELECT * FROM footfall")).toEqual([]);
    expect(await rowsOf("SELECT day, closed FROM days WHERE salt IS NULL ORDER BY day")).toEqual([
      { day: "2026-10-14", closed: 1 },
      { day: "2026-10-15", closed: 1 },
    ]);
    const { results } = await env.DB.prepare(
      "SELECT counts FROM footfall_days WHERE branch_id = 'privacy'",
    ).all<{ counts: string }>();
    for (const { counts } of results) expect(JSON.parse(counts)).toMatchObject({ devices: 5 });
  });

  test.each(UNKNOWN)("no table, object or log holds anything by which %s could be recognised", (mac) => {
    expect(placesOf(mac, afterClosing)).toEqual([]);
  });

  test("neither salt is left anywhere in any spelling", () => {
    const text = afterClosing.map(({ value }) => textOf(value)).join("\n");
    for (const { salt } of salts) {
      for (const spelling of spellings(new Uint8Array(salt ?? new ArrayBuffer(0))))
        expect(text).not.toContain(normal(spelling));
    }
  });

  test("a pseudonym that somebody wrote down is found nowhere", () => {
    const text = afterClosing.map(({ value }) => textOf(value)).join("\n");
    for (const { pseudonym } of pseudonyms) expect(text).not.toContain(normal(pseudonym));
  });

  test("the search does find the device of a consenting visitor, so it would have found the others", () => {
    const places = placesOf(KNOWN, afterClosing);
    expect(places).toEqual(
      expect.arrayContaining(["object recognised.device (plain)", "D1 visits.device (plain)"]),
    );
  });

  test.each([
    ["a MAC in capitals", "3C-5A-B4-10-20-30"],
    ["a MAC without separators", "seen 3c5ab4102030 again"],
    ["a MAC as a switch writes it", "3c5a.b410.2030"],
  ])("the search would find %s in a log", (_, value) => {
    expect(placesOf(STRANGERS[0] ?? "", [{ place: "log", value }])).toEqual(["log (plain)"]);
  });

  test("the log of objects is among what was searched", async () => {
    await runInDurableObject(env.BRANCH.get(env.BRANCH.idFromName("privacy")), () => {
      console.error("A line of the object", { mac: KNOWN });
    });
    expect(placesOf(KNOWN, logged)).toEqual(["log error (plain)"]);
  });
});
