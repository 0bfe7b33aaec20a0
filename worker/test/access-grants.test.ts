// A grant's way to the store's agents and back: at once on a stream, or with the next report; once, whatever is repeated.

import { evictDurableObject } from "cloudflare:test";
import { beforeAll, describe, expect, test } from "vitest";
import type { BranchId } from "../../schema/ids.ts";
import type { PresenceReply } from "../../schema/wire/agents.ts";
import { access, accessOf, askOf, DEVICE, openStream, RHID, services, until } from "./access.ts";
import { batchOf, enrol, makeBranch, report, signed, type TestAgent } from "./agent.ts";
import { makeGateway } from "./gateway-asks.ts";
import { answer, call } from "./http.ts";

const MINUTE = 60_000;

beforeAll(async () => {
  for (const id of ["ag-happy", "ag-two", "ag-late", "ag-polled", "ag-raced", "ag-none"])
    await makeBranch(id);
  // Without such a gateway no report asks for grants.
  for (const id of ["ag-polled", "ag-none"]) await makeGateway(id, "opennds");
});

const reportResults = async (
  agent: TestAgent,
  now: number,
  results: { id: string; ok: boolean; detail?: string }[],
) =>
  answer<PresenceReply>(
    call("/v1/presence", {
      now,
      bearer: await signed(agent, now),
      json: { ...batchOf(agent, now, []), grantResults: results },
    }),
  );

describe("a connected agent", () => {
  test("lets a device on within the request that asked, and is then what names the device", async () => {
    const stream = await openStream(await enrol("ag-happy"), true);
    const ask = askOf("ag-happy", { minutes: 30 });
    expect(await access().allow(ask)).toEqual({ kind: "online", device: DEVICE });
    const [grant] = await stream.grants(1);
    expect(grant).toEqual({
      id: ask.id,
      gatewayId: ask.gatewayId,
      rhid: RHID,
      device: DEVICE,
      action: "allow",
      minutes: 30,
      expiresAt: ask.now + 2 * MINUTE,
    });
    const at = { branchId: ask.branchId, now: ask.now };
    const seen = { state: "online", device: DEVICE, sessionId: ask.sessionId };
    expect(await access().state(ask.id, at)).toEqual(seen);
    expect((await access().state(ask.id, { ...at, now: ask.now + 30 * MINUTE })).state).toBe("over");
    stream.socket.close();
  });

  test("that could not do it is asked again under another name when the shopper asks again", async () => {
    const stream = await openStream(await enrol("ag-happy"), false);
    const ask = askOf("ag-happy");
    expect((await access().allow(ask)).kind).toBe("refused");
    expect((await access().allow({ ...ask, now: ask.now + 5_000 })).kind).toBe("refused");
    expect((await stream.grants(2)).map(({ id }) => id)).toEqual([ask.id, `${ask.id}.2`]);
    stream.answer(`${ask.id}.2`, true);
    await until(() => stream.frames.length >= 2);
    await expect
      .poll(async () => (await access().state(ask.id, { branchId: ask.branchId, now: ask.now })).state)
      .toBe("online");
    stream.socket.close();
  });

  test("gets one grant of ten asks made at once, and all ten learn what came of it", async () => {
    const stream = await openStream(await enrol("ag-raced"), null);
    const ask = askOf("ag-raced");
    const asks = Array.from({ length: 10 }, () => access().allow(ask));
    const [grant] = await stream.grants(1);
    stream.answer(grant?.id ?? "", true);
    stream.answer(grant?.id ?? "", true);
    expect((await Promise.all(asks)).map(({ kind }) => kind)).toEqual(
      Array.from({ length: 10 }, () => "online"),
    );
    expect(new Set((await stream.grants(1)).map(({ id }) => id))).toEqual(new Set([ask.id]));
    stream.socket.close();
  });

  test("is answered pong, and what is no frame is counted", async () => {
    const stream = await openStream(await enrol("ag-raced"));
    stream.socket.send("ping");
    await until(() => stream.frames.some(({ type }) => type === "pong"));
    for (const bad of ["{", '{"type":"grants"}', '{"type":"results","results":[{"id":1}]}'])
      stream.socket.send(bad);
    stream.answer("gr_neverwas", true);
    await expect
      .poll(async () => {
        const { counters } = await services().presence.status("ag-raced" as BranchId);
        return [counters["stream_malformed_frame"], counters["result_unknown_grant"]];
      })
      .toEqual([3, 1]);
    stream.socket.close();
  });

  test("that opens a second stream leaves the first", async () => {
    const agent = await enrol("ag-raced");
    const first = await openStream(agent);
    const second = await openStream(agent, true);
    await until(first.closed);
    expect((await access().allow(askOf("ag-raced"))).kind).toBe("online");
    second.socket.close();
  });
});

