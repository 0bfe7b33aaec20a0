import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { readSettings } from "./command-line.ts";
import type { ConfigInput } from "./config.ts";
import { readConfig } from "./config.ts";
import { SETTINGS } from "./settings.ts";

const read = (input: Partial<ConfigInput>) => readConfig({ flags: {}, env: {}, file: null, ...input });
const file = (text: string) => ({ name: "quen-agent.toml", text });
const problemsOf = (input: Partial<ConfigInput>): string[] => {
  const result = read(input);
  return result.ok ? [] : result.problems;
};

describe("the settings", () => {
  test("have defaults", () => {
    expect(read({})).toMatchObject({
      ok: true,
      config: { spoolMaxMegabytes: 64, debounceSeconds: 10, sources: [] },
    });
  });

  test("come from flags before environment before file", () => {
    const layers = {
      file: file('logLevel = "error"\nlogFormat = "json"\nstateDir = "/file"'),
      env: { QUEN_LOG_LEVEL: "warn", QUEN_STATE_DIR: "/env" },
      flags: { stateDir: "/flag" },
    };
    const result = read(layers);
    expect(result).toMatchObject({
      ok: true,
      config: { logLevel: "warn", logFormat: "json", stateDir: "/flag" },
    });
  });

  test("take the sources of one layer whole", () => {
    const toml = file('[[source]]\nkind = "ubus"\n[[source]]\nkind = "hostapd"\ninterface = "wlan0"');
    const labels = (input: Partial<ConfigInput>) => {
      const result = read(input);
      return result.ok ? result.config.sources.map(({ label }) => label) : result.problems;
    };
    expect(labels({ file: toml })).toEqual(["ubus:hostapd.*", "hostapd:wlan0"]);
    expect(labels({ file: toml, env: { QUEN_SOURCES: "iw:wlan1; opennds" } })).toEqual([
      "iw:wlan1",
      "opennds",
    ]);
    expect(labels({ file: toml, flags: { source: ["iw:wlan2"] } })).toEqual(["iw:wlan2"]);
  });

  test("take the gateways of one layer whole, beside the sources", () => {
    const toml = file('[[gateway]]\nkind = "opennds"\nid = "gw_1"\n[[source]]\nkind = "opennds"');
    const labels = (input: Partial<ConfigInput>) => {
      const result = read(input);
      return result.ok ? result.config.gateways.map(({ label }) => label) : result.problems;
    };
    expect(labels({ file: toml })).toEqual(["opennds:gw_1"]);
    const unifi = "unifi:https://192.168.1.1?apiKey=k";
    expect(labels({ file: toml, env: { QUEN_GATEWAYS: unifi } })).toEqual(["unifi:192.168.1.1"]);
    expect(labels({ env: { QUEN_GATEWAYS: unifi }, flags: { gateway: ["opennds"] } })).toEqual(["opennds"]);
    expect(labels({})).toEqual([]);
  });

  const wrong: [string, Partial<ConfigInput>, RegExp][] = [
    ["a gateway of no kind", { flags: { gateway: ["router"] } }, /--gateway router: .*opennds, unifi, omada/],
    ["a gateway as one table", { file: file('[gateway]\nkind = "opennds"') }, /\[\[gateway\]\]/],
    [
      "a gateway without its id beside another",
      { flags: { gateway: ["opennds", "unifi:https://a?apiKey=k&id=gw_1"] } },
      /each needs its id/,
    ],
    [
      "a gateway twice",
      { flags: { gateway: ["opennds?id=gw_1", "unifi:https://a?apiKey=k&id=gw_1"] } },
      /given twice/,
    ],
    [
      "a gateway beside a replay",
      { flags: { source: ["replay:f"], gateway: ["opennds"] } },
      /replay drives no gateway/,
    ],
    [
      "an unknown key",
      { file: file("spoolMaxMegabyte = 3") },
      /quen-agent\.toml: .*"spoolMaxMegabyte".*spoolMaxMegabytes/,
    ],
    [
      "a value out of range",
      { file: file("spoolMaxMegabytes = 0") },
      /quen-agent\.toml: spoolMaxMegabytes must be a number from 1/,
    ],
    [
      "a value of another type",
      { file: file('debounceSeconds = "ten"') },
      /debounceSeconds must be a number/,
    ],
    [
      "a wrong variable",
      { env: { QUEN_LOG_LEVEL: "loud" } },
      /QUEN_LOG_LEVEL must be one of debug, info, warn, error/,
    ],
    ["a wrong flag", { flags: { logFormat: "xml" } }, /--log-format must be one of text, json/],
    ["broken TOML", { file: file("a = 1\nb = = 2") }, /quen-agent\.toml line 2/],
    ["a source of no kind", { flags: { source: ["bluetooth"] } }, /--source bluetooth: .*hostapd/],
    ["a source's unknown option", { file: file('[[source]]\nkind = "ubus"\nfoo = 1') }, /source 1: .*"foo"/],
    ["a source as one table", { file: file('[source]\nkind = "ubus"') }, /\[\[source\]\]/],
    ["a source twice", { flags: { source: ["iw:a", "iw:a"] } }, /iw:a is given twice/],
    ["a replay beside others", { flags: { source: ["replay:f", "iw:a"] } }, /cannot run beside/],
    [
      "a source that confirms more slowly than silence ends stays",
      { flags: { source: ["iw:a?confirmSeconds=200"] } },
      /iw:a .*confirmSeconds.*silenceSeconds/,
    ],
  ];
  test.each(wrong)("refuse %s and name it", (_, input, expected) => {
    expect(problemsOf(input).join("\n")).toMatch(expected);
  });

  test("say that a file that was asked for is missing, and live without the default one", () => {
    const missing = (): string => {
      throw Object.assign(new Error("no"), { code: "ENOENT" });
    };
    expect(readSettings({}, {}, missing).ok).toBe(true);
    expect(readSettings({ config: "/x.toml" }, {}, missing)).toMatchObject({
      ok: false,
      problems: ["The configuration file /x.toml does not exist."],
    });
  });

  test("of the sample file are the defaults, and it names every one", () => {
    const sample = readFileSync(new URL("packaging/quen-agent.toml", import.meta.url), "utf8");
    const active = sample.replaceAll(/^#(?=\w+ = |\[\[)/gm, "");
    for (const [name, { fallback }] of Object.entries(SETTINGS))
      expect(active).toMatch(new RegExp(`^${name} = ${JSON.stringify(fallback).replaceAll("/", "/")}$`, "m"));
    expect(problemsOf({ file: file(sample) })).toEqual([]);
    expect(problemsOf({ file: file(active) })).toEqual([]);
  });
});

test("--speed goes to the replay, and to nothing else", () => {
  const missing = (): string => {
    throw Object.assign(new Error("no"), { code: "ENOENT" });
  };
  const result = readSettings({ source: ["replay:f.jsonl"], speed: "60" }, {}, missing);
  expect(result).toMatchObject({
    ok: true,
    config: { sources: [{ kind: "replay", options: { file: "f.jsonl", speed: 60 } }] },
  });
  expect(readSettings({ source: ["iw:a"], speed: "60" }, {}, missing).ok).toBe(false);
});
