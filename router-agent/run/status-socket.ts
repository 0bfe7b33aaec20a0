// The running agent's Unix socket in its state folder: whoever connects gets its status as one JSON document.
// It is also the lock: two agents on one spool would destroy it.

import { rmSync } from "node:fs";
import type { Server } from "node:net";
import { connect, createServer } from "node:net";
import { scrubMacs } from "../scrub.ts";
import type { AgentStatus } from "./status.ts";

/** The kernel's limit of a socket's path is 108 bytes with its end. */
export const MAX_SOCKET_PATH = 107;

const TIMEOUT_MS = 5_000;

type OlderStatus = Omit<AgentStatus, "access"> & Partial<Pick<AgentStatus, "access">>;

/** An agent that was not restarted since it was upgraded knows nothing of grants. */
const NO_ACCESS: AgentStatus["access"] = {
  stream: null,
  grants: { done: 0, failed: {}, running: 0, ignored: {} },
  gateways: [],
};

/** The status of the agent that runs there, or null when none does. */
export const askStatus = (path: string): Promise<AgentStatus | null> =>
  new Promise((resolve) => {
    let text = "";
    const socket = connect(path);
    socket.setEncoding("utf8").setTimeout(TIMEOUT_MS, () => socket.destroy());
    socket.on("data", (chunk: string) => (text += chunk));
    socket.on("error", () => resolve(null));
    socket.on("close", () => {
      try {
        resolve({ access: NO_ACCESS, ...(JSON.parse(text) as OlderStatus) });
      } catch {
        resolve(null);
      }
    });
  });

export type Serving = { ok: true; close(): void } | { ok: false; problem: string };

export const serveStatus = async (path: string, status: () => AgentStatus): Promise<Serving> => {
  if (Buffer.byteLength(path) > MAX_SOCKET_PATH)
    return {
      ok: false,
      problem: `The state folder's path is too long: ${path} must have at most ${MAX_SOCKET_PATH} bytes.`,
    };
  const other = await askStatus(path);
  if (other)
    return { ok: false, problem: `Another agent (process ${other.pid}) runs with this state folder.` };
  rmSync(path, { force: true });
  const server = createServer((socket) => {
    socket.on("error", () => socket.destroy());
    socket.end(scrubMacs(JSON.stringify(status())));
  });
  return listen(server, path);
};

const listen = (server: Server, path: string): Promise<Serving> =>
  new Promise((resolve) => {
    server.once("error", (cause) =>
      resolve({ ok: false, problem: `The socket ${path} cannot be made: ${cause.message}` }),
    );
    server.listen(path, () => {
      server.unref();
      resolve({ ok: true, close: () => void server.close() });
    });
  });
