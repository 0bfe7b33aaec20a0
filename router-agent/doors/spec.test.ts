import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { DOOR_KINDS, doorKindOf, isDoorKind } from "./kinds.ts";
import { parseDoorSpec, parseDoorTable } from "./spec.ts";

const PIN = `sha256:${"ab".repeat(32)}`;
const UNIFI = { kind: "unifi", url: "https://192.168.1.1", apiKey: "k" };
const OMADA = { kind: "omada", url: "https://192.168.1.5:8043", username: "quen", password: "p" };

describe("a gateway's settings", () => {
  const good: [Record<string, unknown>, string, Record<string, unknown>][] = [
    [{ kind: "opennds" }, "opennds", { command: "ndsctl", id: undefined }],
    [
      { kind: "opennds", id: "gw_1", command: "/usr/bin/ndsctl" },
      "opennds:gw_1",
      { command: "/usr/bin/ndsctl" },
    ],
    [UNIFI, "unifi:192.168.1.1", { apiKey: "k", certificate: undefined }],
    [{ ...UNIFI, certificate: PIN }, "unifi:192.168.1.1", { certificate: "ab".repeat(32) }],
    [OMADA, "omada:192.168.1.5:8043", { timeUnit: "us", radioId: undefined }],
    [{ ...OMADA, timeUnit: "ms", radioId: 1 }, "omada:192.168.1.5:8043", { timeUnit: "ms", radioId: 1 }],
    [{ ...OMADA, url: "http://127.0.0.1:8088" }, "omada:127.0.0.1:8088", {}],
  ];
  test.each(good)("%j is read", (table, label, options) => {
    expect(parseDoorTable(table)).toMatchObject({ ok: true, spec: { label, options } });
  });

  const wrong: [Record<string, unknown>, RegExp][] = [
    [{}, /needs the text "kind"/],
    [{ kind: "meraki" }, /no gateway "meraki" for an agent; there are opennds, unifi, omada/],
    [{ kind: "opennds", url: "https://x" }, /no option "url"; its options are id, command/],
    [{ kind: "unifi", apiKey: "k" }, /"url" is required/],
    [{ ...UNIFI, url: "http://192.168.1.1" }, /"url" must be https/],
    [{ ...UNIFI, url: "https://user:secret@192.168.1.1" }, /"url" must be https/],
    [{ ...UNIFI, url: "https://192.168.1.1/manage" }, /"url" must be https/],
    [{ ...UNIFI, certificate: "yes" }, /"certificate" must be "sha256:"/],
    [{ kind: "unifi", url: "https://a", username: "u" }, /give "apiKey" or "apiKeyFile", or "username"/],
    [{ ...OMADA, password: undefined }, /give "username" and "password"/],
    [{ ...OMADA, timeUnit: "s" }, /"timeUnit" must be one of us, ms/],
  ];
  test.each(wrong)("%j is a problem that says what is allowed", (table, problem) => {
    const result = parseDoorTable(table);
    expect(result.ok ? [] : result.problems.join("\n")).toMatch(problem);
  });

  test("never repeat a secret in a problem", () => {
    const result = parseDoorSpec("unifi:http://192.168.1.1?password=hunter2&certificate=hunter2");
    expect(result.ok).toBe(false);
    expect(JSON.stringify(result)).not.toContain("hunter2");
  });

  test("may be one text, as flags and environment have it", () => {
    const file = "/etc/quen-agent.unifi-key";
    expect(
      parseDoorSpec(`unifi:https://192.168.1.5:8443?apiKeyFile=${encodeURIComponent(file)}`),
    ).toMatchObject({
      ok: true,
      spec: { label: "unifi:192.168.1.5:8443", options: { apiKeyFile: file } },
    });
    expect(parseDoorSpec("opennds:x").ok).toBe(false);
    expect(parseDoorSpec("unifi:https://a?url=https://b&apiKey=k").ok).toBe(false);
  });
});

describe.each(Object.keys(DOOR_KINDS).filter((name) => isDoorKind(name)))(
  "the document's part on %s",
  (kind) => {
    test("has a row for each option with its type, default and words, and no other", () => {
      const page = readFileSync(new URL("../../docs/grants-in-the-store.md", import.meta.url), "utf8");
      const [, part = ""] = page.split(`\n### ${kind}\n`);
      const expected = Object.entries(doorKindOf(kind).options).map(([name, { type, absent, doc }]) => {
        const fallback = absent.ok && typeof absent.value === "string" ? `\`${absent.value}\`` : "none";
        return `| \`${name}\` | ${type} | ${absent.ok ? fallback : "required"} | ${doc} |`;
      });
      expect(part.split(/^#/m)[0]?.match(/^\| `.*$/gm)).toEqual(expected);
    });
  },
);
