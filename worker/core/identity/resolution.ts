// What resolving answers. Lists are sorted by keys, so that equal answers look equal.

import type { SubjectKey } from "../../../schema/ids.ts";
import type { Edge } from "./edge.ts";
import type { Refusal } from "./refusal.ts";

export interface Component {
  /** The identifier of the strongest kind, first seen of these: the profile's id is made from it. */
  readonly anchor: SubjectKey;
  readonly generation: number;
  readonly members: readonly SubjectKey[];
}

export interface RefusedEdge extends Refusal {
  readonly edge: Edge;
}

export interface SharedIdentifier {
  readonly key: SubjectKey;
  /** The identifiers that it is a contact point of; their profiles are looked up when needed. */
  readonly contacts: readonly SubjectKey[];
}

export interface Resolution {
  readonly rulesVersion: string;
  readonly components: readonly Component[];
  readonly refused: readonly RefusedEdge[];
  readonly shared: readonly SharedIdentifier[];
}
