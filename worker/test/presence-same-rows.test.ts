// Invariant 3 at the level of the branch object's rows: whatever order batches and facts arrive in, however often,
// what is published at the end equals the slow model of all that was accepted. Real SQLite of a real object.

import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { BranchSettings } from "../../schema/definitions.ts";
import type { BranchId, BusinessDay, DeviceToken, SubjectKey } from "../../schema/ids.ts";
import type { FactMessage } from "../../schema/messages.ts";
import { addDays, boundsOf } from "../core/presence/day.ts";
import type { DeviceFact } from "../core/presence/device-fact.ts";
import { applyFacts } from "../objects/branch/apply-facts.ts";
import { takeObservations } from "../objects/branch/ingest.ts";
import { publishFootfall, publishVisits } from "../objects/branch/publish.ts";
import { mangle, shuffled } from "./model/mangle.ts";
import {
  choicesArb,
  definitionsArb,
  DEVICES,
  permissionsNear,
  seenNear,
  signInsNear,
} from "./model/scenario.ts";
import { type Seen, slowFootfall, slowVisits, type World } from "./model/slow-presence.ts";

const RUNS = 1_000;
const HOUR = 3_600_000;
const BRANCH = "q1" as BranchId;
const PLACE = { timezone: "America/New_York", dayStartHour: 4 };
/** 25 hours long; the tests look around its end. */
const FIRST = boundsOf("2026-10-31" as BusinessDay, PLACE);
const SECOND = boundsOf(addDays(FIRST.day, 1), PLACE);
const TURN = FIRST.end;

type Step = { kind: "seen"; batch: Seen[] } | { kind: "facts"; batch: DeviceFact[] } | { kind: "publish" };

const exclusionArb = fc.record({
  device: fc.constantFrom(...DEVICES),
  state: fc.constantFrom("on" as const, "off" as const),
});
const exclusionsArb = fc.oneof(
  { weight: 2, arbitrary: fc.array(exclusionArb, { maxLength: 0 }) },
  { weight: 1, arbitrary: fc.array(exclusionArb, { minLength: 1, maxLength: 3 }) },
);

const history = fc.record({
  seen: seenNear(TURN, 7),
  signIns: signInsNear(TURN, 4),
  permissions: permissionsNear(TURN, 4),
  exclusions: exclusionsArb,
  definitions: definitionsArb,
  choices: choicesArb,
});
type History = typeof history extends fc.Arbitrary<infer T> ? T : never;

const factsOf = ({ signIns, permissions, exclusions }: History): DeviceFact[] =>
  [
    ...signIns.map(({ device, subject, at, here }) => ({
      kind: "sign_in" as const,
      device: device as DeviceToken,
      subject: subject as SubjectKey | null,
      branchId: here ? BRANCH : ("elsewhere" as BranchId),
      at,
    })),
    ...permissions.map((p) => ({ kind: "permission" as const, ...p, subject: p.subject as SubjectKey })),
    ...exclusions.map((e) => ({
      kind: "exclusion" as const,
      ...e,
      device: e.device as DeviceToken,
      at: TURN,
    })),
  ].map((fact, index) => ({ ...fact, seq: index + 1 }));

/** Batches of observations and facts, some facts twice, in an order that the choices give. */
const stepsOf = (past: History): Step[] => {
  let turn = 0;
  const choose = (): number => past.choices[turn++ % past.choices.length] ?? 0;
  const chunks = <T>(items: readonly T[]): T[][] => {
    const out: T[][] = [];
    for (const item of items) {
      const last = out.at(-1);
      if (last && choose() < 0.5) last.push(item);
      else out.push([item]);
    }
    return out;
  };
  const facts = shuffled(factsOf(past), choose).flatMap((fact) => (choose() < 0.2 ? [fact, fact] : [fact]));
  const steps: Step[] = [
    ...chunks(mangle(past.seen, past.choices)).map((batch): Step => ({ kind: "seen", batch })),
    ...chunks(facts).map((batch): Step => ({ kind: "facts", batch })),
    ...Array.from({ length: 4 }, (): Step => ({ kind: "publish" })),
  ];
  return shuffled(steps, choose);
};

const clear = (sql: SqlStorage): void => {
  for (const table of ["facts", "days", "footfall", "recognised", "outbox"]) sql.exec(`DELETE FROM ${table}`);
};

