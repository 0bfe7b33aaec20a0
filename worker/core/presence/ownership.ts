// Whose device it was when: a pure function of the sign-ins on a token and the recognition permission of each
// owner. A device never joins two people: a sign-in by another person ends the earlier ownership.

import type { DeviceToken, SubjectKey } from "../../../schema/ids.ts";
import type { Window } from "./segments.ts";

/** `subject` null: somebody signed in without allowing recognition; it ends the earlier ownership and starts none. */
export interface SignIn {
  device: DeviceToken;
  subject: SubjectKey | null;
  at: number;
}

export interface Permission {
  subject: SubjectKey;
  at: number;
  state: "granted" | "withdrawn";
}

export interface OwnedWindow extends Window {
  subject: SubjectKey;
}

/** [grant, withdrawal) windows of one subject. At the same moment the withdrawal wins. */
export const permissionWindows = (permissions: readonly Permission[]): Window[] => {
  const sorted = permissions.toSorted(
    (a, b) => a.at - b.at || Number(a.state === "withdrawn") - Number(b.state === "withdrawn"),
  );
  const out: Window[] = [];
  let start: number | null = null;
  for (const { at, state } of sorted) {
    if (state === "granted") start ??= at;
    else if (start !== null) {
      if (at > start) out.push({ start, end: at });
      start = null;
    }
  }
  if (start !== null) out.push({ start, end: Infinity });
  return out;
};

/** Ties between two sign-ins at one moment go to the greater subject key, so that order cannot matter. */
const bySignIn = (a: SignIn, b: SignIn): number =>
  a.at - b.at || ((a.subject ?? "") < (b.subject ?? "") ? -1 : Number((a.subject ?? "") > (b.subject ?? "")));

/**
 * The windows in which observations of one token belong to somebody: from each proven sign-in to the next by
 * another person, within that person's permission. Disjoint and sorted.
 */
export const ownedWindows = (
  signIns: readonly SignIn[],
  permissionsOf: (subject: SubjectKey) => readonly Permission[],
): OwnedWindow[] => {
  const sorted = signIns.toSorted(bySignIn);
  const spans: { subject: SubjectKey; start: number; end: number }[] = [];
  sorted.forEach((signIn, index) => {
    if (signIn.subject === null) return;
    const end = sorted[index + 1]?.at ?? Infinity;
    const last = spans.at(-1);
    if (last && last.end === signIn.at && last.subject === signIn.subject) last.end = end;
    else if (end > signIn.at) spans.push({ subject: signIn.subject, start: signIn.at, end });
  });
  return spans.flatMap((span) =>
    permissionWindows(permissionsOf(span.subject)).flatMap((window) => {
      const start = Math.max(span.start, window.start);
      const end = Math.min(span.end, window.end);
      return start < end ? [{ subject: span.subject, start, end }] : [];
    }),
  );
};
