import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PURPOSES } from "../../../schema/consent.ts";
import type { SubjectKey } from "../../../schema/ids.ts";
import { type Answer, permissionWindows, standingSince } from "./permission.ts";

const SUBJECT = "AAAAAAAAAAAAAAAAAAAAAA" as SubjectKey;
const OTHER = "BBBBBBBBBBBBBBBBBBBBBA" as SubjectKey;
const question = { subject: SUBJECT, purpose: "visit_recognition" } as const;

const answer = (state: Answer["state"], at: number, more: Partial<Answer> = {}): Answer => ({
  subject: SUBJECT,
  purpose: "visit_recognition",
  state,
  at,
  userInitiated: true,
  ...more,
});

const anyAnswer: fc.Arbitrary<Answer> = fc.record({
  subject: fc.constantFrom(SUBJECT, OTHER),
  purpose: fc.constantFrom("visit_recognition", "marketing_sms"),
  state: fc.constantFrom("granted", "refused", "withdrawn"),
  at: fc.integer({ min: 0, max: 12 }),
  userInitiated: fc.boolean(),
});
const anyAnswers = fc.array(anyAnswer, { maxLength: 14 });
const anyPurpose = fc.constantFrom("visit_recognition", "marketing_sms");

/** Slow and obvious: at t it is permitted if some usable grant at or before t has no withdrawal from it up to t. */
const permittedAt = (answers: readonly Answer[], purpose: Answer["purpose"], t: number): boolean =>
  answers.some(
    (grant) =>
      grant.purpose === purpose &&
      grant.subject === SUBJECT &&
      grant.state === "granted" &&
      (grant.userInitiated || purpose === "visit_recognition") &&
      grant.at <= t &&
      !answers.some((a) => a.purpose === purpose && a.state === "withdrawn" && a.at >= grant.at && a.at <= t),
  );

describe("permissionWindows", () => {
  it.each<[string, Answer[], { from: number; to: number | null }[]]>([
    ["nothing was ever answered", [], []],
    ["a grant stands", [answer("granted", 5)], [{ from: 5, to: null }]],
    [
      "a refusal ends no standing grant",
      [answer("granted", 5), answer("refused", 9)],
      [{ from: 5, to: null }],
    ],
    ["a refusal alone permits nothing", [answer("refused", 5)], []],
    ["a withdrawal ends it", [answer("granted", 5), answer("withdrawn", 9)], [{ from: 5, to: 9 }]],
    ["at the same instant the withdrawal wins", [answer("granted", 5), answer("withdrawn", 5)], []],
    [
      "a later grant opens a second window",
      [answer("granted", 5), answer("withdrawn", 9), answer("granted", 20)],
      [
        { from: 5, to: 9 },
        { from: 20, to: null },
      ],
    ],
    [
      "a repeated grant moves no start",
      [answer("granted", 5), answer("granted", 7)],
      [{ from: 5, to: null }],
    ],
    ["another purpose does not count", [answer("granted", 5, { purpose: "marketing_sms" })], []],
    ["another identifier's grant does not widen", [answer("granted", 5, { subject: OTHER })], []],
    [
      "another identifier's withdrawal narrows",
      [answer("granted", 5), answer("withdrawn", 8, { subject: OTHER })],
      [{ from: 5, to: 8 }],
    ],
  ])("%s", (_, answers, windows) => {
    expect(permissionWindows(answers, question)).toEqual(windows);
  });

  it("never lets an imported grant permit marketing", () => {
    const imported = PURPOSES.map((purpose) => answer("granted", 1, { purpose, userInitiated: false }));
    const open = PURPOSES.filter(
      (purpose) => standingSince(imported, { subject: SUBJECT, purpose }) !== null,
    );
    expect(open).toEqual(["visit_recognition", "profile_linking"]);
  });

  it("equals the slow and obvious reading at every instant", () => {
    fc.assert(
      fc.property(anyAnswers, anyPurpose, fc.integer({ min: -1, max: 14 }), (answers, purpose, t) => {
        const windows = permissionWindows(answers, { subject: SUBJECT, purpose });
        const inside = windows.some(({ from, to }) => from <= t && (to === null || t < to));
        expect(inside).toBe(permittedAt(answers, purpose, t));
      }),
      { numRuns: 2_000 },
    );
  });

  it("does not depend on the order of the answers or on repeats", () => {
    const shuffled = anyAnswers.chain((answers) =>
      fc.tuple(
        fc.constant(answers),
        fc.shuffledSubarray([...answers, ...answers], {
          minLength: answers.length * 2,
          maxLength: answers.length * 2,
        }),
      ),
    );
    fc.assert(
      fc.property(shuffled, anyPurpose, ([answers, again], purpose) => {
        const asked = { subject: SUBJECT, purpose };
        expect(permissionWindows(again, asked)).toEqual(permissionWindows(answers, asked));
      }),
      { numRuns: 1_000 },
    );
  });

  it("never widens when a withdrawal is added", () => {
    fc.assert(
      fc.property(
        anyAnswers,
        fc.integer({ min: 0, max: 12 }),
        fc.integer({ min: 0, max: 14 }),
        (answers, at, t) => {
          const permits = (set: readonly Answer[]) =>
            permissionWindows(set, question).some(({ from, to }) => from <= t && (to === null || t < to));
          const withdrawn = [...answers, answer("withdrawn", at)];
          expect(permits(withdrawn) && !permits(answers)).toBe(false);
        },
      ),
      { numRuns: 1_000 },
    );
  });
});

describe("standingSince", () => {
  it("is null after a withdrawal and the new grant's instant after a new grant", () => {
    const answers = [answer("granted", 1), answer("withdrawn", 2)];
    expect(standingSince(answers, question)).toBeNull();
    expect(standingSince([...answers, answer("granted", 3)], question)).toBe(3);
  });
});
