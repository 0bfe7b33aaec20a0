// Codes and their limits in maps. Plain on purpose: the Worker's own machine is another program, and both pass the
// same contract.

import type { CodeAsk, LimitedCodes } from "../ports.ts";
import { randomText } from "./memory-sessions.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const PER_DEVICE = 10;

interface Held {
  phone: string;
  holder: string;
  device: string | null;
  code: string;
  messageId: string;
  sentAt: number;
  attempts: number;
  usedBy: string | null;
  replaced: boolean;
}

const holderOf = (ask: CodeAsk): string => ask.device ?? ask.sessionId;

export const memoryCodes = (): LimitedCodes => {
  let all: Held[] = [];
  const current = (ask: CodeAsk): Held | undefined =>
    all.find((held) => held.phone === ask.phone && held.holder === holderOf(ask) && !held.replaced);
  return {
    issue: async (ask) => {
      const recent = all.filter(({ sentAt }) => ask.now < sentAt + DAY);
      const held = current(ask);
      const live = held !== undefined && ask.now < held.sentAt + 5 * MINUTE;
      if (ask.intent === "resume" && live && held.usedBy === null && held.attempts < 5) {
        return { kind: "pending", expiresAt: held.sentAt + 5 * MINUTE };
      }
      const ofPhone = recent.filter(({ phone }) => phone === ask.phone).map(({ sentAt }) => sentAt);
      const latest = Math.max(...ofPhone);
      if (ofPhone.length >= 5) return { kind: "limited", by: "phone", retryAt: Math.min(...ofPhone) + DAY };
      if (ask.now < latest + 30_000) return { kind: "limited", by: "phone", retryAt: latest + 30_000 };
      const ofDevice = ask.device === null ? [] : recent.filter(({ device }) => device === ask.device);
      if (ofDevice.length >= PER_DEVICE) {
        return {
          kind: "limited",
          by: "device",
          retryAt: Math.min(...ofDevice.map(({ sentAt }) => sentAt)) + DAY,
        };
      }
      if (held !== undefined) held.replaced = true;
      const code = String((crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) % 1_000_000).padStart(6, "0");
      const messageId = `msg_${randomText()}`;
      const { phone, device, now } = ask;
      const fresh = { attempts: 0, usedBy: null, replaced: false };
      all.push({ phone, device, holder: holderOf(ask), code, messageId, sentAt: now, ...fresh });
      return { kind: "send", code, messageId, expiresAt: now + 5 * MINUTE };
    },
    forget: async ({ messageId }) => {
      all = all.filter((held) => held.messageId !== messageId);
    },
    verify: async (ask) => {
      const held = current(ask);
      if (held === undefined) return { kind: "none" };
      if (held.usedBy !== null && held.usedBy !== ask.sessionId) return { kind: "used" };
      if (ask.now >= held.sentAt + 5 * MINUTE) return { kind: "expired" };
      if (held.attempts >= 5) return { kind: "too_many" };
      if (held.code !== ask.code) {
        held.attempts += 1;
        return { kind: "wrong", attemptsLeft: 5 - held.attempts };
      }
      held.usedBy = ask.sessionId;
      return { kind: "right", messageId: held.messageId };
    },
  };
};
