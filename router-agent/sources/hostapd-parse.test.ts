import { describe, expect, it } from "vitest";
import { parseHostapdEvent } from "./hostapd-event.ts";
import { parseAllSta, parseSsid, unescapeSsid } from "./hostapd-list.ts";
import { fixture, fixtureLines } from "./testing/fake-tool.ts";

it("each recorded event means what hostapd meant, and an unknown one is said to be unknown", () => {
  const short = fixtureLines("hostapd-events.txt").map((line) => {
    const heard = parseHostapdEvent(line);
    if (heard.kind === "station") return `${heard.change} ${heard.interface} ${heard.mac}`;
    return heard.kind === "unrecognised" ? heard.reason : heard.kind;
  });
  expect(short).toEqual([
    "join wlan0 04ab00123456",
    "join wlan0 04ab00123457",
    "join wlan0 04ab00123458",
    "leave wlan0 04ab00123456",
    "other_event",
    "other_event",
    "bad_mac",
    "terminating",
  ]);
});

it.each(["", " ", "wlan0", "\u0000", "wlan0 AP-STA-CONNECTED"])("the line %j is survived", (line) => {
  expect(parseHostapdEvent(line).kind).toBe("unrecognised");
});

describe("the station list", () => {
  it("holds who is authorized, with inactivity and signal", () => {
    expect(parseAllSta(fixture("hostapd-all-sta.txt"))).toEqual({
      kind: "stations",
      stations: [{ mac: "faceaabb1234", inactiveMs: 590, rssiDbm: -64 }],
      ignored: ["not_authorized"],
    });
  });

  it("is read from a wired interface, which measures neither", () => {
    expect(parseAllSta(fixture("hostapd-all-sta-wired.txt"))).toEqual({
      kind: "stations",
      stations: [{ mac: "723833b67710", inactiveMs: 0 }],
      ignored: [],
    });
  });

  it.each([
    ["", { kind: "stations", stations: [], ignored: [] }],
    ["UNKNOWN COMMAND\n", { kind: "unsupported" }],
    ["FAIL\n", { kind: "failed" }],
    ["garbage\n", { kind: "stations", stations: [], ignored: ["unrecognised_line"] }],
  ])("%j is told apart", (text, expected) => {
    expect(parseAllSta(text)).toEqual(expected);
  });
});

describe("the network's name", () => {
  it.each([
    ["wlan0", "Quận 1 🌝"],
    ["wlan0-1", 'Khách \\ "mới"'],
    ["wlan9", undefined],
  ])("of %s is %j", (name, ssid) => {
    expect(parseSsid(fixture("hostapd-status.txt"), name)).toBe(ssid);
  });

  it("of a wired interface is not there", () => {
    expect(parseSsid("bss[0]=eth1\nbssid[0]=96:7c:d1:89:6b:aa\nssid[0]=\n", "eth1")).toBeUndefined();
  });

  it.each([
    [String.raw`\xff`, "\uFFFD"],
    [String.raw`a\tb`, "a\tb"],
    ["plain", "plain"],
    ["đ", "đ"],
  ])("unescapes %j", (text, plain) => {
    expect(unescapeSsid(text)).toBe(plain);
  });
});
