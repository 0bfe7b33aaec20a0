import { expect, it } from "vitest";
import type { Station } from "../station.ts";
import { parseMac } from "../station.ts";
import { makeSnapshot } from "./snapshot.ts";

const station = (last: number): Station => {
  const mac = parseMac(`0200000000${last.toString(16).padStart(2, "0")}`);
  if (mac === null) throw new Error("not an address");
  return { mac, inactiveMs: 0 };
};
const join = (last: number) => ({ kind: "join" as const, station: station(last), ap: "a" });
const leave = (last: number) => ({ kind: "leave" as const, station: station(last), ap: "a" });

const TABLE: [string, ReturnType<typeof join | typeof leave>[], Station[], Station[]][] = [
  ["nothing happened", [], [station(1)], [station(1)]],
  ["a station joined and was missed", [join(2)], [station(1)], [station(1), station(2)]],
  ["a station left and was still listed", [leave(1)], [station(1)], []],
  ["a station left and came back", [leave(1), join(1)], [], [station(1)]],
  ["a station came and left", [join(1), leave(1)], [station(1)], []],
];

it.each(TABLE)("the list is right when, while it was read, %s", (_what, events, listed, expected) => {
  const snapshot = makeSnapshot();
  snapshot.open();
  for (const event of events) snapshot.saw(event);
  expect(snapshot.close(listed)).toEqual(expected);
});

it("an event before the reading is not held against the list", () => {
  const snapshot = makeSnapshot();
  snapshot.saw(join(2));
  snapshot.open();
  expect(snapshot.close([])).toEqual([]);
});