describe("two agents of a branch", () => {
  test("both get the grant: the first that could decides, and both must have failed", async () => {
    const [able, unable] = [await enrol("ag-two"), await enrol("ag-two")];
    const [one, other] = [await openStream(able, true), await openStream(unable, false)];
    expect((await access().allow(askOf("ag-two"))).kind).toBe("online");
    one.socket.close();
    await until(one.closed);
    const third = await openStream(await enrol("ag-two"), false);
    const ask = askOf("ag-two");
    expect((await access().allow(ask)).kind).toBe("refused");
    expect((await third.grants(1))[0]?.id).toBe(ask.id);
    other.socket.close();
    third.socket.close();
  });

  test("of which one refused and the other goes away are all that there are", async () => {
    const [unable, leaver] = [
      await openStream(await enrol("ag-two"), false),
      await openStream(await enrol("ag-two")),
    ];
    const asked = access().allow(askOf("ag-two"));
    await leaver.grants(1);
    await unable.grants(1);
    leaver.socket.close();
    expect((await asked).kind).toBe("refused");
    unable.socket.close();
  });
});

test("an agent that does not drive the gateway cannot refuse for the one that does and comes back", async () => {
  const [other, driver] = [await enrol("ag-two"), await enrol("ag-two")];
  const now = Date.now();
  const ask = askOf("ag-two", { now });
  await access().allow(ask);
  const results = [{ id: ask.id, ok: false, detail: "foreign_gateway: This agent does not drive it." }];
  const after = await reportResults(other, now, results);
  expect(after.grants.map(({ id }) => id)).not.toContain(ask.id);
  const stream = await openStream(driver, true);
  await expect
    .poll(async () => (await access().state(ask.id, { branchId: ask.branchId, now })).state)
    .toBe("online");
  stream.socket.close();
});

describe("a grant that nobody is connected for", () => {
  test("is not waited for, and outlives the object's death until an agent connects", async () => {
    const ask = askOf("ag-late", {
      plan: { agent: { by: "rhid", rhid: RHID, device: DEVICE }, queue: null, asks: null },
    });
    const before = Date.now();
    expect((await access().allow(ask)).kind).toBe("waiting");
    expect(Date.now() - before).toBeLessThan(1_000);
    await evictDurableObject(accessOf("ag-late"));
    const stream = await openStream(await enrol("ag-late"), true);
    const [grant] = await stream.grants(1);
    expect(grant).toMatchObject({ id: ask.id, rhid: RHID, device: DEVICE });
    await expect
      .poll(async () => (await access().state(ask.id, { branchId: ask.branchId, now: ask.now })).state)
      .toBe("online");
    stream.socket.close();
  });

  test("of an object that dies while its agents are connected reaches them and is answered", async () => {
    const stream = await openStream(await enrol("ag-late"));
    await evictDurableObject(accessOf("ag-late"));
    const asked = access().allow(askOf("ag-late"));
    const [grant] = await stream.grants(1);
    stream.answer(grant?.id ?? "", true);
    expect((await asked).kind).toBe("online");
    stream.socket.close();
  });

  test("is in the reply to each report until its result has come", async () => {
    const agent = await enrol("ag-polled");
    const now = Date.now();
    const ask = askOf("ag-polled", { now });
    await access().allow(ask);
    expect((await report(agent, now, [])).grants).toMatchObject([{ id: ask.id, device: DEVICE }]);
    expect((await report(agent, now + 1_000, [])).grants).toHaveLength(1);
    const after = await reportResults(agent, now + 2_000, [{ id: ask.id, ok: true }]);
    expect(after.grants).toEqual([]);
    expect((await reportResults(agent, now + 3_000, [{ id: ask.id, ok: true }])).grants).toEqual([]);
    expect((await access().state(ask.id, { branchId: ask.branchId, now })).state).toBe("online");
  });

  test("is in no reply once its time is over, until the shopper asks again", async () => {
    const agent = await enrol("ag-polled");
    const now = Date.now();
    const ask = askOf("ag-polled", { now });
    await access().allow(ask);
    expect((await report(agent, now + 2 * MINUTE, [])).grants).toEqual([]);
    expect((await access().allow({ ...ask, now: now + 2 * MINUTE })).kind).toBe("waiting");
    expect((await report(agent, now + 2 * MINUTE, [])).grants).toMatchObject([{ id: `${ask.id}.2` }]);
  });

  test("is not settled by results that come with a token that was used before", async () => {
    const agent = await enrol("ag-polled");
    const now = Date.now();
    const ask = askOf("ag-polled", { now });
    await access().allow(ask);
    const bearer = await signed(agent, now);
    const send = (json: object) => call("/v1/presence", { now, bearer, json });
    expect((await send(batchOf(agent, now, []))).status).toBe(200);
    const forged = { ...batchOf(agent, now, []), grantResults: [{ id: ask.id, ok: true }] };
    expect((await send(forged)).status).toBe(401);
    expect((await access().state(ask.id, { branchId: ask.branchId, now })).state).toBe("waiting");
  });

  test("is refused by a result that says so, and on by a later one that does not", async () => {
    const agent = await enrol("ag-none");
    const now = Date.now();
    const ask = askOf("ag-none", { now });
    await access().allow(ask);
    const at = { branchId: ask.branchId, now };
    await reportResults(agent, now, [{ id: ask.id, ok: false }]);
    expect((await access().state(ask.id, at)).state).toBe("refused");
    await reportResults(agent, now, [{ id: ask.id, ok: true }]);
    expect((await access().state(ask.id, at)).state).toBe("online");
  });
});
