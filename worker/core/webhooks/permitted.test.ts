import { describe, expect, test } from "vitest";
import type { ChangeType } from "../../../schema/changes.ts";
import type { SubjectKey } from "../../../schema/ids.ts";
import type { Answer } from "../consent/permission.ts";
import { permitted, type Standing } from "./permitted.ts";

const answer = (
  state: Answer["state"],
  at: number,
  subject = "a",
  purpose = "visit_recognition",
): Answer => ({
  subject: subject as SubjectKey,
  purpose: purpose as Answer["purpose"],
  state,
  at,
  userInitiated: true,
});
const standing = (...answers: Answer[]): Standing => ({ restricted: false, unlinked: false, answers });
const VISIT = { branchId: "q1", startedAt: 1 };
const GRANTED = standing(answer("granted", 1));

describe("a visit", () => {
  test.each<[string, Standing, string]>([
    ["is told while recognition stands", GRANTED, "send"],
    ["is not told without a grant", standing(), "no_consent"],
    ["is not told after a withdrawal", standing(answer("granted", 1), answer("withdrawn", 2)), "no_consent"],
    [
      "is not told after another member's",
      standing(answer("granted", 1), answer("withdrawn", 2, "b")),
      "no_consent",
    ],
    ["is told after a new grant", standing(answer("withdrawn", 2), answer("granted", 3)), "send"],
    [
      "is not told of a restricted person",
      { restricted: true, unlinked: false, answers: [answer("granted", 1)] },
      "restricted",
    ],
    [
      "is not told under the id of a shop's side that is not linked",
      { restricted: false, unlinked: true, answers: [answer("granted", 1)] },
      "no_consent",
    ],
    ["is not told of an erased one", null, "erased"],
  ])("%s", (_, state, expected) => {
    for (const type of ["visit.started", "visit.completed", "visit.amended"] as ChangeType[]) {
      const word = permitted(type, VISIT, state);
      expect(word.kind === "send" ? "send" : word.because).toBe(expected);
    }
  });
});

describe("a change of consent", () => {
  const told = (...states: string[]) => ({
    consents: states.map((state) => ({ purpose: "visit_recognition", state, at: "then" })),
  });

  test("tells a grant that stands, and no grant that was withdrawn since", () => {
    expect(permitted("consent.changed", told("granted"), GRANTED)).toEqual({
      kind: "send",
      data: told("granted"),
    });
    expect(permitted("consent.changed", told("granted"), standing(answer("withdrawn", 2)))).toEqual({
      kind: "withhold",
      because: "no_consent",
    });
  });

  test("tells every withdrawal and refusal, and leaves out the grant beside it that is none any more", () => {
    const ended = standing(answer("granted", 1), answer("withdrawn", 2));
    const data = told("granted", "withdrawn", "refused");
    expect(permitted("consent.changed", data, ended)).toEqual({
      kind: "send",
      data: told("withdrawn", "refused"),
    });
  });

  test("tells no grant of a restricted person, and still every withdrawal", () => {
    const restricted = { restricted: true, unlinked: false, answers: [answer("granted", 1)] };
    const word = permitted("consent.changed", told("granted"), restricted);
    expect(word).toEqual({ kind: "withhold", because: "restricted" });
    const data = told("granted", "withdrawn");
    expect(permitted("consent.changed", data, restricted)).toEqual({ kind: "send", data: told("withdrawn") });
  });

  test("is not told of who was erased", () => {
    expect(permitted("consent.changed", told("withdrawn"), null)).toMatchObject({ because: "erased" });
  });
});

test.each(["created", "updated", "merged", "split", "erased"] as ChangeType[])(
  "%s names profiles only and is always told",
  (type) => expect(permitted(type, {}, null)).toEqual({ kind: "send", data: {} }),
);
