// Which consent categories an event of a source must carry (`context.consent.categoryPreferences`); without them it is
// counted and keeps no identity.

import type { SourceConfig } from "../../../schema/sources.ts";

export const requiredConsent = (source: {
  readonly basis: "consent" | "contract";
  readonly config: Pick<SourceConfig, "consentCategories">;
}): readonly string[] => source.config.consentCategories ?? (source.basis === "consent" ? ["analytics"] : []);