const publish = (sql: SqlStorage, settings: BranchSettings, now: number): void => {
  publishVisits(sql, BRANCH, settings, now);
  publishFootfall(sql, BRANCH, settings, now);
};

/** Plays the steps into the rows; answers what the object accepted, by its own verdicts and by the exclusions. */
const play = (sql: SqlStorage, steps: readonly Step[], settings: BranchSettings): Seen[] => {
  let accepted: Seen[] = [];
  const exclusions = new Map<number, { device: string; state: "on" | "off" }>();
  steps.forEach((step, index) => {
    const now = TURN - HOUR + Math.floor((index / steps.length) * 30 * HOUR);
    if (step.kind === "publish") publish(sql, settings, now);
    else if (step.kind === "facts") {
      applyFacts(sql, step.batch, BRANCH, settings, now);
      for (const fact of step.batch) if (fact.kind === "exclusion") exclusions.set(fact.seq, fact);
      const latest = new Map(
        [...exclusions].toSorted(([a], [b]) => a - b).map(([, e]) => [e.device, e.state]),
      );
      accepted = accepted.filter((o) => latest.get(o.device) !== "on");
    } else {
      const judged = step.batch.map((o, at) => ({ ...o, device: o.device as DeviceToken, index: at }));
      const { dropped } = takeObservations(sql, judged, BRANCH, settings, now);
      const out = new Set(dropped.map((drop) => drop.index));
      expect(dropped.every((drop) => drop.reason === "excluded_device")).toBe(true);
      accepted.push(...step.batch.filter((_, at) => !out.has(at)));
    }
  });
  return accepted;
};

const published = (sql: SqlStorage) => {
  const newest = new Map<string, Extract<FactMessage, { kind: "visits" | "footfall" }>>();
  for (const { body } of sql.exec<{ body: string }>("SELECT body FROM outbox ORDER BY id")) {
    const message = JSON.parse(body) as Extract<FactMessage, { kind: "visits" | "footfall" }>;
    const key = message.kind === "visits" ? `${message.day}/${message.device}` : message.day;
    expect(message.revision).toBe((newest.get(key)?.revision ?? 0) + 1);
    newest.set(key, message);
  }
  return {
    visits: (day: BusinessDay, device: string) => {
      const message = newest.get(`${day}/${device}`);
      return message?.kind === "visits" ? message.visits : [];
    },
    footfall: (day: BusinessDay) => {
      const message = newest.get(day);
      return message?.kind === "footfall" ? message : null;
    },
  };
};

const NOBODY = { hours: [], devices: 0, randomisedDevices: 0, peakOccupancy: 0 };

const check = (sql: SqlStorage, past: History): void => {
  const settings: BranchSettings = { ...PLACE, definitions: past.definitions, definitionsVersion: "test" };
  clear(sql);
  const seen = play(sql, stepsOf(past), settings);
  const world: World = { ...past, seen };
  const settled = TURN + 30 * HOUR;
  publish(sql, settings, settled);
  const open = published(sql);
  for (const day of [FIRST, SECOND]) {
    for (const device of DEVICES) {
      expect(open.visits(day.day, device)).toEqual(slowVisits(world, device, day, past.definitions));
    }
    const counts = open.footfall(day.day)?.counts ?? NOBODY;
    expect(counts).toEqual(slowFootfall(world, day, past.definitions, settled));
  }
  publish(sql, settings, SECOND.end + past.definitions.footfallLatenessMs);
  const after = published(sql);
  for (const day of [FIRST, SECOND]) {
    const frozen = after.footfall(day.day);
    if (frozen)
      expect(frozen).toMatchObject({ closed: true, counts: open.footfall(day.day)?.counts ?? NOBODY });
  }
  expect(sql.exec("SELECT * FROM footfall").toArray()).toEqual([]);
  expect(sql.exec("SELECT * FROM days WHERE salt IS NOT NULL").toArray()).toEqual([]);
};

test("batches, facts, exclusions and publications in any order and number publish what the slow model says of what was accepted", async () => {
  const runs = await runInDurableObject(env.BRANCH.get(env.BRANCH.idFromName("rows")), (_, state) => {
    let played = 0;
    const property = fc.property(history, (past) => {
      state.storage.transactionSync(() => check(state.storage.sql, past));
      played += 1;
    });
    fc.assert(property, { numRuns: RUNS });
    return played;
  });
  expect(runs).toBe(RUNS);
});
