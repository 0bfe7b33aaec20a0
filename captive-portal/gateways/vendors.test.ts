// Recorded hand-offs of the vendors in this folder, and hostile ones.

import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type GatewayKind, type GatewaySettings, NO_GATEWAY_SETTINGS } from "../../schema/gateways.ts";
import type { DeviceToken } from "../../schema/ids.ts";
import { type GatewayLink, type GrantPlan, type HandOffResult, NO_PLAN, type Pass } from "./gateway.ts";
import { gatewayOf } from "./registry.ts";
import {
  ARUBA,
  MERAKI,
  MERAKI_SIGN_ON,
  MIKROTIK,
  OMADA,
  OMADA_WIRED,
  SMARTZONE,
  UNIFI,
  UNLEASHED,
} from "./samples/vendors.ts";

const LANDING = "https://portal.example/w/gw_1/s/abc/done";
const PASS: Pass = {
  id: "grant-1",
  username: "k7m2q9x8r1t4w6y3",
  password: "secret",
  minutes: 60,
  landingUrl: LANDING,
};
const DEVICE = "AAAAAAAAAAAAAAAAAAAAAA" as DeviceToken;

const ORIGINS: Partial<Record<GatewayKind, readonly string[]>> = {
  mikrotik: ["http://192.168.88.1"],
  aruba: ["http://securelogin.arubanetworks.com"],
  ruckus: ["http://192.168.0.253:9997", "http://scg.ruckuswireless.com:9997"],
};
const settingsOf = (kind: GatewayKind): GatewaySettings => ({
  ...NO_GATEWAY_SETTINGS,
  origins: ORIGINS[kind] ?? [],
});

const parse = (
  kind: GatewayKind,
  tail: string,
  form: URLSearchParams | null = null,
): Promise<HandOffResult> =>
  gatewayOf(kind).parse({ url: new URL(`https://portal.example/w/gw_1${tail}`), form }, settingsOf(kind));

const plan = (
  kind: GatewayKind,
  link: GatewayLink,
  device: DeviceToken | null = DEVICE,
): Promise<GrantPlan> => gatewayOf(kind).plan(link, settingsOf(kind), PASS, device);

describe("a recorded hand-off", () => {
  it.each<[string, GatewayKind, string, string | null, GatewayLink]>([
    ["MikroTik (GET)", "mikrotik", `?${MIKROTIK}`, "708a09654dec", { login: "http://192.168.88.1/login" }],
    ["UniFi", "unifi", UNIFI, "708a09654dec", { site: "default", ap: "44:d9:e7:0a:80:43" }],
    [
      "Omada by an access point",
      "omada",
      OMADA,
      "52de63f1e33b",
      { site: "Default", apMac: "B0-95-75-15-93-44", ssidName: "eap225", radioId: "0" },
    ],
    [
      "Omada by a gateway",
      "omada",
      OMADA_WIRED,
      "52de63f1e33b",
      { site: "Default", gatewayMac: "B0-95-75-15-93-45", vid: "10" },
    ],
    ["Meraki", "meraki", MERAKI, "42ae4cc073a2", { grant: "https://n93.network-auth.com/splash/grant" }],
    [
      "Meraki sign-on",
      "meraki",
      MERAKI_SIGN_ON,
      "42ae4cc073a2",
      { login: "https://n93.network-auth.com/splash/login?mauth=MMabc" },
    ],
    [
      "Aruba Instant",
      "aruba",
      ARUBA,
      "9c2ea135c0d5",
      { login: "http://securelogin.arubanetworks.com/cgi-bin/login" },
    ],
    ["Unleashed", "ruckus", UNLEASHED, "5edec34d503d", { login: "http://192.168.0.253:9997/login" }],
    ["SmartZone", "ruckus", SMARTZONE, null, { login: "http://scg.ruckuswireless.com:9997/login" }],
  ])("of %s is read, and nothing vouches for it", async (_name, kind, tail, mac, link) => {
    const client = mac === null ? { kind: "none" } : { kind: "mac", mac };
    expect(await parse(kind, tail)).toEqual({
      ok: true,
      handOff: { client, vouched: false, link, clientKey: null, alreadyOn: false },
    });
  });

  it("of MikroTik is read from a posted form, which wins over the query", async () => {
    const read = await parse("mikrotik", "?mac=nonsense", new URLSearchParams(MIKROTIK));
    expect(read).toMatchObject({ ok: true, handOff: { client: { kind: "mac", mac: "708a09654dec" } } });
  });

  it.each<[GatewayKind]>([["mikrotik"], ["unifi"], ["omada"], ["meraki"], ["aruba"], ["ruckus"]])(
    "of %s without parameters opens the page and plans nothing it could not do",
    async (kind) => {
      const read = await parse(kind, "");
      const link = read.ok ? read.handOff.link : null;
      expect(read).toMatchObject({ ok: true, handOff: { client: { kind: "none" } } });
      expect(await plan(kind, link ?? {}, null)).toEqual(NO_PLAN);
    },
  );
});

