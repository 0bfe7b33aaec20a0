// What holds for the webhooks of every connector, over HTTP and into the database: what is proven is there once, what is not
// leaves nothing, and nothing that a vendor sends is lost by its size, its numbers or a change of secrets.

import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { type ConnectorCase, type Shown, type Told } from "./connector-cases/case.ts";
import { connectorCases } from "./connector-cases/all.ts";
import { addSecret, deliver, type Delivering, setUp } from "./connector-cases/deliver.ts";
import { connectors } from "../connectors/all.ts";
import { keyOf } from "./crm-people.ts";
import { eventually } from "./eventually.ts";
import { answer, call } from "./http.ts";
import { makeBranch } from "./agent.ts";
import { testServices } from "./person.ts";

const NOW = Date.UTC(2026, 9, 14, 5);
const HOUR = 3_600_000;
const MIB = 1_048_576;

/** What each delivery of one connector was answered. */
type Replies = Readonly<Record<string, number>>;

interface Ran {
  readonly delivering: Delivering;
  readonly replies: Replies;
  readonly told: readonly Told[];
  readonly refused: readonly string[];
}

const pad = (one: ConnectorCase, body: string, bytes: number): string => {
  const empty = (one.padded ?? firstField)(body, "");
  return (one.padded ?? firstField)(body, "x".repeat(bytes - Buffer.byteLength(empty)));
};
/** Of those who put the secret into the body. */
const grownBySigning = (one: ConnectorCase, body: string): number => {
  const signing = { body, secret: one.secret(1), at: NOW, url: "", settings: one.settings };
  return Buffer.byteLength(one.sign(signing).body ?? body) - Buffer.byteLength(body);
};
const firstField = (body: string, text: string): string => body.replace("{", `{"padding":"${text}",`);

/** Whatever the body, another one of the same length. */
const tamper = (body: string): string =>
  body.replace(/[0-9](?=[^0-9]*$)/, (digit) => (digit === "7" ? "8" : "7"));

const run = async (one: ConnectorCase): Promise<Ran> => {
  const delivering = await setUp(one);
  const { source } = delivering;
  const replies: Record<string, number> = {};
  const send = async (name: string, body: string, how: Parameters<typeof deliver>[2]) => {
    replies[name] = (await deliver(delivering, body, how)).status;
  };
  const everyday = (id: string, at = NOW) => one.everyday(`${id}5`, at, source);
  await send("before any secret", everyday("e0").body, { at: NOW });
  replies["a first secret"] = await addSecret(delivering, 1);
  const good = [everyday("e1"), one.unknown("u15", NOW, source), one.large("l15", NOW, source)];
  const big = everyday("e2", NOW + 1);
  const old = everyday("e3", NOW - 30 * 24 * HOUR);
  const [first, unknown, large] = good;
  const grown = grownBySigning(one, big.body);
  await Promise.all([
    send("valid", first?.body ?? "", { at: NOW }),
    send("unknown", unknown?.body ?? "", { at: NOW }),
    send("large", large?.body ?? "", { at: NOW }),
    send("1 MiB", pad(one, big.body, MIB - grown), { at: NOW + 1 }),
    send("over 1 MiB", pad(one, everyday("e4").body, MIB + 1), { at: NOW }),
    send("tampered", everyday("e5").body, { at: NOW, change: tamper }),
    send("wrong secret", everyday("e6").body, { at: NOW, secret: 9 }),
    send("no signature", everyday("e7").body, { at: NOW, secret: 1, change: () => everyday("e77").body }),
    send("old", old.body, { at: NOW - 30 * 24 * HOUR, now: NOW }),
  ]);
  await Promise.all([1, 2, 3].map((time) => send(`again ${time}`, first?.body ?? "", { at: NOW })));
  replies["a second secret"] = await addSecret(delivering, 2);
  replies["a third secret"] = await addSecret(delivering, 3);
  const [byOld, byNew] = [everyday("e8", NOW + 2), everyday("e9", NOW + 3)];
  await send("by the old of two", byOld.body, { at: NOW + 2 });
  await send("by the new of two", byNew.body, { at: NOW + 3, secret: 2 });
  const path = `/v1/admin/sources/${source}/secrets/${delivering.secretIds.get(1)}`;
  await answer(call(path, { method: "DELETE", now: NOW + 4 }), 204);
  await send("by the one that ended", everyday("e10", NOW + 5).body, { at: NOW + 5 });
  const last = everyday("e11", NOW + 6);
  await send("by the one that stays", last.body, { at: NOW + 6, secret: 2 });
  return {
    delivering,
    replies,
    told: [...good, big, byOld, byNew, last, ...(one.signsTime ? [] : [old])],
    refused: ["e05", "e35", "e45", "e55", "e65", "e75", "e105"],
  };
};

const rowsOf = (sql: string, ...values: unknown[]): Promise<Record<string, unknown>[]> =>
  env.DB.prepare(sql)
    .bind(...values)
    .all()
    .then(({ results }) => results);

const shownBy = async (source: string, shown: Shown): Promise<number> => {
  switch (shown.in) {
    case "events": {
      const rows = await rowsOf(
        `SELECT 1 FROM events WHERE source = ? AND type = ? AND name = ? AND (message_id = ? OR ? = '*')`,
        source,
        shown.type,
        shown.name,
        shown.messageId,
        shown.messageId,
      );
      return rows.length;
    }
    case "orders":
      return (
        await rowsOf("SELECT 1 FROM orders WHERE source = ? AND order_id = ?", shown.book, shown.orderId)
      ).length;
    case "identifiers": {
      const key = await keyOf("commerce", shown.kind, shown.value);
      return (await rowsOf("SELECT 1 FROM identifiers WHERE key = ?", key)).length;
    }
  }
};

