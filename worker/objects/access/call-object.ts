// An access object as routes and ports call it, whatever the platform makes of the calls.

import type { AccessAsk, AccessOutcome, AccessSeen, AccessState } from "../../../captive-portal/access.ts";
import type { GatewayId } from "../../../schema/ids.ts";
import type { QueueAnswer, QueueAsk } from "./authmon.ts";
import type { BranchAccess } from "../branch-access.ts";
import type {
  AgentReport,
  AgentReportReply,
  CredentialAsk,
  CredentialVerdict,
  GatewayNote,
  NoteVerdict,
  StreamOpening,
} from "./calls.ts";
import type { ShutOut } from "./shut-out.ts";

export interface AccessObject {
  allow(ask: AccessAsk): Promise<AccessOutcome>;
  state(grantId: string, now: number): Promise<AccessSeen>;
  byClient(
    clientKey: string,
    gatewayId: GatewayId,
    now: number,
  ): Promise<{ readonly state: AccessState; readonly until: number } | null>;
  report(report: AgentReport): Promise<AgentReportReply>;
  authmon(gatewayId: GatewayId, ask: QueueAsk, now: number): Promise<QueueAnswer>;
  judge(ask: CredentialAsk): Promise<CredentialVerdict>;
  note(note: GatewayNote): Promise<NoteVerdict>;
  /** Of an agent that was revoked, or of a branch that was closed or opened again. */
  shutOut(who: ShutOut): Promise<void>;
  /** 101 with the agent's WebSocket, 401 for a revoked agent, 403 for a closed branch. */
  stream(opening: StreamOpening): Promise<Response>;
}

/** Only we set it: the agent's own headers do not reach the object. */
export const OPENING_HEADER = "x-quen-stream";

export const callAccess = (stub: DurableObjectStub<BranchAccess>): AccessObject => ({
  allow: async (ask) => stub.allow(ask),
  state: async (grantId, now) => stub.state(grantId, now),
  byClient: async (clientKey, gatewayId, now) => stub.byClient(clientKey, gatewayId, now),
  report: async (report) => stub.report(report),
  authmon: async (gatewayId, ask, now) => stub.authmon(gatewayId, ask, now),
  judge: async (ask) => stub.judge(ask),
  note: async (note) => stub.note(note),
  shutOut: async (who) => stub.shutOut(who),
  stream: async (opening) =>
    stub.fetch("https://access.invalid/stream", {
      headers: { upgrade: "websocket", [OPENING_HEADER]: JSON.stringify(opening) },
    }),
});
