import { generateKeyPairSync } from "node:crypto";
import type { JWK } from "jose";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Clock, parseDateHeader } from "../clock/clock.ts";
import type { FakeServer } from "../testing/fake-server.ts";
import { startFakeServer } from "../testing/fake-server.ts";
import type { FakeStream } from "../testing/fake-stream.ts";
import { attachStream } from "../testing/fake-stream.ts";
import { makeHttp } from "./http.ts";
import type { StreamTimes } from "./stream.ts";
import { GrantStream } from "./stream.ts";
import { makeSignToken } from "./token.ts";

const PACE = { backoff: { baseMs: 5, capMs: 20 }, quietMs: 40, steadyMs: 10_000, leastMs: 5 };
const TIMES: StreamTimes = { pingMs: 10_000, pongMs: 1_000, handshakeMs: 2_000 };

let server: FakeServer;
let fake: FakeStream;
let key: JWK;
let stop: AbortController;
let running: Promise<void>;

beforeEach(async () => {
  server = await startFakeServer();
  fake = attachStream(server);
  stop = new AbortController();
  running = Promise.resolve();
  key = generateKeyPairSync("ed25519").privateKey.export({ format: "jwk" });
  const network = makeHttp();
  const body = Buffer.from(JSON.stringify({ publicKey: { ...key, d: undefined } }));
  await network.http({ method: "POST", url: new URL("/v1/agents/enrol", server.url), headers: {}, body });
  network.close();
});
afterEach(async () => {
  stop.abort();
  await running;
  await server.close();
});

const start = async (
  more: { times?: Partial<StreamTimes>; results?: () => object[]; wallMs?: () => number } = {},
) => {
  const { wallMs = () => Date.now(), results = () => [] } = more;
  const sign = await makeSignToken("ag_test0001", key);
  const clock = new Clock();
  const grants: unknown[] = [];
  const url = new URL("/v1/agents/stream", server.url);
  url.protocol = "ws:";
  const stream = new GrantStream(
    {
      url,
      version: "1",
      token: () => sign(clock.now(wallMs())),
      correctClock(date, sentMonoMs) {
        const monoMs = performance.now();
        const before = clock.now(wallMs());
        clock.learn(
          { dateMs: parseDateHeader(date) ?? 0, sentMonoMs, receivedMonoMs: monoMs },
          { wallMs: wallMs(), monoMs },
        );
        return Math.abs(clock.now(wallMs()) - before) > 5_000;
      },
      onGrants: (some) => void grants.push(...some),
      results,
      log: () => undefined,
      monoMs: () => performance.now(),
      random: () => 0.5,
    },
    PACE,
    { ...TIMES, ...more.times },
  );
  running = stream.run(stop.signal);
  return { stream, grants };
};

const until = async (holds: () => boolean): Promise<void> => {
  for (let tries = 0; !holds() && tries < 500; tries += 1) await new Promise((done) => setTimeout(done, 10));
  expect(holds()).toBe(true);
};

describe("the grant stream", () => {
  test("hands over grants as they come, and counts what is none", async () => {
    const { stream, grants } = await start();
    await until(() => stream.status.isOpen);
    fake.sendGrants({ id: "g1" }, { id: "g2" });
    for (const garbage of ["{", "[1]", '{"type":"grants"}', '{"type":"later"}']) fake.send(garbage);
    fake.send(Buffer.from([1, 2, 3]));
    fake.sendGrants({ id: "g3" });
    await until(() => grants.length === 3);
    expect(stream.status.ignored).toEqual({ not_json: 2, malformed: 1, unknown_type: 1, binary: 1 });
    expect(stream.status.connects).toBe(1);
  });

  test("comes back when the connection drops, with a token of its own, and tells again what may be lost", async () => {
    const { stream } = await start({ results: () => [{ id: "g1", ok: true }] });
    for (let round = 1; round <= 3; round += 1) {
      await until(() => fake.results.length === round);
      fake.drop();
    }
    await until(() => stream.status.connects >= 4);
    expect(new Set(fake.tokens).size).toBe(fake.tokens.length);
  });

  test("says whether a result could leave", async () => {
    const { stream } = await start();
    expect(stream.send([{ id: "g1", ok: true }])).toBe(false);
    await until(() => stream.status.isOpen);
    expect(stream.send([{ id: "g2", ok: true }])).toBe(true);
    await until(() => fake.results.length === 1);
    expect(fake.results).toEqual([{ id: "g2", ok: true }]);
  });

  test("notices a dead connection by a ping that is not answered, and keeps a live one", async () => {
    const { stream } = await start({ times: { pingMs: 30, pongMs: 60 } });
    await until(() => fake.pings >= 5);
    expect(stream.status.connects).toBe(1);
    fake.answersPings = false;
    await until(() => stream.status.connects >= 2);
    expect(stream.status.detail === "" || stream.status.detail.includes("ping")).toBe(true);
  });

  test("corrects its clock by the server's and is let in, as the shipper is", async () => {
    const { stream } = await start({ wallMs: () => Date.UTC(2026, 0, 2) });
    await until(() => stream.status.isOpen);
    expect(fake.tokens).toHaveLength(2);
  });

  test("stays quiet while the server refuses it, and is let in later", async () => {
    fake.refusal = { status: 403, code: "forbidden" };
    const { stream } = await start();
    await until(() => fake.tokens.length === 2);
    expect(stream.status).toMatchObject({ isOpen: false, detail: "403 forbidden" });
    fake.refusal = null;
    await until(() => stream.status.isOpen);
  });

  test("bears a frame that is far too large", async () => {
    const { stream, grants } = await start();
    await until(() => stream.status.isOpen);
    fake.send("x".repeat(1_000_000));
    await until(() => stream.status.connects === 2);
    fake.sendGrants({ id: "g1" });
    await until(() => grants.length === 1);
    expect(stream.status.isOpen).toBe(true);
  });
});
