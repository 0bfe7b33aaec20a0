// What the vendors' gateways really send, and how somebody is let on by each.

import { describe, expect, it } from "vitest";
import type { GatewayKind } from "../../schema/gateways.ts";
import { DEVICE, LANDING, parse, PASS, plan } from "../testing/vendor.ts";
import { type GatewayLink, NO_PLAN } from "./gateway.ts";
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
