// A branch with the definitions in force, and the name of those definitions that is stored with each aggregate.

import type { BranchSettings, Definitions, ReportSettings } from "../../../schema/definitions.ts";
import { DEFAULT_DEFINITIONS } from "../../../schema/definitions.ts";
import type { BranchId } from "../../../schema/ids.ts";
import type { ScopeLimits } from "../limits/policy.ts";
import type { PortalSettings } from "../../../schema/portal-settings.ts";

/** Only what a brand or branch sets differently. */
export interface Overrides {
  definitions?: Partial<Definitions>;
  report?: Partial<ReportSettings>;
  portal?: Partial<PortalSettings>;
  /** Of the brand alone: requests a minute. */
  limits?: ScopeLimits;
}

export interface Branch {
  id: BranchId;
  name: string;
  createdAt: number;
  closedAt: number | null;
  overrides: Overrides;
  report: ReportSettings;
  portal: PortalSettings;
  settings: BranchSettings;
  /** It has, or had, a gateway that its agents drive: only then may there be a grant for them. */
  hasDrivenGateway: boolean;
  /** Whether a receiver of webhooks wants to know at once that a recognised visitor came in. */
  starts: "starts told" | "starts not told";
}

/** Raised whenever the meaning of a default or of the computation itself changes. */
const EDITION = "2026-1";

const NAMES = Object.keys(DEFAULT_DEFINITIONS).toSorted() as (keyof Definitions)[];

/** `2026-1` for the defaults; what differs is appended as `+gapMs=600000,…`, so the name explains itself. */
export const definitionsVersion = (definitions: Definitions): string => {
  const changed = NAMES.filter((name) => definitions[name] !== DEFAULT_DEFINITIONS[name]).map(
    (name) => `${name}=${String(definitions[name])}`,
  );
  return changed.length === 0 ? EDITION : `${EDITION}+${changed.join(",")}`;
};
