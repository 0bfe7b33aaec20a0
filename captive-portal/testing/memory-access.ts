// Grants in a map. Nobody confirms one unless a test says so; a bounded window is given once an hour.

import type { DeviceToken } from "../../schema/ids.ts";
import type { AccessAsk, AccessGrants, AccessState } from "../access.ts";

export interface MemoryAccess extends AccessGrants {
  readonly asked: AccessAsk[];
  /** What the store's agent answers from now on; null: no agent is connected. */
  readonly agentAnswers: (answer: "online" | "refused" | null) => void;
  /** The gateway, or who asked for it, names a device for the grant that was asked for last. */
  readonly gatewayNames: (device: DeviceToken) => void;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

export const memoryAccess = (): MemoryAccess => {
  const grants = new Map<
    string,
    { ask: AccessAsk; state: AccessState; until: number; device: DeviceToken | null }
  >();
  const asked: AccessAsk[] = [];
  let agent: "online" | "refused" | null = null;
  const windowOf = ({ device, id }: AccessAsk): string => device ?? id;
  return {
    asked,
    agentAnswers: (answer) => void (agent = answer),
    gatewayNames: (device) => {
      const id = asked.at(-1)?.id ?? "";
      const grant = grants.get(id);
      if (grant !== undefined) grants.set(id, { ...grant, state: "online", device });
    },
    allow: async (ask) => {
      const old = grants.get(ask.id);
      const known = old !== undefined && ask.now < old.until ? old : undefined;
      if (known === undefined && ask.reason === "zalo_window") {
        const last = asked.findLast(
          (other) =>
            other.reason === "zalo_window" && windowOf(other) === windowOf(ask) && ask.now < other.now + HOUR,
        );
        if (last !== undefined) return { kind: "limited", retryAt: last.now + HOUR };
      }
      if (known === undefined) asked.push(ask);
      const state =
        known?.state === "online" ? "online" : ((ask.plan.agent === null ? null : agent) ?? "waiting");
      const device =
        known?.device ?? (state === "online" && ask.plan.agent?.by === "rhid" ? ask.plan.agent.device : null);
      const until = known?.until ?? ask.now + ask.minutes * MINUTE;
      grants.set(ask.id, { ask, state, until, device });
      return { kind: state, device };
    },
    state: async (id, { now }) => {
      const grant = grants.get(id);
      if (grant === undefined || now >= grant.until) return { state: "over", device: null, sessionId: null };
      return { state: grant.state, device: grant.device, sessionId: grant.ask.sessionId };
    },
    byClient: async (clientKey, { gatewayId, now }) => {
      const found = [...grants.values()].findLast(
        ({ ask, until }) => ask.clientKey === clientKey && ask.gatewayId === gatewayId && now < until,
      );
      return found === undefined ? null : { state: found.state, until: found.until };
    },
  };
};
