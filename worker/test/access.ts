// Asks for access as the portal makes them, and an agent on its stream.

import { env } from "cloudflare:workers";
import { expect } from "vitest";
import type { AccessAsk } from "../../captive-portal/access.ts";
import type { BranchId, DeviceToken, GatewayId } from "../../schema/ids.ts";
import type { Grant } from "../../schema/wire/agents.ts";
import { accessGrants } from "../portal/access.ts";
import { servicesOf } from "../compose.ts";
import type { Env } from "../env.ts";
import type { z } from "zod";
import { signed, type TestAgent, tokenOf } from "./agent.ts";
import { call } from "./http.ts";

export type WireGrant = z.infer<typeof Grant>;

export const MAC = "02:1a:2b:3c:4d:5e";
export const DEVICE = tokenOf(MAC) as DeviceToken;
export const RHID = "aaff80967aa15c83c6e272508d7ea5a7549e6621c37a3484b9d30f764f1625d8";

let made = 0;

export const askOf = (branchId: string, more: Partial<AccessAsk> = {}): AccessAsk => {
  made += 1;
  const tail = String(made).padStart(6, "0");
  return {
    id: `gr_${tail}`,
    gatewayId: "gw_0000000000000000" as GatewayId,
    branchId: branchId as BranchId,
    device: DEVICE,
    clientKey: null,
    plan: { agent: { by: "rhid", rhid: RHID, device: DEVICE }, queue: null, asks: null },
    username: `user0000${tail}00`,
    password: `pass000000000000${tail}00`,
    minutes: 60,
    reason: "signed_in",
    sessionId: `session-${tail}`,
    now: Date.now(),
    ...more,
  };
};

export const services = () => {
  const result = servicesOf(env as unknown as Env);
  if (!result.ok) throw new Error(result.problems.join(", "));
  return result.services;
};

export const access = () => accessGrants(services());

export const accessOf = (branchId: string) => env.BRANCH_ACCESS.get(env.BRANCH_ACCESS.idFromName(branchId));

export interface TestStream {
  readonly socket: WebSocket;
  readonly frames: { type: string; grants: WireGrant[] }[];
  readonly closed: () => boolean;
  readonly grants: (count: number) => Promise<WireGrant[]>;
  readonly answer: (id: string, ok: boolean) => void;
}

export const until = async (what: () => boolean): Promise<void> => {
  for (let i = 0; i < 150 && !what(); i++) await new Promise((resolve) => setTimeout(resolve, 20));
  expect(what()).toBe(true);
};

/** `auto`: how each grant is answered as it comes; null: not at all. */
export const openStream = async (
  agent: TestAgent,
  auto: boolean | null = null,
  now = Date.now(),
): Promise<TestStream> => {
  const reply = await call("/v1/agents/stream", {
    headers: { upgrade: "websocket" },
    bearer: await signed(agent, now),
    now,
  });
  expect(reply.status).toBe(101);
  const socket = reply.webSocket;
  if (!socket) throw new Error("No WebSocket");
  const frames: TestStream["frames"] = [];
  let isClosed = false;
  const answer = (id: string, ok: boolean): void =>
    socket.send(JSON.stringify({ type: "results", results: [{ id, ok }] }));
  socket.addEventListener("message", (event) => {
    const text = String(event.data);
    if (text === "pong") return void frames.push({ type: "pong", grants: [] });
    const frame = JSON.parse(text) as TestStream["frames"][number];
    frames.push(frame);
    if (auto !== null) for (const { id } of frame.grants) answer(id, auto);
  });
  socket.addEventListener("close", () => (isClosed = true));
  socket.accept();
  const all = (): WireGrant[] => frames.flatMap(({ grants }) => grants);
  return {
    socket,
    frames,
    closed: () => isClosed,
    answer,
    grants: async (count) => {
      await until(() => all().length >= count);
      return all();
    },
  };
};
