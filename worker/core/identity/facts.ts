// What identity is decided from: identifiers, evidence that two of them belong together, and what operators state.
// All are sets: nothing here, and nothing made from it, may depend on the order or number of times it was told.

import type { SubjectKey } from "../../../schema/ids.ts";
import type { Realm } from "./node-key.ts";

export interface Node {
  readonly key: SubjectKey;
  readonly realm: Realm;
  /** `phone`, `zalo_app:{appId}`, `customer:{source}`, … */
  readonly kind: string;
  /** The earliest time that anything told of it; orders anchors, so that a profile keeps the id that others know. */
  readonly firstSeenAt: number;
  /** How often what this identifier stood for was erased; a new generation gives new profile ids. */
  readonly generation: number;
  /** The value says nothing about anyone (`0000000000`, `test@`): it joins nobody and is no contact point. */
  readonly blocked: boolean;
}

/** 1 proven, 2 asserted, 3 weak. */
export type Trust = 1 | 2 | 3;

export interface Evidence {
  readonly id: string;
  readonly a: SubjectKey;
  readonly b: SubjectKey;
  readonly trust: Trust;
  readonly source: string;
  readonly observedAt: number;
  /** The `profile_linking` consent it rests on; only such evidence joins the two realms. */
  readonly consentId: string | null;
  /** False once retracted or its consent withdrawn: then it counts as never seen, however often it is told. */
  readonly active: boolean;
}

/** By an operator. The newest of one pair counts; of two at one instant "not the same" does. */
export interface Statement {
  readonly id: string;
  readonly a: SubjectKey;
  readonly b: SubjectKey;
  readonly says: "same" | "not_same";
  readonly reason: string;
  readonly at: number;
  readonly active: boolean;
}

export interface Facts {
  readonly nodes: readonly Node[];
  readonly evidence: readonly Evidence[];
  readonly statements: readonly Statement[];
}

/**
 * Facts by identifier. Each answers null for what was not loaded, so that a caller can load it and ask again.
 * Evidence may be cut off only where `standing.ts` says that the rest cannot matter.
 */
export interface KnownFacts {
  node(key: SubjectKey): Node | "unknown" | null;
  evidence(key: SubjectKey): readonly Evidence[] | null;
  statements(key: SubjectKey): readonly Statement[] | null;
}
