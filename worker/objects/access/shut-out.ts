// Who may open no stream here any more. Routes remember agents and branches for some seconds, in which an agent that was
// sent away would come back and stay; the object knows at once.

import type { StreamOpening } from "./calls.ts";

/** An agent is revoked for good; a branch may be opened again. */
export type ShutOut = { readonly agentId: string } | { readonly branchClosed: boolean };

const BRANCH = "closed";
const nameOf = (agentId: string): string => `revoked/${agentId}`;

export const keepShutOut = (sql: SqlStorage, who: ShutOut): void => {
  const key = "agentId" in who ? nameOf(who.agentId) : BRANCH;
  if ("agentId" in who || who.branchClosed) sql.exec("INSERT OR IGNORE INTO meta VALUES (?, '')", key);
  else sql.exec("DELETE FROM meta WHERE key = ?", key);
};

/** The status of the refusal; null where nothing stands against it. */
export const refusalOf = (sql: SqlStorage, { agentId }: Pick<StreamOpening, "agentId">): 401 | 403 | null => {
  const has = (key: string): boolean =>
    sql.exec("SELECT 1 FROM meta WHERE key = ?", key).toArray().length > 0;
  if (has(nameOf(agentId))) return 401;
  return has(BRANCH) ? 403 : null;
};
