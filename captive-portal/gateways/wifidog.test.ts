import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type GatewaySettings, NO_GATEWAY_SETTINGS } from "../../schema/gateways.ts";
import type { HandOffResult, Pass } from "./gateway.ts";
import {
  AUTH,
  AUTH_AGENT,
  HAND_OFF,
  WIFIDOG_AGENT,
  WIFIDOG_AUTH,
  WIFIDOG_HAND_OFF,
} from "./samples/wifidog.ts";
import { readWifidogAuth, wifidogAnswer } from "./wifidog-auth.ts";
import { wifidog } from "./wifidog.ts";

const TOKEN = "abcdefghij0123456789wxyz";
const pass: Pass = {
  id: "1",
  username: "u".repeat(16),
  password: TOKEN,
  minutes: 60,
  landingUrl: "https://portal.example/done",
};
const settings = (change: Partial<GatewaySettings> = {}): GatewaySettings => ({
  ...NO_GATEWAY_SETTINGS,
  origins: ["http://1.2.3.4:2060"],
  ...change,
});
const parse = (query: string, change?: Partial<GatewaySettings>): Promise<HandOffResult> =>
  wifidog.parse(
    { url: new URL(`https://portal.example/w/gw_1/login/${query}`), form: null },
    settings(change),
  );
const auth = (query: string, name: string | null = null) =>
  readWifidogAuth(new URL(`http://portal.example/w/gw_1/auth/${query}`), { name });

describe("WiFiDog and Ruijie", () => {
  it("read the recorded hand-off and send the browser to the gateway with a one-time token", async () => {
    const result = await parse(HAND_OFF, { name: "G1RP6TP081524" });
    expect(result).toEqual({
      ok: true,
      handOff: {
        client: { kind: "mac", mac: "a28f4f10275c" },
        vouched: false,
        link: { origin: "http://1.2.3.4:2060" },
        clientKey: null,
        alreadyOn: false,
      },
    });
    if (!result.ok) return;
    const plan = await wifidog.plan(result.handOff.link, settings(), pass, null);
    const url = `http://1.2.3.4:2060/wifidog/auth?token=${TOKEN}`;
    expect(plan).toEqual({ agent: null, queue: null, asks: "token", browser: { kind: "go", url } });
    expect(JSON.stringify([result.handOff.link, plan])).not.toMatch(/a2:?8f:?4f|a28f4f/i);
    expect(await wifidog.plan({}, settings(), pass, null)).toMatchObject({ browser: null, asks: null });
  });

  it("read the hand-off of a running WiFiDog", async () => {
    const result = await parse(WIFIDOG_HAND_OFF, { name: "quan1", origins: ["http://10.77.1.1:2060"] });
    expect(result).toMatchObject({ ok: true, handOff: { client: { mac: "7abb018bae53" } } });
  });

  it("do without a MAC, as WiFiDog does when it knows none", async () => {
    expect(await parse(HAND_OFF.replace(/&mac=[^&]+/, ""))).toMatchObject({
      ok: true,
      handOff: { client: { kind: "none" } },
    });
  });

  it.each<[string, string, Partial<GatewaySettings>, string]>([
    ["nothing", "", {}, "malformed"],
    ["another gateway", HAND_OFF, { name: "quan1" }, "forged"],
    [
      "a gateway that is not on the list",
      HAND_OFF,
      { origins: ["http://192.168.1.1:2060"] },
      "foreign_target",
    ],
    ["another port", HAND_OFF.replace("2060", "2061"), {}, "foreign_target"],
    ["credentials", HAND_OFF.replace("gw_port=2060", "gw_port=2060@evil.example"), {}, "foreign_target"],
    ["another scheme", HAND_OFF.replace("1.2.3.4", "javascript:alert(1)//"), {}, "foreign_target"],
    ["an address twice", `${HAND_OFF}&gw_address=1.2.3.4`, {}, "malformed"],
    ["a MAC that is script", HAND_OFF.replace(/mac=a2[^&]+/, "mac=%3Cscript%3E"), {}, "malformed"],
    ["NUL bytes", HAND_OFF.replace("1.2.3.4", "1.2.3.4%00"), {}, "foreign_target"],
    ["a huge query", `${HAND_OFF}&x=${"y".repeat(8_192)}`, {}, "malformed"],
  ])("are refused with %s", async (_what, query, change, reason) => {
    const result = await parse(query, change);
    expect(result.ok ? "ok" : result.reason).toBe(reason);
  });

  it("never lead where url says, and let no odd name into link or plan", async () => {
    const query = HAND_OFF.replace(/&url=[^&]+/, "&url=javascript:alert(1)").replace(
      "Ruijie",
      "%3Cscript%3E",
    );
    const result = await parse(query);
    if (!result.ok) throw new Error(`A good hand-off was refused as ${result.reason}`);
    const plan = await wifidog.plan(result.handOff.link, settings(), pass, null);
    expect(JSON.stringify([result.handOff.link, plan])).not.toMatch(/script|alert/);
  });

  it("ask whether a token is right, and at every interval whether it still is", () => {
    expect(auth(WIFIDOG_AUTH, "quan1")).toEqual({
      kind: "counters",
      token: TOKEN,
      mac: "7abb018bae53",
      bytesDown: 2_943,
      bytesUp: 1_139,
    });
    expect(auth(AUTH.replace(/token=[^&]+/, `token=${TOKEN}`), "G1RP6TP081524")).toMatchObject({
      kind: "login",
    });
    expect(auth(WIFIDOG_AUTH.replace("counters", "logout"))).toMatchObject({ kind: "logout" });
  });

  it.each([
    ["the recorded token, which is a MAC", AUTH, null, "malformed"],
    ["another gateway", WIFIDOG_AUTH, "quan2", "foreign_gateway"],
    ["an unknown stage", WIFIDOG_AUTH.replace("counters", "roam"), null, "malformed"],
    ["no token", WIFIDOG_AUTH.replace(/token=[^&]+/, ""), null, "malformed"],
    ["bytes that are no number", WIFIDOG_AUTH.replace("1139", "1e9"), null, "malformed"],
    ["a huge query", `${WIFIDOG_AUTH}&x=${"y".repeat(5_000)}`, null, "malformed"],
  ])("are told no for %s", (_what, query, name, reason) => {
    expect(auth(query, name)).toEqual({ kind: "bad", reason });
  });

  it("get the answer in the form that each is known to read", () => {
    expect([wifidogAnswer("on", WIFIDOG_AGENT), wifidogAnswer("off", "")]).toEqual(["Auth: 1", "Auth: 0"]);
    expect([wifidogAnswer("on", AUTH_AGENT), wifidogAnswer("off", AUTH_AGENT)]).toEqual(["Auth:1", "Auth:0"]);
  });

  it("get an answer for any query, and nothing throws", async () => {
    const text = fc.string({ unit: "binary", maxLength: 100 });
    await fc.assert(
      fc.asyncProperty(text, text, text, async (gw_address, gw_port, mac) => {
        expect(
          await parse(`?${new URLSearchParams({ gw_address, gw_port, mac, gw_id: mac })}`),
        ).toBeDefined();
        const asked = new URLSearchParams({ stage: "login", token: mac, incoming: gw_port, mac });
        expect(auth(`?${asked}`)).toBeDefined();
      }),
    );
  });
});
