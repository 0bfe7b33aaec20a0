// What a subject permits, as a pure function of a set of answers: their order, repetition and origin do not matter.
// A refusal (a box left empty) ends nothing; a withdrawal by any identifier of the same person ends every older grant.

import type { ConsentState, Purpose } from "../../../schema/consent.ts";
import type { SubjectKey } from "../../../schema/ids.ts";

/** The part of an entry that permission depends on. */
export interface Answer {
  readonly subject: SubjectKey;
  readonly purpose: Purpose;
  readonly state: ConsentState;
  readonly at: number;
  readonly userInitiated: boolean;
  /** A text changed: what that subject had granted ends, and what others of the same person granted since does not. */
  readonly outdated?: true;
}

/** From the grant on, up to but not including the withdrawal; `to` is null while it stands. */
export interface PermissionWindow {
  readonly from: number;
  readonly to: number | null;
}

export interface PermissionQuestion {
  readonly subject: SubjectKey;
  readonly purpose: Purpose;
}

/** All windows in which `subject` permitted `purpose`, oldest first, never touching or overlapping. */
export const permissionWindows = (
  answers: readonly Answer[],
  { subject, purpose }: PermissionQuestion,
): readonly PermissionWindow[] => {
  const own = answers.filter((answer) => answer.purpose === purpose);
  const grants = own.filter((answer) => answer.subject === subject && isUsableGrant(answer));
  // Given the records of every identifier of a person, a withdrawal on any of them counts (invariant 7).
  const ends = ascending(
    own.filter(
      (answer) => answer.state === "withdrawn" && (answer.outdated !== true || answer.subject === subject),
    ),
  );
  const windows: PermissionWindow[] = [];
  for (const from of ascending(grants)) {
    const last = windows.at(-1);
    if (last !== undefined && (last.to === null || from < last.to)) continue;
    // At the same instant the withdrawal wins, so that grant opens nothing.
    const to = ends.find((end) => end >= from) ?? null;
    if (to !== from) windows.push({ from, to });
  }
  return windows;
};

/** The instant since when the permission stands without a break, or null when it does not stand. */
export const standingSince = (answers: readonly Answer[], question: PermissionQuestion): number | null => {
  const last = permissionWindows(answers, question).at(-1);
  return last !== undefined && last.to === null ? last.from : null;
};

const isUsableGrant = (answer: Answer): boolean =>
  answer.state === "granted" && (answer.userInitiated || !answer.purpose.startsWith("marketing_"));

const ascending = (answers: readonly Answer[]): readonly number[] =>
  answers.map((answer) => answer.at).toSorted((a, b) => a - b);
