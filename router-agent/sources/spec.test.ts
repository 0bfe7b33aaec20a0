import { describe, expect, it } from "vitest";
import { KINDS, makeSource, parseSourceSpec, parseSourceTable } from "./registry.ts";

const problemsOf = (text: string): string[] => {
  const read = parseSourceSpec(text);
  return read.ok ? [] : read.problems;
};

describe("a source's text form", () => {
  const TABLE: [string, string, string, object][] = [
    [
      "hostapd:wlan0",
      "hostapd",
      "hostapd:wlan0",
      { interface: "wlan0", dir: "/var/run/hostapd", confirmSeconds: 60 },
    ],
    ["hostapd:wlan0?dir=/tmp/h%20x", "hostapd", "hostapd:wlan0", { dir: "/tmp/h x" }],
    ["ubus", "ubus", "ubus:hostapd.*", { objects: "hostapd.*" }],
    ["ubus:hostapd.wlan0?confirmSeconds=30", "ubus", "ubus:hostapd.wlan0", { confirmSeconds: 30 }],
    ["iw:wlan0", "iw", "iw:wlan0", { interface: "wlan0", command: "iw" }],
    [
      "radius:0.0.0.0:1813?secret=s",
      "radius",
      "radius:0.0.0.0:1813",
      { listen: "0.0.0.0:1813", secret: "s" },
    ],
    [
      "radius:[::]:1813?secretFile=/etc/s",
      "radius",
      "radius:[::]:1813",
      { secretFile: "/etc/s", clients: [] },
    ],
    ["opennds", "opennds", "opennds", { pollSeconds: 15 }],
    ["neighbour:br-lan", "neighbour", "neighbour:br-lan", { interface: "br-lan", pollSeconds: 15 }],
    [
      "replay:/data/day:1.jsonl",
      "replay",
      "replay:/data/day:1.jsonl",
      { file: "/data/day:1.jsonl", speed: undefined },
    ],
    ["replay:a?speed=60", "replay", "replay:a", { speed: 60 }],
  ];
  it.each(TABLE)("reads %s", (text, kind, label, options) => {
    const read = parseSourceSpec(text);
    expect(read).toMatchObject({ ok: true, spec: { kind, label, options } });
  });

  const WRONG: [string, RegExp][] = [
    ["wifi:wlan0", /no source "wifi"; the sources are hostapd, ubus/],
    ["", /no source ""/],
    ["toString", /no source "toString"/],
    ["hostapd", /Source hostapd: option "interface" is required/],
    ["hostapd:", /option "interface" must be a text that is not empty/],
    ["hostapd:wlan0?folder=/x", /Source hostapd has no option "folder"; its options are interface, dir/],
    ["hostapd:wlan0?interface=wlan1", /option "interface" is given twice/],
    ["hostapd:wlan0?confirmSeconds=soon", /option "confirmSeconds" must be a number from 5 to 86400/],
    ["opennds:lan", /Source opennds takes nothing after a colon/],
    ["opennds?pollSeconds=5", /option "pollSeconds" must be a number from 15/],
    ["radius", /give "clients", "secret" or "secretFile"/],
    ["radius?clients=10.0.0.0/8", /only the configuration file can hold/],
    ["replay:a?speed=0", /option "speed" must be a number/],
  ];
  it.each(WRONG)("refuses %j with a sentence that names the fault", (text, problem) => {
    expect(problemsOf(text).join(" ")).toMatch(problem);
  });
});

describe("a source's table form", () => {
  it("holds the access points of a RADIUS server", () => {
    const clients = [{ from: "192.168.1.0/24", secret: "a" }];
    expect(parseSourceTable({ kind: "radius", clients })).toMatchObject({
      ok: true,
      spec: { options: { clients } },
    });
  });

  it("names a wrong key inside an entry without echoing the secret", () => {
    const read = parseSourceTable({ kind: "radius", clients: [{ from: "::/0", secret: "hush", name: "x" }] });
    expect(read).toEqual({
      ok: false,
      problems: ['Source radius: option "clients" entry 1 has the unknown key "name".'],
    });
  });

  it("collects every problem at once", () => {
    const read = parseSourceTable({ kind: "iw", colour: 1, command: 2 });
    expect(read.ok ? [] : read.problems).toHaveLength(3);
  });
});

it("every kind can be made and bears its own name", () => {
  const target: Record<string, string> = {
    hostapd: ":wlan0",
    iw: ":wlan0",
    radius: "?secret=s",
    neighbour: ":lan",
    replay: ":f",
  };
  for (const kind of Object.keys(KINDS)) {
    const read = parseSourceSpec(`${kind}${target[kind] ?? ""}`);
    if (!read.ok) throw new Error(read.problems.join(" "));
    expect(makeSource(read.spec).name).toBe(kind);
  }
});
