// Reads one request with its words. That they were read is written down before they are opened: a crash between the two
// names one read too many, never one too few.

import { type AccessEntry, logOneAccess } from "../../store/access-log.ts";
import { findRequest, type RequestFound } from "../../store/requests.ts";
import type { RightsParts } from "./parts.ts";
import { openNote, type RequestNote } from "./request-note.ts";

export interface ReadRequest {
  readonly row: RequestFound;
  readonly note: RequestNote | null;
}

export const readRequest = async (
  { db, seal }: RightsParts,
  id: string,
  by: Omit<AccessEntry, "action">,
): Promise<ReadRequest | null> => {
  const row = await findRequest(db, id);
  if (row === null) return null;
  if (row.note === null) return { row, note: null };
  await logOneAccess(db, row.profileId, { ...by, action: "request" });
  return { row, note: await openNote(seal, row.id, row.note) };
};
