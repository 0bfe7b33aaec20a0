import { describe, expect, it } from "vitest";
import type { Mac } from "../station.ts";
import { readTraffic, trafficMemory } from "./opennds-traffic.ts";
import { fixture } from "./testing/fake-tool.ts";

const MAC = "0e2a69759718" as Mac;
const IDLE = { mac: MAC, inactiveMs: 90_000 };

describe("what a client of openNDS loaded", () => {
  it("is read from the answer of ndsctl json, by address, whatever is missing", () => {
    expect([...readTraffic(fixture("ndsctl.json")).keys()]).toContain(MAC);
    const text = '{"clients":{"0e:2a:69:75:97:18":{"download_this_session":"12","upload_this_session":"3"}}}';
    expect(readTraffic(text)).toEqual(new Map([[MAC, 15]]));
    expect(readTraffic('{"clients":{"0e:2a:69:75:97:18":{},"x":{}}}')).toEqual(new Map([[MAC, 0]]));
    expect(readTraffic("busy")).toEqual(new Map());
  });

  it.each([
    ["more than before: active", [10, 11], 0],
    ["the same: as openNDS says", [10, 10], 90_000],
    ["less, a new session: as openNDS says", [10, 1], 90_000],
  ])("says whether the client was active; %s", (_, [first = 0, second = 0], inactiveMs) => {
    const memory = trafficMemory();
    expect(memory([IDLE], new Map([[MAC, first]]))).toEqual([IDLE]);
    expect(memory([IDLE], new Map([[MAC, second]]))).toEqual([{ mac: MAC, inactiveMs }]);
  });

  it("does not take a client that was not there before for active", () => {
    const memory = trafficMemory();
    memory([], new Map());
    expect(memory([IDLE], new Map([[MAC, 500]]))).toEqual([IDLE]);
  });
});
