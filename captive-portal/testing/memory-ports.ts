// Every port kept in memory: for tests and for looking at the pages. It keeps the promises of ports.ts, except that
// nothing is sealed and signatures are stand-ins.

import type { DeviceToken } from "../../schema/ids.ts";
import type { PortalGateway } from "../brand.ts";
import type { CodeMessage, CodeSender, PortalPorts, SendOutcome } from "../ports.ts";
import type { PortalRefusal } from "../refusals.ts";
import { type MemoryAccess, memoryAccess } from "./memory-access.ts";
import { memoryCodes } from "./memory-codes.ts";
import { memoryCounter } from "./memory-counter.ts";
import { memoryLedger } from "./memory-ledger.ts";
import { memoryOwn } from "./memory-own.ts";
import { type MemoryRights, memoryRights } from "./memory-rights.ts";
import { memoryLogins } from "./memory-logins.ts";
import { memorySessions } from "./memory-sessions.ts";
import { SAMPLE_GATEWAY } from "./sample.ts";
import { type MemoryZalo, memoryZalo } from "./memory-zalo.ts";

export interface MemoryPorts extends PortalPorts {
  readonly zalo: MemoryZalo;
  readonly access: MemoryAccess;
  /** What the sender was given, newest last. */
  readonly sent: CodeMessage[];
  /** Devices that are let on with one tap. */
  readonly returningDevices: Set<DeviceToken>;
  readonly counted: PortalRefusal[];
  /** Devices with a committed sign-in. */
  readonly devicesSignedIn: () => readonly DeviceToken[];
  /** Tells the sender what to answer from now on. */
  readonly answerSends: (outcome: SendOutcome | "throw") => void;
  /** Tells the ledger to answer `retry` (or to work again). */
  readonly holdLedger: (held: boolean) => void;
  readonly testRights: Omit<MemoryRights, "rights">;
}

export const memoryPorts = (
  gateways: readonly PortalGateway[],
  reach: CodeSender["reach"] = "remote",
): MemoryPorts => {
  const returning = new Set<DeviceToken>();
  const sent: CodeMessage[] = [];
  const counted: PortalRefusal[] = [];
  const ledger = memoryLedger(gateways);
  const { rights, ...testRights } = memoryRights(ledger);
  let answer: SendOutcome | "throw" = { kind: "done", localCode: null, by: "other" };
  return {
    sent,
    returningDevices: returning,
    counted,
    devicesSignedIn: ledger.devices,
    answerSends: (outcome) => void (answer = outcome),
    holdLedger: ledger.hold,
    gateways: {
      find: async (id) => gateways.find((gateway) => gateway.id === id) ?? null,
      home: async () => gateways[0] ?? SAMPLE_GATEWAY,
    },
    own: memoryOwn(),
    devices: { tokenOf },
    sessions: memorySessions(),
    codes: memoryCodes(),
    sender: {
      reach,
      canSms: reach === "remote",
      sendCode: async (message) => {
        if (answer === "throw") throw new Error("The sender broke");
        if (answer.kind !== "done") return answer;
        sent.push(message);
        return reach === "local" ? { kind: "done", localCode: message.code, by: "other" } : answer;
      },
    },
    ledger: ledger.ledger,
    receipts: ledger.receipts,
    returning: { isReturning: async (device) => returning.has(device) },
    access: memoryAccess(),
    zalo: memoryZalo(),
    logins: memoryLogins(),
    rights,
    counter: memoryCounter(),
    testRights,
    refusals: { count: (reason) => void counted.push(reason) },
  };
};

const tokenOf = async (mac: string): Promise<DeviceToken> => {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(mac));
  const bytes = String.fromCharCode(...new Uint8Array(digest).subarray(0, 16));
  return btoa(bytes).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "") as DeviceToken;
};
