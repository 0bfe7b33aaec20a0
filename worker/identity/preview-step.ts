// One step of a preview: what other rules would do to the profiles anchored at the next identifiers, in the order of keys.
// A step holds its own identifiers and what hangs together with them, and nothing else of the brand.

import type { ProfileId, SubjectKey } from "../../schema/ids.ts";
import type { PreviewView } from "../../schema/wire/identity.ts";
import { type Found, previewKeys } from "../core/identity/preview.ts";
import type { ProfileChange } from "../core/identity/profile-changes.ts";
import type { Rules } from "../core/identity/rules.ts";
import type { Database } from "../store/database.ts";
import { countIdentifiers, keysAfter } from "../store/identifier-keys.ts";
import { lookAround } from "./look-around.ts";
import type { ProfileIdOf } from "./profile-ids.ts";

const STEP = 500;

export interface PreviewAsk {
  readonly before: Rules;
  readonly after: Rules;
  /** The last identifier of the step before. */
  readonly from: SubjectKey | null;
  readonly idOf: ProfileIdOf;
}

export const previewStep = async (
  db: Database,
  { before, after, from, idOf }: PreviewAsk,
): Promise<PreviewView> => {
  const keys = await keysAfter(db, from, STEP);
  const of = from === null ? await countIdentifiers(db) : null;
  const found = await lookAround(db, keys, [{ rules: before }, { rules: after }], ([was, becomes]) =>
    previewKeys(was, becomes, new Set(keys)),
  );
  const named = ({ count, samples }: Found<ProfileChange>) => ({
    count,
    samples: samples.map(({ anchorId, previousIds }): { profileId: ProfileId; previousIds: ProfileId[] } => ({
      profileId: idOf(anchorId),
      previousIds: previousIds.map(idOf),
    })),
  });
  return {
    rulesBefore: found.rulesBefore,
    rulesAfter: found.rulesAfter,
    looked: keys.length,
    of,
    profilesBefore: found.profilesBefore,
    profilesAfter: found.profilesAfter,
    merged: named(found.merged),
    split: named(found.split),
    becomesShared: found.becomesShared.count,
    noLongerShared: found.noLongerShared.count,
    next: keys.length < STEP ? null : (keys.at(-1) ?? null),
  };
};
