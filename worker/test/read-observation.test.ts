import fc from "fast-check";
import { expect, test } from "vitest";
import { Observation, SOURCES } from "../../schema/wire/agents.ts";
import { readObservation } from "../http/agents/read-observation.ts";

const GOOD = {
  device: "abcdefghijklmnopqrstuv",
  keyId: "k1",
  from: 1_764_547_200_000,
  to: 1_764_547_230_000,
  left: false,
  randomised: true,
  source: "hostapd",
  ap: "wlan0",
  ssid: "Quen Store",
  rssi: -61.5,
};

const odd = fc.oneof(
  fc.constantFrom(undefined, null, "", 0, -1, 1.5, true, [], {}, "x".repeat(41), "x".repeat(65), -151, 51),
  fc.constantFrom(Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER + 1, Number.NaN, Infinity, ...SOURCES),
  fc.string(),
  fc.double(),
);

test("an observation is read exactly where the schema of the wire accepts it", () => {
  const changed = fc
    .tuple(fc.constantFrom(...Object.keys(GOOD), "more"), odd)
    .map(([key, value]): unknown => ({ ...GOOD, [key]: value }));
  fc.assert(
    fc.property(fc.oneof(changed, odd), (raw) => {
      expect(readObservation(raw) !== null).toBe(Observation.safeParse(raw).success);
    }),
    { numRuns: 3_000 },
  );
});

test("an observation without its optional fields is read", () => {
  const { ap: _, ssid: __, rssi: ___, ...least } = GOOD;
  expect(readObservation(least)).toEqual(least);
});
