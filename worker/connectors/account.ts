// What a connector may know of a source: null where the source is not set up for it, which an operator is told when
// setting it up (check-config.ts).

import type { SourceId } from "../../schema/ids.ts";
import type { SourceConfig } from "../../schema/sources.ts";
import type { Account, Connector } from "./connector.ts";

interface Configured {
  readonly id: SourceId;
  readonly config: SourceConfig;
}

export const accountOf = (source: Configured, connector: Connector): Account | null => {
  const { settings = {}, branches = {}, orderBook } = source.config;
  const missing = connector.settings.some(({ name, required }) => required && !Object.hasOwn(settings, name));
  if (missing || source.config.connector !== connector.id) return null;
  return {
    source: source.id,
    settings,
    branchOf: (vendorId) => (Object.hasOwn(branches, vendorId) ? (branches[vendorId] ?? null) : null),
    orderBook: orderBook ?? source.id,
  };
};
