import { describe, expect, it } from "vitest";
import { parseStationDump } from "./iw-dump.ts";
import { parseIwEvent } from "./iw-event.ts";
import { iwSource } from "./iw.ts";
import { fixture, fixtureLines, makeFakeTool } from "./testing/fake-tool.ts";
import { makeRecorder } from "./testing/recorder.ts";

it("each recorded event means what the kernel meant", () => {
  const short = fixtureLines("iw-events.txt").map((line) => {
    const heard = parseIwEvent(line);
    return heard.kind === "station" ? `${heard.change} ${heard.interface} ${heard.mac}` : heard.reason;
  });
  expect(short).toEqual([
    "join wlan0 04ab00123456",
    "join wlan0 04ab00123457",
    "leave wlan0 04ab00123456",
    "join wlan1 04ab00123458",
    "other_event",
    "bad_mac",
  ]);
});

it("the station dump gives inactivity and signal, with or without values per antenna", () => {
  expect(parseStationDump(fixture("iw-station-dump.txt"))).toEqual({
    stations: [
      { mac: "04ab00123456", inactiveMs: 590, rssiDbm: -25 },
      { mac: "04ab00123458", inactiveMs: 0 },
    ],
    ignored: ["not_authorized"],
  });
  expect(parseStationDump("")).toEqual({ stations: [], ignored: [] });
});

const fakeIw = (events: string, dump = "cat $FIXTURES/iw-station-dump.txt") =>
  makeFakeTool(`case "$1" in event) ${events} ;; dev) ${dump} ;; esac`);

const run = (tool: { command: string }) => {
  const recorder = makeRecorder();
  const source = iwSource({ interface: "wlan0", command: tool.command, confirmMs: 30 });
  return { ...recorder, ended: source.run(recorder.context) };
};

describe("an interface through iw", () => {
  it("tells events of its own interface and confirms by the dump", async () => {
    const source = run(fakeIw("cat $FIXTURES/iw-events.txt; exec sleep 60"));
    await source.until((events) => events.filter((event) => event.kind === "list").length >= 2);
    await source.until((events) => events.some((event) => event.kind === "leave"));
    source.abort();
    await source.ended;
    expect(source.events.every((event) => event.ap === "wlan0")).toBe(true);
    expect(source.said).toContain("ignored other_interface");
    expect(source.said.some((text) => text.startsWith("ok"))).toBe(true);
  });

  it("is not ok while the dump fails, and goes on", async () => {
    const source = run(fakeIw("exec sleep 60", "echo 'No such device (-19)' >&2; exit 237"));
    await source.until((_events, said) => said.length >= 2);
    source.abort();
    await source.ended;
    expect(source.said[0]).toBe(
      "not ok The stations of wlan0 could not be read (code 237): No such device (-19)",
    );
  });

  it("rejects when the event stream ends", async () => {
    await expect(run(fakeIw("echo 'nl80211 not found.' >&2; exit 1")).ended).rejects.toThrow(
      "iw event ended (code 1): nl80211 not found.",
    );
  });
});
