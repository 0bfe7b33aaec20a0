// Profiles by their ids or by identifiers, as a caller may see them: read in one batch, put together, opened.

import type { ProfileId, SubjectKey } from "../../schema/ids.ts";
import type { ProfileView } from "../../schema/wire/crm.ts";
import { assembleProfile } from "../core/profile/assemble.ts";
import type { ProfileFacts } from "../core/profile/facts.ts";
import type { Access } from "../core/profile/redaction.ts";
import { servingOf } from "../core/profile/serving.ts";
import type { Seal } from "../portal/seal.ts";
import type { AccessEntry } from "../store/access-log.ts";
import type { Database } from "../store/database.ts";
import { readProfiles } from "../store/profile-rows.ts";
import { profileView } from "./profile-view.ts";

export interface ProfileReader {
  readonly db: Database;
  readonly seal: Seal;
  readonly now: number;
  readonly access: Access;
  /** Written where personal values are read. */
  readonly entry: AccessEntry;
}

export const entryOf = ({ access, entry }: Pick<ProfileReader, "access" | "entry">): AccessEntry | null =>
  access === "personal" ? entry : null;

export const viewOf = async (
  { seal, now, access }: ProfileReader,
  facts: ProfileFacts,
): Promise<ProfileView | null> => {
  const assembled = assembleProfile(facts, now, access);
  return assembled === null ? null : profileView(seal, assembled, access);
};

/** Whether an id means what is shown: not the other side of a join that does not stand any more. */
export const isMeant = (facts: ProfileFacts, id: ProfileId): boolean =>
  facts.id === id || servingOf(facts).side.some(({ ids }) => ids.includes(id));

/** By any id that was ever given. */
export const findProfile = async (reader: ProfileReader, id: ProfileId): Promise<ProfileView | null> => {
  const [facts] = await readProfiles(reader.db, { by: "id", id }, entryOf(reader));
  return facts === undefined || !isMeant(facts, id) ? null : viewOf(reader, facts);
};

/** The profiles of the first key, then those of the others; a profile once. Nothing for a key that may not be shown. */
export const findByKeys = async (
  reader: ProfileReader,
  asked: readonly (readonly SubjectKey[])[],
): Promise<ProfileView[][]> => {
  const target = { by: "keys", keys: asked.flat() } as const;
  const profiles = await readProfiles(reader.db, target, entryOf(reader));
  const views = await Promise.all(profiles.map((facts) => viewOf(reader, facts)));
  const byKey = new Map(
    profiles.flatMap((facts, index) => {
      const view = views[index] ?? null;
      return view === null ? [] : servingOf(facts).served.map(({ key }) => [key, view] as const);
    }),
  );
  return asked.map((keys) => [...new Set(keys.flatMap((key) => byKey.get(key) ?? []))]);
};
