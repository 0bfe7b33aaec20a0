// The complete set of recognised visits of one (branch, token, business day): the token's segments, clipped to
// the windows in which they belong to a consenting person, joined into stays person by person.

import type { Definitions } from "../../../schema/definitions.ts";
import type { SubjectKey } from "../../../schema/ids.ts";
import type { OwnedWindow } from "./ownership.ts";
import { clip, type Segment, union } from "./segments.ts";
import { stays } from "./sessions.ts";

export interface RecognisedVisit {
  subject: SubjectKey;
  startedAt: number;
  endedAt: number;
  counted: boolean;
  estimated: boolean;
  signedIn: boolean;
}

/** All that may be kept of a token under the windows; a pure union, so it does not matter when it is applied. */
export const clipToWindows = (segments: readonly Segment[], windows: readonly OwnedWindow[]): Segment[] =>
  union(windows.flatMap((window) => clip(segments, window)));

export const recognisedVisits = (
  segments: readonly Segment[],
  windows: readonly OwnedWindow[],
  signIns: readonly { subject: SubjectKey | null; at: number }[],
  definitions: Pick<Definitions, "gapMs" | "minDwellMs" | "fixtureMs">,
): RecognisedVisit[] => {
  const subjects = [...new Set(windows.map((window) => window.subject))].toSorted();
  const visits = subjects.flatMap((subject) => {
    const own = windows.filter((window) => window.subject === subject);
    const at = signIns.filter((signIn) => signIn.subject === subject).map((signIn) => signIn.at);
    return stays(
      own.flatMap((window) => clip(segments, window)),
      at,
      definitions,
    ).flatMap((stay) =>
      stay.kind === "fixture"
        ? []
        : [
            {
              subject,
              startedAt: stay.from,
              endedAt: stay.to,
              counted: stay.kind === "visit",
              estimated: stay.estimated,
              signedIn: stay.signedIn,
            },
          ],
    );
  });
  return visits.toSorted((a, b) => a.startedAt - b.startedAt || (a.subject < b.subject ? -1 : 1));
};
