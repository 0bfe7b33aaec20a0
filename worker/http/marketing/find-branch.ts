// The branch an address names, for reading. In local mode with a supplied clock, what is due at that time runs
// first, so that a demo reads what it lived through.

import type { Context } from "hono";
import { parseBranchId } from "../../../schema/ids.ts";
import type { Branch } from "../../core/settings/branch.ts";
import type { HttpEnv } from "../context.ts";

/** No effect outside of a supplied clock: there alarms do this. */
export const catchUp = async (c: Context<HttpEnv>, branches: readonly Branch[]): Promise<void> => {
  const { clock, services } = c.var;
  if (!clock.virtual) return;
  await Promise.all(
    branches.map(({ id, settings }) => services.presence.advance({ branchId: id, settings }, clock)),
  );
};

export const findBranch = async (c: Context<HttpEnv>, text: string): Promise<Branch | null> => {
  const id = parseBranchId(text);
  const branch = id === null ? null : await c.var.services.branch(id);
  if (branch) await catchUp(c, [branch]);
  return branch;
};
