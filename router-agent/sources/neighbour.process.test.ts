import { expect, it } from "vitest";
import { parseNeighbours } from "./neighbour-table.ts";
import { neighbourSource } from "./neighbour.ts";
import { fixture, makeFakeTool } from "./testing/fake-tool.ts";
import { makeRecorder } from "./testing/recorder.ts";

it("a neighbour is as inactive as its last proof is old, and one address speaks once", () => {
  expect(parseNeighbours(fixture("neigh-statistics.json"), "br-lan")).toEqual({
    kind: "stations",
    stations: [
      { mac: "0a0027000001", inactiveMs: 3_000 },
      { mac: "0a0027000003", inactiveMs: 31_000 },
    ],
    ignored: ["unproven", "no_address", "no_address", "stale", "bad_mac"],
  });
});

it("only the given interface counts, also where each row names its own", () => {
  expect(parseNeighbours(fixture("neigh.json"), "eth1")).toEqual({
    kind: "stations",
    stations: [{ mac: "525400123500", inactiveMs: 0 }],
    ignored: ["other_interface", "other_interface"],
  });
});

it.each([
  ["", { kind: "stations", stations: [], ignored: [] }],
  ["[]", { kind: "stations", stations: [], ignored: [] }],
  ["[1,{}]", { kind: "stations", stations: [], ignored: ["unrecognised_row", "unrecognised_row"] }],
  ["{}", { kind: "unrecognised" }],
  ["RTNETLINK", { kind: "unrecognised" }],
])("the table %j is survived", (text, expected) => {
  expect(parseNeighbours(text, "lan")).toEqual(expected);
});

const run = (script: string) => {
  const recorder = makeRecorder();
  const { command } = makeFakeTool(script);
  const source = neighbourSource({ interface: "br-lan", command, pollMs: 20 });
  return { ...recorder, ended: source.run(recorder.context) };
};

it("the table is read again and again, and a neighbour is only ever seen", async () => {
  const source = run('[ "$*" = "-s -j neigh show dev br-lan" ] && cat $FIXTURES/neigh-statistics.json');
  await source.until((events) => events.length >= 6);
  source.abort();
  await source.ended;
  expect(new Set(source.events.map((event) => event.kind))).toEqual(new Set(["seen"]));
  expect(source.said).toContain("ok 2 reachable neighbours on br-lan");
});

it("an interface that is not there is not ok and asked again", async () => {
  const source = run("echo 'Cannot find device \"br-lan\"' >&2; exit 1");
  await source.until((_events, said) => said.length >= 2);
  source.abort();
  await source.ended;
  expect(source.said[1]).toContain('could not be read (code 1): Cannot find device "br-lan"');
});
