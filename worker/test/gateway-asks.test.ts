// What gateways and RADIUS servers ask below their own address: each is answered in its own words, from the grants that
// stand; what nobody vouches for gets the vendor's own no, is counted, and changes nothing.

import { beforeAll, describe, expect, test } from "vitest";
import type { BranchId } from "../../schema/ids.ts";
import { access, askOf, MAC, services } from "./access.ts";
import { makeBranch } from "./agent.ts";
import { aaaPath, askAs, deviceOf, makeGateway, radius, type TestGateway } from "./gateway-asks.ts";
import { call } from "./http.ts";

const MINUTE = 60_000;
const BRANCH = "asked" as BranchId;
let chilli: TestGateway;
let dog: TestGateway;
let mikrotik: TestGateway;

beforeAll(async () => {
  await makeBranch(BRANCH);
  chilli = await makeGateway(BRANCH, "coovachilli", { addresses: ["http://192.168.182.1:3660"] });
  dog = await makeGateway(BRANCH, "wifidog", { addresses: ["http://192.168.1.1:2060"] });
  mikrotik = await makeGateway(BRANCH, "mikrotik", { addresses: ["http://192.168.88.1"] });
});

const asked = async (gateway: TestGateway, asks: "credential" | "token" = "credential", minutes = 60) => {
  const ask = askOf(BRANCH, {
    gatewayId: gateway.id,
    device: null,
    minutes,
    plan: { agent: null, queue: null, asks },
  });
  expect((await access().allow(ask)).kind).toBe("waiting");
  return { ...ask, state: async (now = ask.now) => access().state(ask.id, { branchId: BRANCH, now }) };
};

const counted = async (reason: string): Promise<number> =>
  (await services().presence.status(BRANCH)).counters[reason] ?? 0;

describe("CoovaChilli's HTTP AAA", () => {
  const login = (user: string, pass: string): Record<string, string> => ({
    stage: "login",
    service: "login",
    user,
    pass,
    mac: MAC.toUpperCase().replaceAll(":", "-"),
    sessionid: "5e6792ce00000006",
  });

  test("lets in who knows the password, says until when and where to, and that names the device", async () => {
    const ask = await asked(chilli);
    const { text } = await askAs(aaaPath(chilli, login(ask.username, ask.password)));
    expect(text).toMatch(/^Auth: 1\nSession-Timeout: 3(599|600)\n/);
    expect(text).toContain(`WISPr-Redirection-URL:http://quen.test/w/${chilli.id}/on/${ask.id}\n`);
    expect(await ask.state()).toEqual({ state: "online", device: deviceOf(MAC), sessionId: ask.sessionId });
  });

  test("answers the phone's own question by the gateway's id of its session (RFC 8908)", async () => {
    const plan = { agent: null, queue: null, asks: "credential" } as const;
    const ask = askOf(BRANCH, { gatewayId: chilli.id, clientKey: "5e6792ce00000007", plan });
    await access().allow(ask);
    const captive = async (token: string) =>
      JSON.parse((await askAs(`/captive/${chilli.id}/${token}`)).text) as Record<string, unknown>;
    expect(await captive("5e6792ce00000007")).toMatchObject({ captive: true });
    await askAs(aaaPath(chilli, login(ask.username, ask.password)));
    const answered = await captive("5e6792ce00000007");
    expect(answered).toMatchObject({ captive: false, "can-extend-session": false });
    expect(answered["seconds-remaining"]).toBeGreaterThan(3_590);
    expect(await captive("5e6792ce00000008")).toMatchObject({ captive: true });
  });

  test("refuses a wrong password, another device, what is over and what is not signed", async () => {
    const ask = await asked(chilli);
    const no = async (path: string, now?: number) =>
      expect((await askAs(path, now === undefined ? {} : { now })).text).toMatch(/^Auth: 0\n/);
    await no(aaaPath(chilli, login(ask.username, "wrong")));
    await no(aaaPath(chilli, login("nobody", ask.password)));
    await no(aaaPath(chilli, login(ask.username, ask.password), "another secret"));
    await no(`/w/${chilli.id}/aaa?${new URLSearchParams(login(ask.username, ask.password)).toString()}`);
    await no(aaaPath(chilli, login(ask.username, ask.password)), ask.now + 60 * MINUTE);
    expect((await askAs(aaaPath(chilli, login(ask.username, ask.password)))).text).toMatch(/^Auth: 1\n/);
    await no(aaaPath(chilli, { ...login(ask.username, ask.password), mac: "02-00-00-00-00-09" }));
    await expect.poll(() => counted("gateway_forged"), { timeout: 15_000 }).toBeGreaterThanOrEqual(2);
  });

  test("takes a password no more after ten wrong ones, however right it is", async () => {
    const ask = await asked(chilli);
    const wrong = Array.from({ length: 12 }, (_, i) =>
      askAs(aaaPath(chilli, login(ask.username, `wrong${i}`))),
    );
    expect((await Promise.all(wrong)).every(({ text }) => text.startsWith("Auth: 0"))).toBe(true);
    expect((await askAs(aaaPath(chilli, login(ask.username, ask.password)))).text).toMatch(/^Auth: 0\n/);
  });

  test("ends a grant when it says that the session has stopped, and may say so twice", async () => {
    const ask = await asked(chilli);
    const counters = {
      stage: "counters",
      user: ask.username,
      mac: MAC,
      duration: "60",
      bytes_up: "1",
      bytes_down: "2",
    };
    const tell = async (status: string) => (await askAs(aaaPath(chilli, { ...counters, status }))).text;
    expect(await tell("start")).toBe("Ack: 1\n");
    expect((await ask.state()).state).toBe("online");
    expect(await tell("stop")).toBe("Ack: 1\n");
    expect(await tell("stop")).toBe("Ack: 1\n");
    expect((await ask.state()).state).toBe("over");
  });
});

