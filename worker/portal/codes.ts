// One-time codes through the gates (objects/phone-gate.ts): one object a phone, one a device and one a branch.

import { randomBytes, randomInt } from "node:crypto";
import type { CodeAsk, LimitedCodes } from "../../captive-portal/ports.ts";
import type { SubjectKey } from "../../schema/ids.ts";
import type { PhoneNumber } from "../../schema/phone.ts";
import { newCode } from "../core/otp/code.ts";
import { DEFAULT_CAPS, OTP } from "../core/otp/policy.ts";
import { requestCode } from "../core/otp/request-code.ts";
import type { PhoneGate } from "../objects/phone-gate.ts";

export interface Gates {
  phone(key: SubjectKey): DurableObjectStub<PhoneGate>;
  device(token: string): DurableObjectStub<PhoneGate>;
  branch(id: string): DurableObjectStub<PhoneGate>;
}

/** The cap of `/me`; no branch can be called so. */
const OWN_PAGE = "~me";

const random32 = (): number => randomInt(0, 2 ** 32);

/** Codes belong to the device, or to the session where the gateway named no device. */
const holderOf = (ask: CodeAsk): string =>
  ask.device === null ? `session/${ask.sessionId}` : `device/${ask.device}`;

export const limitedCodes = (
  gates: Gates,
  keyOf: (phone: PhoneNumber) => Promise<SubjectKey>,
): LimitedCodes => ({
  issue: async (ask) => {
    const code = newCode(random32);
    const messageId = `otp_${randomBytes(16).toString("base64url")}`;
    const outcome = await requestCode(
      {
        phone: gates.phone(await keyOf(ask.phone)),
        device: ask.device === null ? null : gates.device(ask.device),
        branch: gates.branch(ask.branchId ?? OWN_PAGE),
      },
      {
        now: ask.now,
        holder: holderOf(ask),
        intent: ask.intent,
        code,
        salt: randomBytes(16).toString("base64url"),
        messageId,
      },
      DEFAULT_CAPS,
    );
    return outcome.kind === "send"
      ? { kind: "send", code, messageId, expiresAt: ask.now + OTP.lifeMs }
      : outcome;
  },
  noteWay: async ({ messageId, phone, by }) => gates.phone(await keyOf(phone)).noteWay(messageId, by),
  // The caps of device and branch stay taken: else one device could use up a failing sender without limit.
  forget: async ({ messageId, phone }) => gates.phone(await keyOf(phone)).forget(messageId),
  verify: async (ask) =>
    gates.phone(await keyOf(ask.phone)).verify({
      now: ask.now,
      holder: holderOf(ask),
      session: ask.sessionId,
      code: ask.code,
    }),
});
