// Who may be on: what the portal asks of whoever keeps grants. Part of ports.ts, in a file of its own.

import type { BranchId, DeviceToken, GatewayId } from "../schema/ids.ts";
import type { GrantPlan } from "./gateways/gateway.ts";
import type { AccessReason } from "./session.ts";

export interface AccessAsk {
  /** Made beforehand; a repeat is the same grant. */
  readonly id: string;
  readonly gatewayId: GatewayId;
  readonly branchId: BranchId;
  /** Only a `zalo_window` is limited by it; no grant is kept under a device. */
  readonly device: DeviceToken | null;
  readonly clientKey: string | null;
  readonly plan: Pick<GrantPlan, "agent" | "queue" | "asks">;
  readonly username: string;
  readonly password: string;
  readonly minutes: number;
  readonly reason: AccessReason;
  /** Address of the session that asked; given back by `state` for as long as sessions live (2 h). */
  readonly sessionId: string;
  readonly now: number;
}

/**
 * `online`: the gateway confirmed it. `waiting`: nobody did yet. `refused`: the store's agent tried and could not.
 * `over`: past its end, or never was.
 */
export type AccessState = "online" | "waiting" | "refused" | "over";

export interface AccessSeen {
  readonly state: AccessState;
  /**
   * The device that the gateway itself, its RADIUS server or the store's agent named for this grant; null: none did.
   * A hand-off comes through the browser and could name anybody's, so only this makes a device the person's.
   */
  readonly device: DeviceToken | null;
  readonly sessionId: string | null;
}

/** `limited`: a bounded window was used up; `retryAt` says until when. */
export type AccessOutcome =
  | { readonly kind: "online" | "waiting" | "refused"; readonly device: DeviceToken | null }
  | { readonly kind: "limited"; readonly retryAt: number };

/** Who may be on. A grant is durable before `allow` answers; a gateway that asks later is answered from it. */
export interface AccessGrants {
  /** Waits at most 2 s for the store's agent, and not at all where none is connected. A `zalo_window` is given once a device (or session) and hour. */
  allow(ask: AccessAsk): Promise<AccessOutcome>;
  /** What became of it. The device is kept for 2 h at most. */
  state(grantId: string, at: { branchId: BranchId; now: number }): Promise<AccessSeen>;
  /** The live grant of the client that the gateway calls so, for RFC 8908; null where there is none. */
  byClient(
    clientKey: string,
    at: { gatewayId: GatewayId; branchId: BranchId; now: number },
  ): Promise<{ readonly state: AccessState; readonly until: number } | null>;
}