describe("WiFiDog", () => {
  const auth = (stage: string, token: string, mac = MAC): string =>
    `/w/${dog.id}/auth/?stage=${stage}&token=${encodeURIComponent(token)}&mac=${mac}&gw_id=x&incoming=1&outgoing=2`;

  test("is told that a token is right until it is over, and kicks when it is", async () => {
    const ask = await asked(dog, "token");
    expect((await askAs(auth("login", ask.password))).text).toBe("Auth: 1");
    expect((await askAs(auth("counters", ask.password), { userAgent: "MCFi 1.0.0" })).text).toBe("Auth:1");
    const now = ask.now + 60 * MINUTE;
    expect((await askAs(auth("counters", ask.password), { now })).text).toBe("Auth: 0");
    // It could have been anybody's MAC: nobody vouches for it.
    expect(await ask.state()).toMatchObject({ state: "online", device: null });
    expect((await askAs(auth("logout", ask.password))).text).toBe("Auth: 0");
    expect((await ask.state()).state).toBe("over");
  });

  test("is refused a foreign token, one of another gateway, and another device's", async () => {
    const other = await makeGateway(BRANCH, "wifidog", { addresses: ["http://192.168.1.1:2060"] });
    const [foreign, own] = [await asked(other, "token"), await asked(dog, "token")];
    for (const token of ["neverwas", foreign.password, "'; drop table grants;--", ""])
      expect((await askAs(auth("login", token))).text).toBe("Auth: 0");
    expect((await askAs(auth("login", own.password))).text).toBe("Auth: 1");
    expect((await askAs(auth("counters", own.password, "02:00:00:00:00:09"))).text).toBe("Auth: 0");
  });

  test("knows that we are there, and the browser's MAC leaves its address at once", async () => {
    expect(await askAs(`/w/${dog.id}/ping/?gw_id=x`)).toEqual({ status: 200, text: "Pong" });
    const reply = await call(`/w/${dog.id}/portal/?gw_id=x&mac=${MAC}`, { bearer: null });
    expect(reply.status).toBe(303);
    const location = reply.headers.get("location") ?? "";
    expect(location).not.toMatch(/02.?1a.?2b/i);
    expect((await call(location, { bearer: null })).status).toBe(200);
  });
});

