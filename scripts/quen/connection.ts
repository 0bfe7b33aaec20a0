// Where the CLI connects to and as whom: flags, then the environment, then the state file that `npm start` writes,
// so that on a developer's machine no flags are needed.

import { existsSync, readFileSync } from "node:fs";

export interface Connection {
  url: string;
  token: string;
}

/** `.quen/local.json`. */
export interface LocalState {
  url: string;
  adminToken: string;
}

export interface ConnectionFlags {
  url?: string | undefined;
  token?: string | undefined;
}

export type Connected = { ok: true; connection: Connection } | { ok: false; problem: string };

export const readLocalState = (path: string): LocalState | null => {
  if (!existsSync(path)) return null;
  const state = JSON.parse(readFileSync(path, "utf8")) as Partial<LocalState>;
  return state.url === undefined || state.adminToken === undefined
    ? null
    : { url: state.url, adminToken: state.adminToken };
};

export const connect = (
  flags: ConnectionFlags,
  env: Record<string, string | undefined>,
  local: LocalState | null,
): Connected => {
  const url = flags.url ?? env["QUEN_URL"] ?? local?.url;
  if (url === undefined)
    return {
      ok: false,
      problem: "No address: give --url, set QUEN_URL, or run npm start on this machine first.",
    };
  // The local token opens the local address only; sent elsewhere it would be a secret given away.
  const localToken = local !== null && local.url === url ? local.adminToken : undefined;
  const token = flags.token ?? env["QUEN_ADMIN_TOKEN"] ?? localToken;
  if (token === undefined)
    return { ok: false, problem: `No admin token for ${url}: give --token or set QUEN_ADMIN_TOKEN.` };
  return { ok: true, connection: { url: url.replace(/\/+$/, ""), token } };
};
