// Opens a sealed value for an answer that holds many: one whose key is gone, or that was damaged, is left out and logged by
// its id, and the rest is told. Where the value itself is what was asked for, `Seal.open` throws.

import { describeError } from "../describe-error.ts";
import type { Seal } from "./seal.ts";

/** Null for a value that does not open. `context` names the row and holds no value. */
export const openIfReadable = async (seal: Seal, sealed: string, context: string): Promise<string | null> => {
  try {
    return await seal.open(sealed, context);
  } catch (error) {
    console.error("A sealed value does not open", { of: context, error: describeError(error) });
    return null;
  }
};