describe("a RADIUS server", () => {
  const station = { "Calling-Station-Id": MAC.toUpperCase().replaceAll(":", "-") };

  test("is given the password to compare, and names the device once it was right", async () => {
    const ask = await asked(mikrotik);
    const { status, body } = await radius(mikrotik, "authorize", { "User-Name": ask.username, ...station });
    expect(status).toBe(200);
    expect(body?.["control:Cleartext-Password"]?.value).toEqual([ask.password]);
    expect(Number(body?.["reply:Session-Timeout"]?.value[0])).toBeGreaterThan(3_590);
    expect(await ask.state()).toEqual({ state: "waiting", device: null, sessionId: ask.sessionId });
    expect((await radius(mikrotik, "post-auth", { "User-Name": ask.username, ...station })).status).toBe(204);
    expect(await ask.state()).toEqual({ state: "online", device: deviceOf(MAC), sessionId: ask.sessionId });
  });

  test("that asks for a device which knows no more than the user name neither names nor locks out anybody", async () => {
    const ask = await asked(mikrotik);
    const thief = { "User-Name": ask.username, "Calling-Station-Id": "02:00:00:00:00:09" };
    expect((await radius(mikrotik, "authorize", thief)).status).toBe(200);
    const own = { "User-Name": ask.username, ...station };
    expect((await radius(mikrotik, "authorize", own)).status).toBe(200);
    expect((await radius(mikrotik, "post-auth", own)).status).toBe(204);
    expect(await ask.state()).toMatchObject({ state: "online", device: deviceOf(MAC) });
  });

  test("accounts for who is on, with a user name or without", async () => {
    const ask = await asked(mikrotik);
    const account = (status: string, more: Record<string, string | number> = {}) =>
      radius(mikrotik, "accounting", {
        "Acct-Status-Type": status,
        "Acct-Session-Time": 60,
        ...station,
        ...more,
      });
    expect((await account("Start")).status).toBe(204);
    expect((await account("Interim-Update", { "User-Name": ask.username })).status).toBe(204);
    expect((await ask.state()).state).toBe("online");
    expect((await account("Stop", { "User-Name": ask.username })).status).toBe(204);
    expect((await ask.state()).state).toBe("over");
    expect((await account("Accounting-On")).status).toBe(204);
    expect((await account("Bogus")).status).toBe(400);
  });

  test("without the key, with another gateway's, or with a body that is none learns nothing", async () => {
    const ask = await asked(mikrotik);
    const attributes = { "User-Name": ask.username, ...station };
    for (const key of [null, "", "wrong", chilli.settings.radiusKey])
      expect(await radius(mikrotik, "authorize", attributes, { key })).toEqual({ status: 401, body: null });
    expect((await radius(dog, "authorize", attributes, { key: "" })).status).toBe(401);
    for (const body of ["", "[]", "{", "x".repeat(70_000)])
      expect((await radius(mikrotik, "authorize", {}, { body })).status).toBe(400);
    expect((await radius(mikrotik, "authorize", { "User-Name": MAC })).status).toBe(404);
    expect((await radius(mikrotik, "authorize", { "User-Name": "%{exec:id}000000" })).status).toBe(404);
    expect((await ask.state()).state).toBe("waiting");
  });

  test("is told no for a user who came with another device, or is over", async () => {
    const ask = await asked(mikrotik);
    const from = (mac: string, now?: number) =>
      radius(
        mikrotik,
        "authorize",
        { "User-Name": ask.username, "Calling-Station-Id": mac },
        now === undefined ? {} : { now },
      );
    expect((await from(MAC)).status).toBe(200);
    await radius(mikrotik, "post-auth", { "User-Name": ask.username, ...station });
    expect((await from("02:00:00:00:00:09")).status).toBe(401);
    expect((await from(MAC, ask.now + 60 * MINUTE)).status).toBe(401);
  });
});