const ran = new Map<string, Ran>();
/** What went wrong with one connector says nothing of the others. */
const troubles = new Map<string, unknown>();
const ofCase = (id: string): Ran => {
  if (troubles.has(id)) throw troubles.get(id);
  const found = ran.get(id);
  if (found === undefined) throw new Error(`${id} was not delivered`);
  return found;
};

const runToTheEnd = async (one: ConnectorCase): Promise<void> => {
  try {
    const result = await run(one);
    ran.set(one.connector, result);
    const { delivering, told, replies } = result;
    const shown = told.flatMap((each) => each.shown);
    await eventually(async () => {
      for (const each of shown)
        expect([each, await shownBy(delivering.source, each), replies]).toEqual([each, 1, replies]);
    });
  } catch (error) {
    troubles.set(one.connector, error);
  }
};

beforeAll(async () => {
  await makeBranch("conn-1");
  vi.spyOn(console, "warn").mockImplementation(() => undefined);
  await Promise.all(connectorCases.map(runToTheEnd));
}, 60_000);

test("every connector has its row here, and each row a connector", () => {
  const ids = connectorCases.map(({ connector }) => connector);
  expect(ids.toSorted()).toEqual(connectors.map(({ id }) => id).toSorted());
});

describe.each(connectorCases.map((one) => [one.connector, one] as const))("%s", (id, one) => {
  const ok = one.status;

  test("what is proven is taken, and is there", () => {
    expect(ofCase(id).replies).toMatchObject({ valid: ok, "a first secret": 201 });
  });

  test("no secret, no signature, a wrong secret and a changed body are 401", () => {
    const { replies } = ofCase(id);
    expect(replies).toMatchObject({ "before any secret": 401, "wrong secret": 401 });
    expect(replies).toMatchObject({ "no signature": 401, tampered: one.signsBody ? 401 : ok });
  });

  test("an old time is refused where the vendor signs one", () => {
    expect(ofCase(id).replies["old"]).toBe(one.signsTime ? 401 : ok);
  });

  test("what comes again is answered the same and changes nothing", async () => {
    const { replies, delivering, told } = ofCase(id);
    expect(replies).toMatchObject({ "again 1": ok, "again 2": ok, "again 3": ok });
    for (const shown of told[0]?.shown ?? []) expect(await shownBy(delivering.source, shown)).toBe(1);
  });

  test("an event without a meaning here is taken under its own name, without its content", async () => {
    const { replies, delivering } = ofCase(id);
    expect(replies).toMatchObject({ unknown: ok });
    const rows = await rowsOf(
      "SELECT subject, anonymous, details FROM events WHERE source = ? AND type = 'other'",
      delivering.source,
    );
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) expect(row).toMatchObject({ anonymous: null, details: null });
  });

  test("1 MiB is taken, and a byte more is 413", () => {
    expect(ofCase(id).replies).toMatchObject({ "1 MiB": ok, "over 1 MiB": 413 });
  });

  test("a number greater than 2^53 keeps its digits", () => {
    expect(ofCase(id).replies).toMatchObject({ large: ok });
  });

  test("two secrets are valid at once, never three, and one that ended is not", () => {
    expect(ofCase(id).replies).toMatchObject({
      "a second secret": 201,
      "a third secret": 409,
      "by the old of two": ok,
      "by the new of two": ok,
      "by the one that ended": 401,
      "by the one that stays": ok,
    });
  });

  test("what was refused left nothing", async () => {
    const { delivering, refused } = ofCase(id);
    const gone = refused.filter((name) => one.signsBody || name !== "e55");
    for (const name of gone.filter((one_) => one.signsTime || one_ !== "e35")) {
      const told = one.everyday(name, NOW, delivering.source).shown;
      const own = told.filter((shown) => shown.in !== "identifiers");
      for (const shown of own) expect([name, await shownBy(delivering.source, shown)]).toEqual([name, 0]);
    }
  });
});

describe("the address", () => {
  test("of an unknown source, a foreign connector or none is 404, and counted", async () => {
    const [first] = connectorCases;
    if (first === undefined) throw new Error("There is no connector");
    const paths = [`/hooks/${first.connector}/nobody`, `/hooks/no-such/c-${first.connector}`, "/hooks/pos/~"];
    const other = connectors.find((one) => one.id !== first.connector);
    if (other !== undefined) paths.push(`/hooks/${other.id}/c-${first.connector}`);
    const replies = paths.map((path) => call(path, { method: "POST", body: "{}", bearer: null }));
    for (const reply of await Promise.all(replies)) expect(reply.status).toBe(404);
  });

  test("whose queue takes nothing answers 503 with a time to wait, and then takes the same", async () => {
    const [first] = connectorCases;
    if (first === undefined) throw new Error("There is no connector");
    const delivering = await setUp(first, "c-down");
    await addSecret(delivering, 1);
    const { body } = first.everyday("down15", NOW, "c-down");
    const services = testServices();
    const away = vi.spyOn(services, "tell").mockRejectedValue(new Error("The queue is away"));
    const quiet = vi.spyOn(console, "error").mockImplementation(() => undefined);
    try {
      const reply = await deliver(delivering, body, { at: NOW });
      expect([reply.status, reply.headers.get("retry-after")]).toEqual([503, "5"]);
    } finally {
      away.mockRestore();
      quiet.mockRestore();
    }
    expect((await deliver(delivering, body, { at: NOW })).status).toBe(first.status);
  });
});
