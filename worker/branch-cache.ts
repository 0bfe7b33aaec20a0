// Branches with their definitions as they were read a moment ago.

import type { BranchId } from "../schema/ids.ts";
import type { Branch } from "./core/settings/branch.ts";
import { findBranch } from "./store/branches.ts";
import type { Database } from "./store/database.ts";

/** How long another isolate may still use a branch's old settings. */
const BRANCH_CACHE_MS = 10_000;

export const branchCache = () => {
  const known = new Map<BranchId, { branch: Branch; until: number }>();
  return {
    clear: () => known.clear(),
    find: async (db: Database, id: BranchId): Promise<Branch | null> => {
      const entry = known.get(id);
      if (entry && entry.until > Date.now()) return entry.branch;
      const branch = await findBranch(db, id);
      if (branch) known.set(id, { branch, until: Date.now() + BRANCH_CACHE_MS });
      else known.delete(id);
      return branch;
    },
  };
};
