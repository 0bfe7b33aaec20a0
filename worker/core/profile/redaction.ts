// What is left out of a profile for one caller.

import type { RedactedField, RedactionReason } from "../../../schema/redaction.ts";

/** `personal`: the caller may see personal values. */
export type Access = "personal" | "redacted";

export interface Redaction {
  readonly field: RedactedField;
  readonly reason: RedactionReason;
}
