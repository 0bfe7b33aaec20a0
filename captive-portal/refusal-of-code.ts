// Why a typed code was not taken, as it is counted.

import type { CodeVerdict } from "./ports.ts";
import type { PortalRefusal } from "./refusals.ts";

/** Null: it was right. */
export const refusalOfCode = (verdict: CodeVerdict): PortalRefusal | null => {
  switch (verdict.kind) {
    case "right":
      return null;
    case "wrong":
      return verdict.attemptsLeft > 0 ? "code_wrong" : "code_too_many";
    case "expired":
    case "used":
    case "too_many":
    case "none":
      return `code_${verdict.kind}`;
  }
};
