// The cursor of a list. One of another list, or of none, is refused: it would begin anew, or pass over rows in silence.

import { z } from "zod";

/** `pattern`: how this list writes its own. */
export const cursorLike = (pattern: RegExp) =>
  z.string().max(200).regex(pattern, "is no cursor of this list").optional();
