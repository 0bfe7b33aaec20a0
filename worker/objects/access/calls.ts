// What callers give to an access object and get from it, and what the object needs of the outside.

import type { z } from "zod";
import type { AaaProof } from "../../../captive-portal/gateways/coovachilli-aaa.ts";
import type { BranchId, DeviceToken, GatewayId } from "../../../schema/ids.ts";
import type { GrantResultDrop, StreamRefusal } from "../../../schema/reasons.ts";
import type { Grant as GrantShape, GrantResult as ResultShape } from "../../../schema/wire/agents.ts";

export type Grant = z.infer<typeof GrantShape>;
export type GrantResult = z.infer<typeof ResultShape>;

export type StreamCount = `stream_${StreamRefusal}` | `result_${GrantResultDrop}`;

/** What the object needs of the outside. */
export interface AccessDeps {
  count: (branchId: BranchId, reason: StreamCount, n: number) => Promise<void>;
}

/** Whose stream it is. */
export interface StreamOpening {
  agentId: string;
  branchId: BranchId;
  now: number;
}

export interface AgentReport {
  agentId: string;
  results: readonly GrantResult[];
  now: number;
}

export interface AgentReportReply {
  grants: Grant[];
  unknown: number;
}

/** What a gateway knows of a client: its user name, or WiFiDog's token. */
export type ClientName =
  | { readonly by: "username"; readonly username: string }
  | { readonly by: "token"; readonly token: string };

export interface GatewayNote {
  gatewayId: GatewayId;
  client: ClientName;
  event: "alive" | "ended";
  /** As the gateway named it. A token vouches for none: the client knows it and could name any. */
  device: DeviceToken | null;
  /** Bytes both ways since the session began; 0 where the gateway does not count. */
  traffic: number;
  /** When that was so; a report may have waited. */
  at: number;
  now: number;
}

export type NoteVerdict =
  /** `changed`: the grant is in another state than before. */
  | {
      readonly kind: "known";
      readonly grantId: string;
      readonly seconds: number;
      readonly changed: boolean;
      /** Since then the client moved nothing. */
      readonly activeAt: number;
    }
  | { readonly kind: "unknown" | "over" | "foreign_device" };

export interface CredentialAsk {
  gatewayId: GatewayId;
  username: string;
  /** `asks_radius`: a RADIUS server wants the password and compares by itself. */
  proof: AaaProof | { readonly kind: "asks_radius" };
  device: DeviceToken | null;
  now: number;
}

export type CredentialVerdict =
  | {
      readonly kind: "right";
      readonly grantId: string;
      readonly password: string;
      readonly seconds: number;
      readonly changed: boolean;
    }
  | { readonly kind: "unknown" | "wrong" | "locked" | "over" | "foreign_device" };
