// The cursor of the snapshot: where the change feed ended when the snapshot began, and the last profile that was told.

import { parseProfileId, type ProfileId } from "../../../schema/ids.ts";

export interface SnapshotPlace {
  readonly changes: number;
  readonly after: ProfileId;
}

export const writePlace = ({ changes, after }: SnapshotPlace): string =>
  Buffer.from(`s1:${changes}:${after}`).toString("base64url");

/** Null for what is no cursor of ours. */
export const readPlace = (text: string): SnapshotPlace | null => {
  const [, changes, id = ""] = /^s1:(\d{1,15}):(\w+)$/.exec(Buffer.from(text, "base64url").toString()) ?? [];
  const after = parseProfileId(id);
  return changes === undefined || after === null ? null : { changes: Number(changes), after };
};
