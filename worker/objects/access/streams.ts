// The agents' WebSockets: they may hibernate, so who is at the other end is kept with the socket. An agent has one; a
// newer one takes the place of one that died without saying so.

import { describeError } from "../../describe-error.ts";
import type { BranchId } from "../../../schema/ids.ts";
import type { Grant } from "./calls.ts";

export interface StreamOwner {
  readonly agentId: string;
  readonly branchId: BranchId;
}

export const ownerOf = (socket: WebSocket): StreamOwner => socket.deserializeAttachment() as StreamOwner;

const isOpen = (socket: WebSocket): boolean => socket.readyState === WebSocket.OPEN;

export const openStreams = (ctx: DurableObjectState): WebSocket[] => ctx.getWebSockets().filter(isOpen);

export const connectedAgents = (ctx: DurableObjectState): string[] => [
  ...new Set(openStreams(ctx).map((socket) => ownerOf(socket).agentId)),
];

/** Answers with the browser's end; `server` is accepted for hibernation. */
export const acceptStream = (
  ctx: DurableObjectState,
  owner: StreamOwner,
): { readonly client: WebSocket; readonly server: WebSocket } => {
  for (const old of ctx.getWebSockets(owner.agentId)) if (isOpen(old)) old.close(4000, "replaced");
  const { 0: client, 1: server } = new WebSocketPair();
  ctx.acceptWebSocket(server, [owner.agentId]);
  server.serializeAttachment(owner);
  return { client, server };
};

/** Of one agent, or of all. */
export const endStreams = (ctx: DurableObjectState, agentId: string | null): void => {
  const sockets = agentId === null ? ctx.getWebSockets() : ctx.getWebSockets(agentId);
  for (const socket of sockets) if (isOpen(socket)) socket.close(4001, "shut out");
};

/** One that went away must not keep the others from being told. */
export const sendGrants = (socket: WebSocket, grants: readonly Grant[]): void => {
  if (grants.length === 0) return;
  try {
    socket.send(JSON.stringify({ type: "grants", grants }));
  } catch (error) {
    console.warn("An agent could not be sent its grants; they come with its next report", {
      agentId: ownerOf(socket).agentId,
      error: describeError(error),
    });
  }
};
