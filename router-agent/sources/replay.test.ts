import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parseReplayLine } from "./replay-line.ts";
import { replaySource } from "./replay.ts";
import { makeTestDir } from "./testing/fake-tool.ts";
import { makeRecorder } from "./testing/recorder.ts";

const MAC = "aa:bb:cc:00:00:01";
const line = (at: number, event = "seen", mac = MAC): string => JSON.stringify({ at, mac, event });

const run = (lines: string[], speed?: number) => {
  const file = join(makeTestDir(), "day.jsonl");
  writeFileSync(file, lines.join("\n"));
  const recorder = makeRecorder();
  return { ...recorder, file, ended: replaySource({ file, speed }).run(recorder.context) };
};

describe("a line", () => {
  it("carries its own time, and optionally the access point, the network and the signal", () => {
    const text = JSON.stringify({ at: 5, mac: MAC, event: "join", ap: "a", ssid: "Quen", rssi: -60 });
    expect(parseReplayLine(text)).toEqual({
      kind: "event",
      event: {
        kind: "join",
        station: { mac: "aabbcc000001", inactiveMs: 0, rssiDbm: -60, ssid: "Quen" },
        ap: "a",
        atMs: 5,
      },
    });
  });

  it.each([
    ["{", "is not a JSON object"],
    [line(1.5), '"at" must be epoch milliseconds'],
    [line(-1), '"at" must be epoch milliseconds'],
    [line(1, "probe"), '"event" must be'],
    [line(1, "join", "01:00:5e:00:00:fb"), '"mac" must be'],
    ['{"at":1,"mac":"aabbcc000001","event":"join","ap":3}', '"ap" must be a text'],
    ['{"at":1,"mac":"aabbcc000001","event":"join","rssi":"-3"}', '"rssi" must be'],
  ])("%s is refused", (text, problem) => {
    const read = parseReplayLine(text);
    expect(read.kind === "unrecognised" && read.problem).toContain(problem);
  });
});

describe("a replay", () => {
  it("tells every event in order and resolves at the end of the file", async () => {
    const source = run([line(1, "join"), "", line(2), line(2, "leave")]);
    await source.ended;
    expect(source.events.map((event) => [event.kind, event.atMs])).toEqual([
      ["join", 1],
      ["seen", 2],
      ["leave", 2],
    ]);
    expect(source.said.at(-1)).toContain("replayed 3 events");
  });

  it("names file and line of a bad line, without the address in it", async () => {
    const source = run([line(1), `{"at":2,"mac":"${MAC}","event":"jump"}`]);
    const error = await source.ended.then(
      () => "resolved",
      (cause: Error) => cause.message,
    );
    expect(error).toBe(`${source.file} line 2: "event" must be "join", "leave" or "seen"`);
  });

  it("refuses times that go back, because the agent's clock does not", async () => {
    await expect(run([line(2), line(1)]).ended).rejects.toThrow(/line 2: "at" goes back/);
  });

  it("refuses a file that is not there", async () => {
    const recorder = makeRecorder();
    await expect(replaySource({ file: "/nowhere" }).run(recorder.context)).rejects.toThrow(/ENOENT/);
  });

  it("is paced by speed", async () => {
    const startedMs = performance.now();
    await run([line(0), line(100_000)], 1_000).ended;
    expect(performance.now() - startedMs).toBeGreaterThanOrEqual(95);
  });

  it("stops in the middle of a wait when aborted", async () => {
    const source = run([line(0), line(1e12)], 1);
    await source.until((events) => events.length === 1);
    source.abort();
    await source.ended;
    expect(source.events).toHaveLength(1);
  });
});
