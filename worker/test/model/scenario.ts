// Small random branches around the edges that matter: the turn of a business day, an hour's start, a shared
// device, a grant and a withdrawal at the same minute. Times are few, so that ties and touching ends are common.

import fc from "fast-check";
import { DEFAULT_DEFINITIONS, type Definitions } from "../../../schema/definitions.ts";
import type { Permitted, Seen, SignedIn } from "./slow-presence.ts";

const MINUTE = 60_000;

/** 16 bytes in base64url, so that the real object takes them as they are. */
export const DEVICES = [
  "AAAAAAAAAAAAAAAAAAAAAA",
  "BBBBBBBBBBBBBBBBBBBBBA",
  "CCCCCCCCCCCCCCCCCCCCCA",
] as const;
export const SUBJECTS = ["annannannannannannannA", "binbinbinbinbinbinbinA"] as const;

/** Devices keep their randomised bit: it is part of the address that the token was made from. */
const isRandomised = (device: string): boolean => device !== DEVICES[0];

/** Minutes around `turn`, mostly of a few that meet each other, now and then a millisecond beside them. */
export const momentNear = (turn: number): fc.Arbitrary<number> =>
  fc
    .tuple(
      fc.oneof(
        { weight: 6, arbitrary: fc.constantFrom(-60, -30, -20, -10, -5, 0, 5, 10, 15, 20, 30, 60) },
        { weight: 3, arbitrary: fc.integer({ min: -45, max: 45 }) },
        { weight: 1, arbitrary: fc.integer({ min: -700, max: 700 }) },
      ),
      fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.constantFrom(-1, 1) }),
    )
    .map(([minutes, beside]) => turn + minutes * MINUTE + beside);

/** The first most often, so that what is random still meets: one device, its people, their words. */
const firstMostly = <T>(items: readonly T[]): fc.Arbitrary<T> =>
  fc.oneof(...items.map((item, index) => ({ weight: index === 0 ? 4 : 2, arbitrary: fc.constant(item) })));

/** Sign-ins and consents mostly come at the beginning of what is seen. */
const factMoment = (turn: number): fc.Arbitrary<number> =>
  fc.oneof(
    momentNear(turn),
    fc.constantFrom(-60, -30, -20).map((minutes) => turn + minutes * MINUTE),
  );

export const seenNear = (turn: number, most: number): fc.Arbitrary<Seen[]> =>
  fc.array(
    fc
      .record({
        device: firstMostly(DEVICES),
        one: momentNear(turn),
        other: momentNear(turn),
        left: fc.boolean(),
      })
      .map(({ device, one, other, left }) => ({
        device,
        from: Math.min(one, other),
        to: Math.max(one, other),
        left,
        randomised: isRandomised(device),
      })),
    { minLength: 1, maxLength: most },
  );

export const signInsNear = (turn: number, most: number): fc.Arbitrary<SignedIn[]> =>
  fc.array(
    fc.record({
      device: firstMostly(DEVICES),
      subject: fc.oneof(
        { weight: 5, arbitrary: firstMostly(SUBJECTS) },
        { weight: 1, arbitrary: fc.constant(null) },
      ),
      at: factMoment(turn),
      here: fc.boolean(),
    }),
    { minLength: 1, maxLength: most },
  );

export const permissionsNear = (turn: number, most: number): fc.Arbitrary<Permitted[]> =>
  fc.array(
    fc.record({
      subject: firstMostly(SUBJECTS),
      at: factMoment(turn),
      state: fc.constantFrom("granted" as const, "granted" as const, "withdrawn" as const),
    }),
    { minLength: 1, maxLength: most },
  );

export const definitionsArb: fc.Arbitrary<Definitions> = fc
  .record({
    gapMs: fc.constantFrom(0, MINUTE, 5 * MINUTE, 15 * MINUTE),
    minDwellMs: fc.constantFrom(0, 5 * MINUTE, 10 * MINUTE),
    engagedMs: fc.constantFrom(10 * MINUTE, 15 * MINUTE),
    fixtureMs: fc.constantFrom(30 * MINUTE, 720 * MINUTE),
  })
  .map((some) => ({ ...DEFAULT_DEFINITIONS, ...some }));

/** Many small decisions, each from 0 to just under 1 and evenly spread (arbitrary doubles are nearly all tiny). */
export const choicesArb: fc.Arbitrary<number[]> = fc.array(
  fc.integer({ min: 0, max: 996 }).map((n) => n / 997),
  { minLength: 40, maxLength: 60 },
);
