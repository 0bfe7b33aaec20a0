// What a profile is called among ourselves: its anchor, an identifier, and not a set of them. So the same facts give the
// same names, a name stays good while profiles merge and part, and old ones need no memory. The public id is a keyed
// hash of it (worker/identity/profile-ids.ts).

import { parseSubjectKey, type SubjectKey } from "../../../schema/ids.ts";

declare const brand: unique symbol;
/** The anchor's key; then, if the person was erased before, a dot and how often. */
export type AnchorId = string & { readonly [brand]: "AnchorId" };

export interface Anchor {
  readonly key: SubjectKey;
  readonly generation: number;
}

export const anchorId = ({ key, generation }: Anchor): AnchorId =>
  `${key}${generation === 0 ? "" : `.${generation}`}` as AnchorId;

/** Null for what never was an id of ours. */
export const parseAnchorId = (text: string): Anchor | null => {
  const [, letters = "", generation] = /^([^.]+)(?:\.([1-9]\d{0,8}))?$/.exec(text) ?? [];
  const key = parseSubjectKey(letters);
  return key === null ? null : { key, generation: generation === undefined ? 0 : Number(generation) };
};
