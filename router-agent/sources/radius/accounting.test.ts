import { describe, expect, it } from "vitest";
import type { Attributes } from "../testing/radius-request.ts";
import { buildRequest, session } from "../testing/radius-request.ts";
import { readAccounting } from "./accounting.ts";
import { decodePacket } from "./packet.ts";

const NOW = 1_800_000_000_000;
const read = (attributes: Attributes, address = "10.0.0.7") => {
  const packet = decodePacket(buildRequest(attributes, "x"));
  if (packet === null) throw new Error("malformed");
  return readAccounting(packet, address, NOW);
};
const MAC = "5c7dc172a73b";

it.each([
  "5c:7d:c1:72:a7:3b",
  "5C-7D-C1-72-A7-3B",
  "5C7DC172A73B",
  "5c7d-c172-a73b",
  "5c7d.c172.a73b",
  " 5c:7d:c1:72:a7:3b ",
])("the station %j is one and the same", (spelling) => {
  expect(read(session(1, spelling, "s"))).toMatchObject({ kind: "session", mac: MAC });
});

it.each([
  [1, { kind: "session", status: "start" }],
  [2, { kind: "session", status: "stop" }],
  [3, { kind: "session", status: "interim" }],
  [7, { kind: "nas", status: "on", nas: "quan1-ap" }],
  [8, { kind: "nas", status: "off", nas: "quan1-ap" }],
  [9, { kind: "unusable", reason: "other_status" }],
])("Acct-Status-Type %i is read", (status, expected) => {
  expect(read(session(status, MAC, "s"))).toMatchObject(expected);
});

it.each<[string, Attributes, string]>([
  ["a status", [["Acct-Session-Id", "s"]], "no_status"],
  ["a status of four octets", [["Acct-Status-Type", "1"]], "no_status"],
  ["a session", session(1, MAC, ""), "no_session"],
  [
    "a station",
    [
      ["Acct-Status-Type", 1],
      ["Acct-Session-Id", "s"],
    ],
    "bad_mac",
  ],
  ["a station of its own", session(1, "01:00:5e:00:00:fb", "s"), "bad_mac"],
])("a report without %s is unusable", (_what, attributes, reason) => {
  expect(read(attributes)).toEqual({ kind: "unusable", reason });
});

const ap = (called: string): string => {
  const report = read(session(1, MAC, "s", [["Called-Station-Id", called]]));
  return report.kind === "session" ? report.ap : "";
};

describe("names", () => {
  it.each<[string, Attributes, object]>([
    ["AP and network", [["Called-Station-Id", "00-27-22-F3-FA-F1:Quán Quen: 1"]], { ssid: "Quán Quen: 1" }],
    ["the AP alone", [["Called-Station-Id", "002722f3faf1"]], { ssid: undefined }],
    ["hostapd's empty network", [["Called-Station-Id", "00-27-22-F3-FA-F1:"]], { ssid: undefined }],
    ["something else", [["Called-Station-Id", "hotspot"]], { ap: "quan1-ap", ssid: undefined }],
    [
      "a network named like an address",
      [["Called-Station-Id", "002722f3faf1:5c:7d:c1:72:a7:3b"]],
      { ssid: "[mac]" },
    ],
  ])("the called station holds %s", (_what, more, expected) => {
    expect(read(session(1, MAC, "s", more))).toMatchObject(expected);
  });

  it("tell the access points of one controller apart without their addresses, in any spelling", () => {
    expect(ap("00-27-22-F3-FA-F1:a")).toBe(ap("002722f3faf1:b"));
    expect(ap("00-27-22-F3-FA-F1:a")).not.toBe(ap("00-27-22-F3-FA-F2:a"));
    expect(ap("00-27-22-F3-FA-F1:a")).toMatch(/^quan1-ap\/[0-9a-f]{6}$/);
  });

  it.each<[string, Attributes, string, RegExp]>([
    ["its address", [["NAS-IP-Address", Uint8Array.of(192, 168, 1, 2)]], "10.0.0.7", /^192\.168\.1\.2$/],
    ["where it came from", [], "10.0.0.7", /^10\.0\.0\.7$/],
    ["a hash of an IPv6 peer", [], "fe80::200:ff:fe00:1", /^nas-[0-9a-f]{6}$/],
    [
      "a hash of an identifier that is a MAC",
      [["NAS-Identifier", "788a20aabbcc"]],
      "10.0.0.7",
      /^nas-[0-9a-f]{6}$/,
    ],
  ])("a NAS without a name is named by %s", (_what, more, address, name) => {
    const report = read([["Acct-Status-Type", 7], ...more], address);
    expect(report).toMatchObject({ nas: expect.stringMatching(name) as string });
  });
});

describe("numbers", () => {
  it("counters go beyond 32 bits by gigawords", () => {
    const more: Attributes = [
      ["Acct-Input-Octets", 1_111_909],
      ["Acct-Input-Gigawords", 3],
      ["Acct-Output-Octets", 4_294_967_295],
      ["Acct-Output-Gigawords", 1],
      ["Acct-Session-Time", 261],
    ];
    const octets = 1_111_909 + 3 * 2 ** 32 + 4_294_967_295 + 2 ** 32;
    expect(read(session(3, MAC, "s", more))).toMatchObject({ octets, sessionMs: 261_000 });
  });

  it("a NAS that does not count is not taken for an idle station", () => {
    const more: Attributes = [
      ["Acct-Input-Octets", 0],
      ["Acct-Output-Octets", 0],
    ];
    expect(read(session(3, MAC, "s", more))).toMatchObject({ octets: undefined });
  });

  const at = NOW / 1000;
  it.each<[string, Attributes, number]>([
    ["none", [], 0],
    ["Acct-Delay-Time", [["Acct-Delay-Time", 30]], 30_000],
    [
      "Acct-Delay-Time before a clock",
      [
        ["Acct-Delay-Time", 0],
        ["Event-Timestamp", at - 50],
      ],
      0,
    ],
    ["a clock", [["Event-Timestamp", at - 50]], 50_000],
    ["a clock that is ahead", [["Event-Timestamp", at + 50]], 0],
    ["a clock of 1970", [["Event-Timestamp", 50]], 0],
    ["an absurd delay", [["Acct-Delay-Time", 4_000_000_000]], 86_400_000],
  ])("the delay follows from %s", (_what, more, delayMs) => {
    expect(read(session(1, MAC, "s", more))).toMatchObject({ delayMs });
  });
});
