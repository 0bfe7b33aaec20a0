// Invariant 3 of the presence core: what was seen decides, not how or in which order it was told. The answers are
// compared with a slow model that was written from the design's words and shares no code with the core.

import fc from "fast-check";
import { expect, test } from "vitest";
import type { BusinessDay, DeviceToken, SubjectKey } from "../../../schema/ids.ts";
import { mangle } from "../../test/model/mangle.ts";
import {
  choicesArb,
  definitionsArb,
  DEVICES,
  permissionsNear,
  seenNear,
  signInsNear,
} from "../../test/model/scenario.ts";
import { type Seen, slowFootfall, slowVisits, type World } from "../../test/model/slow-presence.ts";
import { addDays, boundsOf, cutByDay, type DayBounds, type DaySettings } from "./day.ts";
import { countDay } from "./footfall.ts";
import { ownedWindows, type OwnedWindow } from "./ownership.ts";
import { clipToWindows, recognisedVisits } from "./recognised.ts";
import { type Segment, union } from "./segments.ts";

const RUNS = 1_000;

/** Business days at whose end the tests look; in each zone one with a change of the clock, before or in it. */
const TURNS = [
  { timezone: "Asia/Ho_Chi_Minh", dayStartHour: 4, day: "2026-11-02" },
  { timezone: "America/New_York", dayStartHour: 4, day: "2026-10-31" },
  { timezone: "Europe/Berlin", dayStartHour: 4, day: "2026-03-28" },
  { timezone: "Australia/Lord_Howe", dayStartHour: 4, day: "2026-04-04" },
  { timezone: "Australia/Lord_Howe", dayStartHour: 0, day: "2026-10-03" },
] as const;

const scenario = fc.constantFrom(...TURNS).chain((turn) => {
  const bounds = boundsOf(turn.day as BusinessDay, turn);
  return fc.record({
    turn: fc.constant(turn),
    seen: seenNear(bounds.end, 10),
    signIns: signInsNear(bounds.end, 5),
    permissions: permissionsNear(bounds.end, 5),
    definitions: definitionsArb,
    choices: choicesArb,
    minutesLater: fc.integer({ min: -30, max: 1_500 }),
  });
});

interface Rows {
  whole: Segment[];
  own: Segment[];
  randomised: boolean;
}

/** Tells the core one observation after the other, as a branch would hear them. */
const told = (
  observations: readonly Seen[],
  settings: DaySettings,
  day: DayBounds,
  windowsOf: (device: string) => OwnedWindow[],
): Map<string, Rows> => {
  const rows = new Map<string, Rows>();
  for (const observation of observations) {
    for (const { bounds, segment } of cutByDay(observation, settings)) {
      if (bounds.day !== day.day) continue;
      const row = rows.get(observation.device) ?? { whole: [], own: [], randomised: false };
      rows.set(observation.device, {
        whole: union([...row.whole, segment]),
        own: union([...row.own, ...clipToWindows([segment], windowsOf(observation.device))]),
        randomised: row.randomised || observation.randomised,
      });
    }
  }
  return rows;
};

const windowsIn = (world: World) => (device: string) =>
  ownedWindows(
    world.signIns
      .filter((s) => s.device === device)
      .map((s) => ({ device: s.device as DeviceToken, subject: s.subject as SubjectKey | null, at: s.at })),
    (subject) =>
      world.permissions
        .filter((p) => p.subject === subject)
        .map((p) => ({ subject, at: p.at, state: p.state })),
  );

const daysOf = ({ turn }: { turn: (typeof TURNS)[number] }): DayBounds[] => {
  const day = turn.day as BusinessDay;
  return [boundsOf(day, turn), boundsOf(addDays(day, 1), turn)];
};

test("however observations are ordered, repeated, split and merged, the recognised visits equal those of the slow model", () => {
  fc.assert(
    fc.property(scenario, (world) => {
      const observations = mangle(world.seen, world.choices);
      const windowsOf = windowsIn({
        ...world,
        signIns: world.signIns.toReversed(),
        permissions: world.permissions.toReversed(),
      });
      for (const day of daysOf(world)) {
        const rows = told(observations, world.turn, day, windowsOf);
        for (const device of DEVICES) {
          const signIns = world.signIns
            .filter((s) => s.device === device && s.here)
            .map((s) => ({ subject: s.subject as SubjectKey | null, at: s.at }));
          const { own = [], whole = [] } = rows.get(device) ?? {};
          const visits = recognisedVisits(own, windowsOf(device), signIns, world.definitions);
          expect(visits).toEqual(slowVisits(world, device, day, world.definitions));
          expect(clipToWindows(whole, windowsOf(device))).toEqual(own);
        }
      }
    }),
    { numRuns: RUNS },
  );
});

test("however observations are ordered, repeated, split and merged, the footfall equals that of the slow model", () => {
  fc.assert(
    fc.property(scenario, (world) => {
      const observations = mangle(world.seen, world.choices);
      for (const day of daysOf(world)) {
        const now = day.start + world.minutesLater * 60_000;
        const rows = told(observations, world.turn, day, windowsIn(world));
        const devices = [...rows].map(([device, row]) => ({
          segments: row.whole,
          randomised: row.randomised,
          recognised: row.own.length > 0,
          signInsAt: world.signIns.filter((s) => s.device === device && s.here).map((s) => s.at),
        }));
        const { counts } = countDay(devices, day, world.definitions, now);
        expect(counts).toEqual(slowFootfall(world, day, world.definitions, now));
      }
    }),
    { numRuns: RUNS },
  );
});

test("a withdrawal learned late leaves the same intervals as one known from the start", () => {
  fc.assert(
    fc.property(scenario, (world) => {
      const [day] = daysOf(world);
      if (!day) return;
      const early = { ...world, permissions: world.permissions.filter((p) => p.state === "granted") };
      const grantedOnly = told(world.seen, world.turn, day, windowsIn(early));
      const known = told(mangle(world.seen, world.choices), world.turn, day, windowsIn(world));
      for (const [device, row] of grantedOnly) {
        expect(clipToWindows(row.own, windowsIn(world)(device))).toEqual(known.get(device)?.own);
      }
    }),
    { numRuns: RUNS },
  );
});
