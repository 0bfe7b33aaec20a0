import { generateKeyPairSync } from "node:crypto";
import type { JWK } from "jose";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Clock } from "../clock/clock.ts";
import type { Spool } from "../spool/spool.ts";
import { PresenceBatch } from "../../schema/wire/agents.ts";
import type { FakeServer } from "../testing/fake-server.ts";
import { startFakeServer } from "../testing/fake-server.ts";
import { makeDesk } from "../testing/make-desk.ts";
import { makeMemoryDisk } from "../testing/memory-disk.ts";
import { BOOT, observation, openSpool, openTimedSpool, upTo } from "../testing/spooling.ts";
import { makeHttp } from "./http.ts";
import type { ShipperPorts } from "./shipper.ts";
import { Shipper } from "./shipper.ts";
import { makeSignToken } from "./token.ts";

const RUN = "5c5f1c1e-6b1e-4f0e-9d2b-3d2c1b0a9f8e";
const HEALTH = {
  version: "1",
  uptimeMs: 1,
  clockSynced: true,
  spoolBytes: 0,
  spoolOldestMs: 0,
  dropped: {},
  sources: [],
};

let server: FakeServer;
let network: ReturnType<typeof makeHttp>;
let key: JWK;

beforeEach(async () => {
  server = await startFakeServer();
  network = makeHttp();
  key = generateKeyPairSync("ed25519").privateKey.export({ format: "jwk" });
  const enrol = { method: "POST" as const, url: new URL("/v1/agents/enrol", server.url), headers: {} };
  await network.http({
    ...enrol,
    body: Buffer.from(JSON.stringify({ publicKey: { ...key, d: undefined } })),
  });
});
afterEach(async () => {
  network.close();
  await server.close();
});

const fill = (spool: Spool, count: number): void => {
  for (const number of upTo(count)) spool.append(observation(number));
};

const makeShipper = async (spool: Spool, more: Partial<ShipperPorts> = {}, maxSpanMs = Infinity) => {
  const ports: ShipperPorts = {
    spool,
    clock: new Clock(),
    grants: makeDesk(),
    http: network.http,
    sign: await makeSignToken("ag_test0001", key),
    log: () => undefined,
    url: new URL("/v1/presence", server.url),
    run: RUN,
    version: "1",
    wallMs: () => Date.now(),
    monoMs: () => performance.now(),
    random: () => 0.5,
    health: () => HEALTH,
    collect: () => undefined,
    replay: null,
    ...more,
  };
  const pace = { intervalMs: 1e6, backlogMs: 20, backoff: { baseMs: 10, capMs: 50 } };
  const limits = { maxObservations: 100, maxBytes: 512 * 1024, maxSpanMs };
  return { ports, shipper: new Shipper(ports, pace, limits, 0) };
};

const never = new AbortController().signal;
const sentNumbers = () =>
  server.taken.flatMap(({ batch }) => batch.observations.map(({ from }) => from - 1_000_000));

