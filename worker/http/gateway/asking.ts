// Which gateway asks us, and what is done with what it asks: its answer is the vendor's own, a refusal is counted, and
// what it tells of a client's presence goes to the branch. A MAC is turned into a token here and goes no further.

import { waitUntil } from "cloudflare:workers";
import type { Context } from "hono";
import type { GatewayKind } from "../../../schema/gateways.ts";
import { type DeviceToken, parseGatewayId } from "../../../schema/ids.ts";
import type { GatewayRefusal } from "../../../schema/reasons.ts";
import type { Told } from "../../core/presence/told-by-gateway.ts";
import { judge } from "../../core/presence/verdict.ts";
import type { Branch } from "../../core/settings/branch.ts";
import type { AccessObject } from "../../objects/access/call-object.ts";
import type { OpenedGateway } from "../../portal/gateway-cache.ts";
import { deviceTokens } from "../../portal/keys.ts";
import type { HttpEnv } from "../context.ts";

export interface Asking {
  readonly gateway: OpenedGateway;
  readonly branch: Branch;
  readonly access: AccessObject;
  readonly now: number;
  /** Counts why something was not used. */
  readonly count: (reason: GatewayRefusal, n?: number) => void;
  readonly tokenOf: (mac: string | null) => DeviceToken | null;
  /** Durable before it answers. */
  readonly observe: (mac: string | null, told: Told) => Promise<void>;
}

/** Null where no such gateway stands, or none of these kinds; it is counted. */
export const findAsking = async (
  c: Context<HttpEnv>,
  kinds: readonly GatewayKind[] | "any",
): Promise<Asking | null> => {
  const services = c.get("services");
  const clock = c.get("clock");
  const id = parseGatewayId(c.req.param("gatewayId") ?? "");
  const gateway = id === null ? null : await services.gateway(id);
  const branch = gateway === null ? null : await services.branch(gateway.branchId);
  if (!gateway || !branch || branch.closedAt !== null) {
    waitUntil(services.count(null, "gateway_unknown_gateway"));
    return null;
  }
  const count = (reason: GatewayRefusal, n = 1): void =>
    waitUntil(services.count(branch.id, `gateway_${reason}`, n));
  if (kinds !== "any" && !kinds.includes(gateway.kind)) {
    count("other_kind");
    return null;
  }
  const tokenOf = (mac: string | null): DeviceToken | null =>
    mac === null ? null : deviceTokens(services.settings.DEVICE_KEYS)(mac);
  return {
    gateway,
    branch,
    access: services.access(branch.id),
    now: clock.now,
    count,
    tokenOf,
    observe: async (mac, told) => {
      const device = tokenOf(mac);
      if (mac === null || device === null) return;
      const refused = judge(told, clock.now);
      const randomised = (Number.parseInt(mac.slice(1, 2), 16) & 2) !== 0;
      await services.presence.observe({
        branchId: branch.id,
        settings: branch.settings,
        starts: branch.starts,
        clock,
        observations: refused === null ? [{ index: 0, device, ...told, randomised }] : [],
        dropped: refused === null ? {} : { [refused]: 1 },
      });
    },
  };
};

const HEADERS = { "Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store" } as const;

/** Gateways read plain text and know few statuses. */
export const plain = (text: string, status = 200): Response =>
  new Response(text, { status, headers: HEADERS });
