// Whether an address is free to listen on. A busy port must be a sentence, not a stack trace of workerd.

import { createServer } from "node:net";

export type PortState = "free" | "busy" | "forbidden" | "no_such_address";

const STATES: Record<string, PortState> = {
  EADDRINUSE: "busy",
  EACCES: "forbidden",
  EADDRNOTAVAIL: "no_such_address",
};

export const probePort = (host: string, port: number): Promise<PortState> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) => {
      const state = STATES[error.code ?? ""];
      if (state === undefined) reject(error);
      else resolve(state);
    });
    server.listen({ host, port }, () => server.close(() => resolve("free")));
  });

const PROBLEMS: Record<Exclude<PortState, "free">, (host: string, port: number) => string> = {
  busy: (host, port) =>
    `Port ${port} on ${host} is in use by another program. Stop that program or set PORT to a free one, e.g. PORT=${port + 1} npm start.`,
  forbidden: (_host, port) => `This user may not listen on port ${port}. Set PORT to one above 1023.`,
  no_such_address: (host) => `This machine has no address ${host}.`,
};

export const portProblem = (state: Exclude<PortState, "free">, host: string, port: number): string =>
  PROBLEMS[state](host, port);
