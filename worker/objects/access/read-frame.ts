// What an agent says on its stream: the results of grants. Null for anything else.

import { z } from "zod";
import { GrantResult } from "../../../schema/wire/agents.ts";
import type { GrantResult as Result } from "./calls.ts";

const MAX_CHARACTERS = 262_144;

const ResultsFrame = z.object({ type: z.literal("results"), results: z.array(GrantResult).max(1_000) });

export const readResults = (message: string | ArrayBuffer): readonly Result[] | null => {
  if (typeof message !== "string" || message.length > MAX_CHARACTERS) return null;
  try {
    const parsed = ResultsFrame.safeParse(JSON.parse(message));
    return parsed.success ? parsed.data.results : null;
  } catch {
    return null;
  }
};
