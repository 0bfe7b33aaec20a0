import { describe, expect, it } from "vitest";
import { parseNdsctl } from "./opennds-clients.ts";
import { openndsSource } from "./opennds.ts";
import { fixture, makeFakeTool } from "./testing/fake-tool.ts";
import { makeRecorder } from "./testing/recorder.ts";

const NOW = 1_700_000_200_000;

describe("the answer of ndsctl json", () => {
  it("gives who is present, with the age of the last activity, and nothing else of a client", () => {
    expect(parseNdsctl({ code: 0, text: fixture("ndsctl.json") }, NOW)).toEqual({
      kind: "stations",
      stations: [
        { mac: "0e2a69759718", inactiveMs: 100_000 },
        { mac: "0e2a69759719", inactiveMs: 40_000 },
      ],
      ignored: ["blocked", "trusted"],
    });
  });

  it.each([
    [{ code: 4, text: "ndsctl thread is busy, please try later.\n" }, { kind: "busy" }],
    [{ code: 5, text: "" }, { kind: "busy" }],
    [{ code: 6, text: "" }, { kind: "busy" }],
    [{ code: 0, text: "ndsctl thread is busy, please try later.\n" }, { kind: "busy" }],
    [{ code: 3, text: "" }, { kind: "down" }],
    [{ code: null, text: "" }, { kind: "down" }],
    [{ code: 0, text: "" }, { kind: "unrecognised" }],
    [{ code: 0, text: "{}" }, { kind: "unrecognised" }],
    [
      { code: 0, text: '{\n  "client_list_length":"0",\n  "clients":{\n  }\n}\n' },
      { kind: "stations", stations: [], ignored: [] },
    ],
    [
      { code: 0, text: '{"client_list_length":"2","clients":{"x":{},"0e:2a:69:75:97:18":{"state":"New"}}}' },
      { kind: "stations", stations: [], ignored: ["bad_mac", "unknown_state"] },
    ],
  ])("%j is told apart", (output, expected) => {
    expect(parseNdsctl(output, NOW)).toEqual(expected);
  });

  it("takes a clock that ran backwards for no inactivity", () => {
    const answer = parseNdsctl({ code: 0, text: fixture("ndsctl.json") }, 0);
    expect(answer).toMatchObject({ stations: [{ inactiveMs: 0 }, { inactiveMs: 0 }] });
  });
});

const run = (script: string) => {
  const recorder = makeRecorder();
  const { command } = makeFakeTool(script);
  const options = { command, pollMs: 20, retryMs: [5, 5], now: () => NOW };
  return { ...recorder, ended: openndsSource(options).run(recorder.context) };
};

describe("a gateway through ndsctl", () => {
  it("tells the complete list and neither token nor address", async () => {
    const source = run("cat $FIXTURES/ndsctl.json");
    await source.until((_events, said) => said.includes("ok 2 clients"));
    source.abort();
    await source.ended;
    expect(source.events[0]).toMatchObject({ kind: "list", ap: "opennds" });
    expect(JSON.stringify(source.events)).not.toMatch(/89db8dfe|192\.168/);
  });

  it("asks again when ndsctl is busy, counts it and stays ok when the answer comes", async () => {
    const source = run(
      'n=$(cat $HERE/n 2>/dev/null || echo 0); echo $((n+1)) > $HERE/n; [ $n -lt 2 ] && { echo "ndsctl thread is busy, please try later."; exit 4; }; cat $FIXTURES/ndsctl.json',
    );
    await source.until((events) => events.length > 0);
    source.abort();
    await source.ended;
    expect(source.said.slice(0, 2)).toEqual(["ignored busy", "ignored busy"]);
    expect(source.said.some((text) => text.startsWith("not ok"))).toBe(false);
  });

  it("never runs two calls at once", async () => {
    const source = run(
      "mkdir $HERE/lock || touch $HERE/clash; sleep 0.03; rmdir $HERE/lock; [ -f $HERE/clash ] && exit 9; cat $FIXTURES/ndsctl.json",
    );
    await source.until((events) => events.length >= 4);
    source.abort();
    await source.ended;
    expect(source.said.join()).not.toContain("code 9");
  });

  it("is not ok while the daemon is down, and goes on asking", async () => {
    const source = run(
      'echo "pgrep: pattern" >&2; echo "ndsctl: opennds probably not started (Error: No such file or directory)" >&2; exit 3',
    );
    await source.until((_events, said) => said.length >= 2);
    source.abort();
    await source.ended;
    expect(source.said[0]).toContain(
      "not ok openNDS does not answer (code 3) ndsctl: opennds probably not started",
    );
    expect(source.events).toEqual([]);
  });
});
