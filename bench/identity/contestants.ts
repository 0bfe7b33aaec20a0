// Who is compared. All but ours are re-implementations from public documentation, written for this benchmark: their
// names say so, and none is the product itself.

import { DEFAULT_RULES } from "../../worker/core/identity/rules.ts";
import { connectedComponents, strongComponents } from "./connected-components.ts";
import { lastTouch } from "./last-touch.ts";
import { ours } from "./ours.ts";
import type { Resolver } from "./resolver.ts";
import { segmentLike } from "./segment-like.ts";
import { SEGMENT_ADVISED, SEGMENT_DEFAULTS } from "./segment-rules.ts";

export const CONTESTANTS: Readonly<Record<string, Resolver>> = {
  ours: ours(DEFAULT_RULES),
  "segment-like, defaults": segmentLike(SEGMENT_DEFAULTS),
  "segment-like, advised": segmentLike(SEGMENT_ADVISED),
  "connected components": connectedComponents,
  "connected components, strong edges": strongComponents,
  "last-touch-like": lastTouch("one"),
  "last-touch-like, chained": lastTouch("all"),
};
