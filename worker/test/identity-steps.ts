// What may happen to facts of identity, drawn at random: numbers stand for whoever it happens to (identity-world.ts).

import * as fc from "fast-check";
import { PURCHASES_MS } from "../store/forget-dormant.ts";
import { NOW } from "./identity-turns.ts";

const DAY = 86_400_000;

const one = fc.nat(1_000);
const timeArb = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: 0, max: 500 }).map((hours) => NOW - hours * 3_600_000) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 40 }).map((days) => NOW - PURCHASES_MS - days * DAY) },
);
const orderArb = fc.record({
  kind: fc.constant("order" as const),
  till: one,
  code: fc.option(one),
  phone: fc.option(one, { freq: 4 }),
  mail: fc.option(one, { freq: 1 }),
  time: timeArb,
});
const stepArb = fc.oneof(
  { weight: 8, arbitrary: orderArb },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant("signIn" as const), who: one, links: fc.boolean() }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("withdraw" as const), who: one }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("join" as const), who: one, mail: one }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant("state" as const), a: one, b: one, same: fc.boolean() }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constantFrom("unsay", "retract", "block", "open", "erase", "dormant", "askAgain"),
      which: one,
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constantFrom("deliver", "turn", "break", "lanes", "drain"),
      which: one,
    }),
  },
);
export type Step =
  | (typeof stepArb extends fc.Arbitrary<infer T> ? T : never)
  | { kind: "rules"; which: number };

/** Seldom: a rebuild at the end would make good what was forgotten to wait. */
export const stepsArb = fc
  .record({
    steps: fc.array(stepArb, { minLength: 10, maxLength: 60, size: "max" }),
    rules: fc.oneof(
      { weight: 3, arbitrary: fc.array(fc.tuple(one, one), { maxLength: 0 }) },
      { weight: 1, arbitrary: fc.array(fc.tuple(one, one), { minLength: 1, maxLength: 3 }) },
    ),
  })
  .map(({ steps, rules }) =>
    rules.reduce<Step[]>(
      (all, [place, which]) => all.toSpliced(place % all.length, 0, { kind: "rules", which }),
      steps,
    ),
  );