const OCTAL = String.raw`\357\015\330\013\021\234\145\245\303\253\142\246\133\175\375\316`;

describe("a plan", () => {
  it("for MikroTik answers the router's challenge by CHAP", async () => {
    const form = new URLSearchParams(MIKROTIK);
    form.set("chap-id", String.raw`\371`);
    form.set("chap-challenge", OCTAL);
    const read = await parse("mikrotik", "", form);
    expect(await plan("mikrotik", read.ok ? read.handOff.link : {})).toEqual({
      agent: null,
      queue: null,
      asks: "credential",
      browser: {
        kind: "post",
        action: "http://192.168.88.1/login",
        fields: [
          ["username", PASS.username],
          ["password", "e5627b636f982d6233d0cf5931d404c2"],
          ["dst", LANDING],
          ["popup", "false"],
        ],
      },
    });
  });

  it("for MikroTik without a challenge sends the one-time password as it is", async () => {
    const { browser } = await plan("mikrotik", { login: "http://192.168.88.1/login" });
    expect(browser).toMatchObject({ fields: expect.arrayContaining([["password", "secret"]]) });
  });

  it.each<[GatewayKind, GatewayLink]>([
    ["unifi", { site: "default", ap: "44:d9:e7:0a:80:43" }],
    ["omada", { site: "Default", apMac: "B0-95-75-15-93-44", ssidName: "eap225", radioId: "0" }],
  ])("for %s is the agent's, with what its controller wants", async (kind, link) => {
    expect(await plan(kind, link)).toEqual({
      agent: { by: "device", device: DEVICE, params: link },
      queue: null,
      asks: null,
      browser: null,
    });
    expect((await plan(kind, link, null)).agent).toBeNull();
  });

  it("for Meraki goes to the grant address with where to end and how long", async () => {
    const { browser, asks } = await plan("meraki", { grant: "https://n93.network-auth.com/splash/grant" });
    expect(asks).toBeNull();
    expect(browser).toEqual({
      kind: "go",
      url: `https://n93.network-auth.com/splash/grant?continue_url=${encodeURIComponent(LANDING)}&duration=3600`,
    });
  });

  it.each<[GatewayKind, string, string[]]>([
    [
      "meraki",
      "https://n93.network-auth.com/splash/login?mauth=MMabc",
      ["username", "password", "success_url"],
    ],
    ["aruba", "http://securelogin.arubanetworks.com/cgi-bin/login", ["user", "password", "cmd", "url"]],
    ["ruckus", "http://192.168.0.253:9997/login", ["username", "password"]],
  ])("for %s posts a one-time credential to %s", async (kind, login, names) => {
    const { browser, asks } = await plan(kind, { login });
    expect(asks).toBe("credential");
    expect(browser).toMatchObject({ kind: "post", action: login });
    expect(browser?.kind === "post" ? browser.fields.map(([name]) => name) : []).toEqual(names);
  });
});

