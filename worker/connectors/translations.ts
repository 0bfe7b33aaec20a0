// Parts of what a connector gives for one webhook: what was not used, and several of them together.

import { type HookDrop, NOTHING_TOLD, type Translation } from "./connector.ts";

/** `detail`: names of fields and events, never their values. */
export const dropped = (reason: HookDrop["reason"], detail: string): Translation => ({
  ...NOTHING_TOLD,
  drops: [{ reason, detail }],
});

export const allOf = (all: readonly Translation[]): Translation => ({
  said: all.flatMap(({ said }) => said),
  erase: all.flatMap(({ erase }) => erase),
  drops: all.flatMap(({ drops }) => drops),
  left: all.flatMap(({ left }) => left),
});
