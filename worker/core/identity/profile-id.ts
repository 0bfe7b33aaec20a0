// A profile's id names an identifier, its anchor, and not a set of them: so the same facts give the same ids, an id
// stays good while profiles merge and part, and nothing needs to be remembered to know whom an old id means now.

import type { SubjectKey } from "../../../schema/ids.ts";

declare const brand: unique symbol;
/** `pr_` and the anchor's key in hex; then, if the person was erased before, how often. */
export type ProfileId = string & { readonly [brand]: "ProfileId" };

export interface Anchor {
  readonly key: SubjectKey;
  readonly generation: number;
}

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const SHAPE = /^pr_([0-9a-f]{32})([1-9a-z][0-9a-z]{0,4})?$/;

export const profileId = ({ key, generation }: Anchor): ProfileId =>
  `pr_${hexOf(key)}${generation === 0 ? "" : generation.toString(36)}` as ProfileId;

/** Null for what never was an id of ours. */
export const parseProfileId = (text: string): Anchor | null => {
  const [, hex, generation] = SHAPE.exec(text) ?? [];
  if (hex === undefined) return null;
  return { key: keyOf(hex), generation: generation === undefined ? 0 : Number.parseInt(generation, 36) };
};

/** An id means who holds its identifier now; null once that was erased, or if there is no such identifier. */
export const currentProfile = (
  id: ProfileId,
  generationOf: (key: SubjectKey) => number | null,
  anchorOf: (key: SubjectKey) => Anchor | null,
): ProfileId | null => {
  const named = parseProfileId(id);
  if (named === null || generationOf(named.key) !== named.generation) return null;
  const anchor = anchorOf(named.key);
  return anchor === null ? null : profileId(anchor);
};

/** 22 letters of 6 bits are 33 hex digits, the last of which is always 0. */
const hexOf = (key: SubjectKey): string => {
  const bits = Array.from(key).reduce((all, letter) => all * 64n + BigInt(ALPHABET.indexOf(letter)), 0n);
  return (bits >> 4n).toString(16).padStart(32, "0");
};

const keyOf = (hex: string): SubjectKey => {
  let bits = BigInt(`0x${hex}`) << 4n;
  let key = "";
  while (key.length < 22) {
    key = ALPHABET.charAt(Number(bits & 63n)) + key;
    bits >>= 6n;
  }
  return key as SubjectKey;
};
