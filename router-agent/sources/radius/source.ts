// A RADIUS accounting server on UDP. Answers what is authentic, so that access points stop retransmitting; what comes
// from an unknown address or with a wrong secret is counted and never answered.
import type { RemoteInfo, Socket } from "node:dgram";
import { createSocket } from "node:dgram";
import { readFile } from "node:fs/promises";
import type { SourceContext, StationSource } from "../../station.ts";
import { readAccounting } from "./accounting.ts";
import type { ClientRange, SecretOf } from "./clients.ts";
import { readClients, withoutMapping } from "./clients.ts";
import { parseListen } from "./listen.ts";
import { ACCOUNTING_REQUEST, decodePacket, encodeResponse, isAuthentic } from "./packet.ts";
import { Sessions } from "./sessions.ts";

export interface RadiusOptions {
  listen: string;
  clients: readonly ClientRange[];
  secret?: string | undefined;
  secretFile?: string | undefined;
  receiveBufferBytes: number;
  /** Wall clock, for Event-Timestamp. */
  now?: () => number;
}

export const radiusSource = (options: RadiusOptions): StationSource => ({
  name: "radius",
  async run(context) {
    const secretOf = await readSecrets(options);
    const listen = parseListen(options.listen);
    if (listen === undefined)
      throw new Error(`radius cannot listen on "${options.listen}": write address:port, as 0.0.0.0:1813`);
    if (context.signal.aborted) return;
    const socket = createSocket({ type: listen.family });
    let open = true;
    const stop = (): void => {
      if (open) socket.close();
      open = false;
    };
    try {
      await new Promise<void>((resolve, reject) => {
        socket.on("error", reject).once("close", () => resolve());
        context.signal.addEventListener("abort", stop, { once: true });
        socket.bind(listen.port, listen.host, () => {
          try {
            startServing(socket, secretOf, options, context);
          } catch (cause) {
            reject(cause);
          }
        });
      });
    } finally {
      context.signal.removeEventListener("abort", stop);
      stop();
    }
  },
});

const startServing = (
  socket: Socket,
  secretOf: SecretOf,
  options: RadiusOptions,
  context: SourceContext,
): void => {
  // The kernel gives at most net.core.rmem_max; less only matters in bursts, which access points retransmit.
  socket.setRecvBufferSize(options.receiveBufferBytes);
  context.log("debug", "The receive buffer of the RADIUS socket was set.", {
    asked: options.receiveBufferBytes,
    got: socket.getRecvBufferSize(),
  });
  const { address, port } = socket.address();
  const listening = `${address}:${port}`;
  socket.on("message", makeServing(socket, secretOf, options.now ?? Date.now, context, listening));
  context.ok(`listening on ${listening}`);
};

const readSecrets = async (options: RadiusOptions): Promise<SecretOf> => {
  const { secretFile } = options;
  const fromFile =
    secretFile === undefined ? undefined : (await readFile(secretFile, "utf8")).split(/\r?\n/)[0];
  if (fromFile === "") throw new Error(`radius: the first line of ${secretFile} holds no secret`);
  const result = readClients(options.clients, fromFile ?? options.secret);
  if (!result.ok) throw new Error(`radius: clients: ${result.problem}`);
  return result.secretOf;
};

const makeServing = (
  socket: Socket,
  secretOf: SecretOf,
  now: () => number,
  context: SourceContext,
  listening: string,
): ((datagram: Buffer, peer: RemoteInfo) => void) => {
  const sessions = new Sessions();
  const failing = new Set<string>();
  return (datagram, { address: mapped, port }) => {
    const address = withoutMapping(mapped);
    const secret = secretOf(address);
    if (secret === undefined) return context.ignored("unknown_nas");
    const packet = decodePacket(datagram);
    if (packet === null) return context.ignored("malformed");
    if (packet.code !== ACCOUNTING_REQUEST) return context.ignored("not_accounting");
    if (!isAuthentic(packet, secret)) {
      context.ignored("wrong_secret");
      if (!failing.has(address)) {
        if (failing.size < 1_000) failing.add(address);
        context.notOk(`${address} sends accounting with a wrong shared secret`);
      }
      return;
    }
    if (failing.delete(address) && failing.size === 0) context.ok(`listening on ${listening}`);
    const accounting = readAccounting(packet, address, now());
    if (accounting.kind === "unusable") context.ignored(accounting.reason);
    else {
      const { events, ignored } = sessions.take(accounting, context.monotonicMs());
      for (const event of events) context.emit(event);
      if (ignored !== undefined) context.ignored(ignored);
    }
    // Answered only after it was taken over, and repeats are answered too: the first answer may have been lost.
    socket.send(encodeResponse(packet, secret), port, mapped, (cause) => {
      if (cause !== null) context.ignored("reply_not_sent");
    });
  };
};
