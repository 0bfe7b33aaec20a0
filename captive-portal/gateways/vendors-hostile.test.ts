// Hand-offs that somebody made up: to be sent elsewhere, to name another device, to break us.

import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type GatewayKind, NO_GATEWAY_SETTINGS } from "../../schema/gateways.ts";
import { parse, plan } from "../testing/vendor.ts";
import { gatewayOf } from "./registry.ts";
import { MERAKI, MERAKI_SIGN_ON, OMADA } from "./samples/vendors.ts";

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