describe("the shipper", () => {
  test("sends what the wire allows, signed, and deletes it when it is acknowledged", async () => {
    const spool = openTimedSpool(makeMemoryDisk(), { run: RUN });
    fill(spool, 3);
    const { shipper } = await makeShipper(spool);
    expect((await shipper.once(never)).kind).toBe("done");
    expect(PresenceBatch.safeParse(server.taken[0]?.batch).success).toBe(true);
    expect(spool.count).toBe(0);
    expect(sentNumbers()).toEqual([0, 1, 2]);
  });

  test("sends an empty batch as its heartbeat", async () => {
    const { shipper } = await makeShipper(openTimedSpool(makeMemoryDisk(), { run: RUN }));
    await shipper.once(never);
    await shipper.once(never);
    expect(server.taken.map(({ batch }) => [batch.seq, batch.observations])).toEqual([
      [1, []],
      [2, []],
    ]);
  });

  test("empties days of backlog through failures, lost replies and limits, each observation once as a batch", async () => {
    const spool = openTimedSpool(makeMemoryDisk(), { run: RUN });
    fill(spool, 1_000);
    server.settings.maxObservations = 60;
    const busy = { kind: "reply" as const, status: 503, body: {}, headers: { "retry-after": "0" } };
    server.answers = [
      { kind: "drop_before" },
      { kind: "drop_after" },
      busy,
      { kind: "reply", status: 500, body: "" },
      { kind: "reply", status: 200, body: "<html>captive portal</html>" },
      { kind: "drop_after" },
      { ...busy, status: 429 },
    ];
    const { shipper } = await makeShipper(spool);
    shipper.drain();
    await shipper.run(never);
    const bodies = new Map<string, string>();
    for (const { batch, text } of server.seen) {
      const name = `${batch.boot} ${batch.seq}`;
      expect(bodies.get(name) ?? text).toBe(text);
      bodies.set(name, text);
    }
    const once = new Map(server.taken.map(({ batch }) => [batch.seq, batch.observations]));
    const numbers = [...once.values()].flat().map(({ from }) => from - 1_000_000);
    expect(numbers).toEqual(upTo(1_000));
    expect(Object.values(spool.dropped).every((count) => count === 0)).toBe(true);
  });

  test("does not flood: a backlog goes out one request at a time with a breath between", async () => {
    const spool = openTimedSpool(makeMemoryDisk(), { run: RUN });
    fill(spool, 1_000);
    const { shipper } = await makeShipper(spool);
    shipper.drain();
    await shipper.run(never);
    const times = server.taken.map(({ atMs }) => atMs);
    expect(times).toHaveLength(10);
    expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(9 * 15);
  });

  test("with a clock in 1970 is told the time, signs with it, and then sends what waited for the clock", async () => {
    const spool = openSpool(makeMemoryDisk(), { run: RUN, boot: BOOT });
    fill(spool, 3);
    let mono = 0;
    const { shipper } = await makeShipper(spool, { wallMs: () => 60_000 + mono, monoMs: () => (mono += 10) });
    const first = await shipper.once(never);
    expect(first).toMatchObject({ kind: "retry", reason: "clock_skew" });
    expect(shipper.nextTryInMs).toBeLessThanOrEqual(10);
    expect((await shipper.once(never)).kind).toBe("done");
    const [from = 0] = server.taken[0]?.batch.observations.map((item) => item.from) ?? [];
    expect(Math.abs(from - Date.now())).toBeLessThan(10_000);
    expect(spool.count).toBe(0);
  });

  test("keeps everything while the certificate or the network fails", async () => {
    const spool = openTimedSpool(makeMemoryDisk(), { run: RUN });
    fill(spool, 3);
    const http = () =>
      Promise.resolve({ kind: "failed" as const, reason: "tls" as const, detail: "CERT_NOT_YET_VALID" });
    const { shipper } = await makeShipper(spool, { http });
    await shipper.once(never);
    expect(spool.count).toBe(3);
    expect(shipper.status).toMatchObject({ state: "retrying", detail: "tls: CERT_NOT_YET_VALID" });
  });

  test("drops what is refused for good, counts it, and goes on with the rest", async () => {
    const spool = openTimedSpool(makeMemoryDisk(), { run: RUN });
    fill(spool, 150);
    server.answers = [{ kind: "reply", status: 400, body: { code: "invalid_body" } }];
    const { shipper } = await makeShipper(spool);
    await shipper.once(never);
    await shipper.once(never);
    expect(spool.dropped.refused).toBe(100);
    expect(sentNumbers()).toEqual(upTo(150).slice(100));
  });

  test("stops for good when the branch is gone, and keeps what it has", async () => {
    const spool = openTimedSpool(makeMemoryDisk(), { run: RUN });
    fill(spool, 3);
    server.answers = [{ kind: "reply", status: 403, body: { code: "branch_gone" } }];
    const { shipper } = await makeShipper(spool);
    await shipper.run(never);
    expect(shipper.status.state).toBe("branch_gone");
    expect([server.seen.length, spool.count]).toEqual([1, 3]);
  });

  test("answers each grant in the next batch until the answer was taken", async () => {
    const grant = { id: "g1", gatewayId: "gw", action: "allow", minutes: 5, expiresAt: 1 };
    const body = { accepted: 0, dropped: [], report: { intervalMs: 1_000 }, grants: [grant] };
    server.answers = [{ kind: "reply", status: 200, body }, { kind: "drop_before" }];
    const { shipper } = await makeShipper(openTimedSpool(makeMemoryDisk(), { run: RUN }));
    for (const _ of upTo(4)) await shipper.once(never);
    const answered = server.seen.map(({ batch }) => batch.grantResults.map(({ id, ok }) => [id, ok]));
    expect(answered).toEqual([[], [["g1", false]], [["g1", false]], []]);
  });

  test("lives in the replay's time when the server does, which never runs backwards or behind a batch", async () => {
    const spool = openSpool(makeMemoryDisk(), { run: RUN, boot: "wall" });
    fill(spool, 250);
    const { shipper } = await makeShipper(spool, { replay: { now: () => 9_999, header: true } });
    shipper.drain();
    await shipper.run(never);
    const headers = server.taken.map(({ headers: sent }) => Number(sent["x-quen-now"]));
    expect(headers).toEqual([1_099, 1_199, 1_249]);
    expect(server.taken.map(({ batch }) => batch.sentAt)).toEqual(headers);
  });

  test("sends batches that reach back only so far one after another, each at its own time, also again", async () => {
    const spool = openSpool(makeMemoryDisk(), { run: RUN, boot: "wall" });
    fill(spool, 50);
    server.answers = [{ kind: "drop_after" }, { kind: "reply", status: 503, body: {} }];
    const { shipper } = await makeShipper(spool, { replay: { now: () => 9_999, header: true } }, 19);
    while (spool.count > 0) {
      await shipper.once(never);
      expect(shipper.nextTryInMs).toBeLessThan(spool.count > 0 ? 1_000 : Infinity);
    }
    expect(server.taken.map(({ headers: sent }) => Number(sent["x-quen-now"]))).toEqual([
      1_019, 1_019, 1_039, 1_049,
    ]);
    expect(shipper.nextTryInMs).toBeGreaterThan(1_000);
  });
});
