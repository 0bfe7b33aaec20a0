// What is wrong with a source's configuration, given the branches and sources that there are; each names its field.

import type { SourceConfig } from "../../../schema/sources.ts";
import { connectors } from "../../connectors/all.ts";
import { configTroubles, type Trouble } from "../../connectors/check-config.ts";
import { listBranches } from "../../store/branches.ts";
import type { Database } from "../../store/database.ts";
import { listSources } from "../../store/sources.ts";

/** `own`: the source that it is for, which need not be there yet. */
export const checkConfig = async (
  db: Database,
  own: string,
  config: SourceConfig,
): Promise<readonly Trouble[]> => {
  const [branches, sources] = await Promise.all([listBranches(db), listSources(db)]);
  const branchIds = new Set<string>(branches.map(({ id }) => id));
  const sourceIds = new Set<string>(
    sources.filter(({ revokedAt }) => revokedAt === null).map(({ id }) => id),
  );
  return configTroubles(config, {
    connectors,
    isBranch: (id) => branchIds.has(id),
    isSource: (id) => id === own || sourceIds.has(id),
  });
};