describe("a hostile hand-off", () => {
  it.each<[GatewayKind, string]>([
    ["mikrotik", "?mac=70:8A:09:65:4D:EC&link-login-only=https://evil.example/login"],
    ["mikrotik", "?link-login-only=javascript:alert(1)"],
    ["mikrotik", "?link-login-only=http://192.168.88.1@evil.example/login"],
    ["mikrotik", "?link-login-only=http://192.168.88.1:8080/login"],
    ["mikrotik", "?link-login-only=//192.168.88.1/login"],
    ["meraki", "?base_grant_url=https://evil.example/splash/grant"],
    ["meraki", "?base_grant_url=https://network-auth.com.evil.example/splash/grant"],
    ["meraki", "?base_grant_url=https://evilnetwork-auth.com/splash/grant"],
    ["meraki", "?base_grant_url=http://n93.network-auth.com/splash/grant"],
    ["meraki", "?base_grant_url=https://n93.network-auth.com:8443/splash/grant"],
    ["meraki", "?base_grant_url=https://a@n93.network-auth.com/splash/grant"],
    ["meraki", "?base_grant_url=https://n93.network-auth.com/redirect"],
    ["meraki", "?login_url=javascript:alert(1)"],
    ["aruba", "?cmd=login&switchip=evil.example"],
    ["aruba", "?cmd=login&switchip=securelogin.arubanetworks.com.evil.example"],
    ["ruckus", "?sip=evil.example"],
    ["ruckus", "?sip=192.168.0.254"],
    ["ruckus", "?sip=192.168.0.253@evil.example"],
  ])("of %s that names a foreign target is refused: %s", async (kind, tail) => {
    expect(await parse(kind, tail)).toEqual({ ok: false, reason: "foreign_target" });
  });

  it.each<[GatewayKind, string]>([
    ["mikrotik", "?mac=<script>alert(1)</script>"],
    ["mikrotik", String.raw`?chap-id=\371`],
    ["mikrotik", String.raw`?chap-id=\371\000&chap-challenge=\001`],
    ["mikrotik", String.raw`?chap-id=\400&chap-challenge=\001`],
    ["mikrotik", `?mac=${"0".repeat(5_000)}`],
    ["unifi", "/guest/s/..%2f..%2fadmin/?id=70:8a:09:65:4d:ec"],
    ["unifi", "/guest/s/<script>/?id=70:8a:09:65:4d:ec"],
    ["unifi", "/guest/s/default/?id=70:8a:09:65:4d:ec&ap=evil"],
    ["unifi", "/guest/s/default/?id=70:8a:09:65:4d:ec&ap=70-8A-09-65-4D-EC"],
    ["unifi", "/guest/s/708a09654dec/?id=70:8a:09:65:4d:ec"],
    ["omada", OMADA.replace("site=Default", "site=<b>")],
    ["omada", OMADA.replace("eap225", "eap%00225")],
    ["omada", OMADA.replace("eap225", "52-DE-63-F1-E3-3B")],
    ["omada", OMADA.replace("radioId=0", "radioId=0;drop")],
    ["omada", OMADA.replace("eap225", "x".repeat(65))],
    ["meraki", MERAKI.replace("splash%2Fgrant", "splash%2F42ae4cc073a2")],
    ["meraki", MERAKI_SIGN_ON.replace("MMabc", "42%253Aae%253A4c%253Ac0%253A73%253Aa2")],
    ["aruba", "?cmd=reboot&mac=9c:2e:a1:35:c0:d5"],
    ["aruba", "?cmd=login&mac=ff:ff:ff:ff:ff:ff"],
    ["ruckus", "?client_mac=ENC<script>"],
    ["ruckus", "?client_mac=%00"],
  ])("of %s that no gateway sends is malformed: %s", async (kind, tail) => {
    expect(await parse(kind, tail)).toEqual({ ok: false, reason: "malformed" });
  });

  it("with script in its SSID reaches a controller as data, and a browser not at all", async () => {
    const ssid = `<script>alert("x")</script>`;
    const read = await parse("omada", OMADA.replace("eap225", encodeURIComponent(ssid)));
    const made = await plan("omada", read.ok ? read.handOff.link : {});
    expect(made.browser).toBeNull();
    expect(made.agent).toMatchObject({ params: { ssidName: ssid } });
  });

  it("of Meraki is held to the operator's own hosts where they are listed", async () => {
    const url = new URL(`https://portal.example/w/gw_1${MERAKI}`);
    const settings = { ...NO_GATEWAY_SETTINGS, origins: ["https://n94.network-auth.com"] };
    const read = await gatewayOf("meraki").parse({ url, form: null }, settings);
    expect(read).toEqual({ ok: false, reason: "foreign_target" });
  });
});

const KINDS = ["mikrotik", "unifi", "omada", "meraki", "aruba", "ruckus"] as const;
const NAMES = [
  "mac",
  "id",
  "ap",
  "clientMac",
  "client_mac",
  "apMac",
  "gatewayMac",
  "site",
  "ssidName",
  "radioId",
  "vid",
  "link-login-only",
  "chap-id",
  "chap-challenge",
  "base_grant_url",
  "login_url",
  "switchip",
  "sip",
  "cmd",
];
const MAC = "02:1a:2b:3c:4d:5e";
const value = fc.oneof(
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.constantFrom(MAC, "02-1A-2B-3C-4D-5E", "021a2b3c4d5e", "login", "0", "default", "192.168.0.253"),
  fc.constantFrom("http://192.168.88.1/login", `https://n1.network-auth.com/splash/${MAC}`, String.raw`\371`),
);

describe("whatever a client sends", () => {
  it("never throws, and the client's MAC is in no link and no plan (invariant 1)", async () => {
    const spellings = /02[:.-]?1a[:.-]?2b[:.-]?3c[:.-]?4d[:.-]?5e/i;
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...KINDS),
        fc.dictionary(fc.constantFrom(...NAMES), value),
        fc.webPath(),
        async (kind, fields, path) => {
          const sent = new URLSearchParams({ ...fields, mac: MAC, id: MAC, clientMac: MAC, client_mac: MAC });
          const read = await parse(kind, `${path}?${sent}`, kind === "mikrotik" ? sent : null);
          if (!read.ok) return;
          const made = await plan(kind, read.handOff.link);
          expect(JSON.stringify([read.handOff.link, made])).not.toMatch(spellings);
        },
      ),
      { numRuns: 500 },
    );
  });
});
