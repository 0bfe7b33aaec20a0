// What routes may ask for: the parsed settings and the parts made from bindings. Built once an isolate by
// compose.ts; routes never see the environment.

import type { PortalRefusal } from "../captive-portal/refusals.ts";
import type { BranchId, DeviceToken, GatewayId } from "../schema/ids.ts";
import type {
  BatchRefusal,
  CounterRefusal,
  EnrolRefusal,
  EventLoss,
  EventRefusal,
  EventsRefusal,
  GatewayRefusal,
  GrantResultDrop,
  KeyRefusal,
  OrderRefusal,
  OrdersRefusal,
  PrivacyRefusal,
  StreamRefusal,
  ToldDrop,
} from "../schema/reasons.ts";
import type { HookDropReason, HookRefusal, MiniAppRefusal } from "../schema/reasons-hooks.ts";
import type { ToldMessage } from "../schema/messages-channels.ts";
import type { Branch } from "./core/settings/branch.ts";
import type { Settings } from "./env.ts";
import type { KeyLimiter } from "./key-limiter.ts";
import type { KnownLimits } from "./scope-limits.ts";
import type { AccessObject } from "./objects/access/call-object.ts";
import type { LaneStatus, Settled } from "./objects/identity-lane.ts";
import type { BranchRef, Clock, IngestInput, IngestResult, ObserveInput } from "./objects/branch-presence.ts";
import type { AgentStatus } from "./objects/branch/agents.ts";
import type { Occupancy } from "./objects/branch/presence-now.ts";
import type { OaTokenOutcome, OaTokenStatus } from "./objects/oa-token.ts";
import type { WebhookSender } from "./objects/webhook-sender.ts";
import type { Gates } from "./portal/codes.ts";
import type { OpenedGateway } from "./portal/gateway-cache.ts";
import type { ApiKey } from "./store/access.ts";
import type { Database } from "./store/database.ts";
import type { Source } from "./store/sources.ts";

/** Why a whole request was not used. */
export type Refusal =
  | `batch_${BatchRefusal}`
  | `enrol_${EnrolRefusal}`
  | `portal_${PortalRefusal}`
  | `stream_${StreamRefusal}`
  | `result_${GrantResultDrop}`
  | `gateway_${GatewayRefusal}`
  | `key_${KeyRefusal}`
  | `counter_${CounterRefusal}`
  | `privacy_${PrivacyRefusal}`
  | `${"order" | "customer"}_${OrderRefusal}`
  | `${"orders" | "customers"}_${OrdersRefusal}`
  | `told_${ToldDrop}`
  | `event_${EventRefusal | EventLoss}`
  | `events_${EventsRefusal}`
  | `mini_app_${MiniAppRefusal}`
  | `hook_${HookRefusal}`
  | `hook_${HookDropReason}`;

export interface Services {
  settings: Settings;
  db: Database;
  /** Branches with their definitions, at most a few seconds old. */
  branch(id: BranchId): Promise<Branch | null>;
  /** Standing gateways with their settings opened, at most a few seconds old. */
  gateway(id: GatewayId): Promise<OpenedGateway | null>;
  /** The key with this hash unless it is revoked, at most a few seconds old. */
  apiKey(hash: string): Promise<ApiKey | null>;
  /** The source unless it is revoked, at most a few seconds old. */
  source(id: string): Promise<Source | null>;
  /** Forgets what is cached of branches, keys, sources, agents and gateways after a change. */
  forgetCached(): void;
  presence: {
    ingest(input: IngestInput): Promise<IngestResult>;
    observe(input: ObserveInput): Promise<void>;
    /** False for a token that a report or a stream has used before. */
    useToken(id: BranchId, token: IngestInput["token"]): Promise<boolean>;
    factsChanged(
      ref: BranchRef,
      clock: Clock,
      signIn: { device: DeviceToken; at: number } | null,
    ): Promise<void>;
    advance(ref: BranchRef, clock: Clock): Promise<void>;
    now(ref: BranchRef, now: number): Promise<Occupancy>;
    /** Null: what belongs to no branch. */
    status(id: BranchId | null): Promise<{
      agents: AgentStatus[];
      counters: Record<string, number>;
      outbox: number;
    }>;
    /** Forwards the upgrade of an authorised viewer. */
    live(id: BranchId, request: Request): Promise<Response>;
  };
  /** Who may be on at a branch. */
  access(id: BranchId): AccessObject;
  /**
   * Counts refused requests, or parts of one; null where no branch is known. Never throws, but may wait seconds: for
   * `waitUntil`.
   */
  count(branchId: BranchId | null, reason: Refusal, n?: number): Promise<void>;
  /** Writes what was counted here and not written yet: whoever looks at counters sees it. Never throws. */
  writeCounts(): Promise<void>;
  gates: Gates;
  /** Hands what channels tell to the queue, which then has it durably, or throws; a repeat does no harm. */
  tell(messages: readonly ToldMessage[]): Promise<void>;
  identity: {
    /** Decides what waits. Facts that were committed are decided about in any case: a failure is only a delay. */
    settle(clock: Clock): Promise<Settled>;
    /** Decides all profiles again, a while after the answer; other rules in force do so by themselves. */
    rebuild(): Promise<void>;
    status(): Promise<LaneStatus>;
  };
  webhooks: {
    /** There may be something new for receivers: after changes were committed. Never throws; null: no time is known. */
    tell(clock: Clock | null): Promise<void>;
    /** Who sends to one receiver. */
    sender(endpointId: string): DurableObjectStub<WebhookSender>;
  };
  /** Requests that a key may still make, and what the brand says of how many. */
  limits: Pick<KeyLimiter, "take" | "isDry"> & Pick<KnownLimits, "own">;
  /** The access token of the brand's Official Account at Zalo. */
  oaToken: {
    /** `rejected`: a token that Zalo did not take any more. */
    token(rejected: string | null): Promise<OaTokenOutcome>;
    /** A new refresh token, tried at once; null where no Zalo app is configured. */
    replace(refreshToken: string): Promise<OaTokenStatus | null>;
    status(): Promise<OaTokenStatus | null>;
  };
  assets(request: Request): Promise<Response>;
}
