// Codes and their limits in maps. Plain on purpose: the Worker's own machine is another program, and both pass the
// same contract.

import type { CodeAsk, LimitedCodes } from "../ports.ts";
import type { SentBy } from "../sent-by.ts";
import { randomText } from "./memory-sessions.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const LIFE = 5 * MINUTE;
const PER_DEVICE = 10;

/** Codes of one holder that are good at once share it. */
interface Tries {
  attempts: number;
  usedBy: string | null;
}

interface Held {
  phone: string;
  holder: string;
  device: string | null;
  code: string;
  messageId: string;
  sentAt: number;
  by: SentBy | null;
  tries: Tries;
  /** It went by Zalo, and one by SMS was asked for since. */
  tapped: boolean;
  replaced: boolean;
  /** Message of the code that took its place while it could still be typed. */
  replacedBy: string | null;
}

const holderOf = (ask: CodeAsk): string => ask.device ?? ask.sessionId;

export const memoryCodes = (): LimitedCodes => {
  let all: Held[] = [];
  /** Newest first; two of them where one went by Zalo and then one by SMS. */
  const currentOf = (ask: CodeAsk): Held[] =>
    all
      .filter((held) => held.phone === ask.phone && held.holder === holderOf(ask) && !held.replaced)
      .toReversed();
  return {
    issue: async (ask) => {
      const recent = all.filter(({ sentAt }) => ask.now < sentAt + DAY);
      const current = currentOf(ask);
      const [held] = current;
      const live = held !== undefined && isTypable(held, ask.now);
      if (ask.intent === "resume" && live) {
        return { kind: "pending", expiresAt: held.sentAt + LIFE, by: held.by };
      }
      const ofPhone = recent.filter(({ phone }) => phone === ask.phone);
      if (ofPhone.length >= 5) return { kind: "limited", by: "phone", retryAt: oldest(ofPhone) + DAY };
      const isTap = ask.intent === "by_sms" && held?.by === "zalo" && !held.tapped;
      const waitedFor = ofPhone.filter((one) => !(isTap && one === held));
      const latest = Math.max(...waitedFor.map(({ sentAt }) => sentAt));
      if (ask.now < latest + 30_000) return { kind: "limited", by: "phone", retryAt: latest + 30_000 };
      const ofDevice = ask.device === null ? [] : recent.filter(({ device }) => device === ask.device);
      if (ofDevice.length >= PER_DEVICE)
        return { kind: "limited", by: "device", retryAt: oldest(ofDevice) + DAY };
      const beside = ask.intent === "by_sms" && live && held.by === "zalo";
      if (beside) held.tapped = true;
      const code = String((crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) % 1_000_000).padStart(6, "0");
      const messageId = `msg_${randomText()}`;
      if (!beside)
        for (const one of current)
          Object.assign(one, { replaced: true, replacedBy: isTypable(one, ask.now) ? messageId : null });
      const { phone, device, now } = ask;
      const tries = beside ? held.tries : { attempts: 0, usedBy: null };
      const fresh = { tries, by: null, tapped: false, replaced: false, replacedBy: null };
      all.push({ phone, device, holder: holderOf(ask), code, messageId, sentAt: now, ...fresh });
      return { kind: "send", code, messageId, expiresAt: now + LIFE };
    },
    noteWay: async ({ messageId, by }) => {
      for (const held of all) if (held.messageId === messageId) held.by = by;
    },
    forget: async ({ messageId }) => {
      all = all.filter((held) => held.messageId !== messageId);
      for (const held of all) if (held.replacedBy === messageId) held.replaced = false;
    },
    verify: async (ask) => {
      const [held, ...earlier] = currentOf(ask);
      if (held === undefined) return { kind: "none" };
      const { tries } = held;
      if (tries.usedBy !== null && tries.usedBy !== ask.sessionId) return { kind: "used" };
      if (ask.now >= held.sentAt + LIFE) return { kind: "expired" };
      if (tries.attempts >= 5) return { kind: "too_many" };
      const good = [held, ...earlier].filter(({ sentAt }) => ask.now < sentAt + LIFE);
      const right = good.find(({ code }) => code === ask.code);
      if (right === undefined) {
        tries.attempts += 1;
        return { kind: "wrong", attemptsLeft: 5 - tries.attempts };
      }
      tries.usedBy = ask.sessionId;
      for (const one of good) one.replaced = one !== right;
      return { kind: "right", messageId: right.messageId };
    },
  };
};

const isTypable = (held: Held, now: number): boolean =>
  now < held.sentAt + LIFE && held.tries.usedBy === null && held.tries.attempts < 5;

const oldest = (codes: readonly Held[]): number => Math.min(...codes.map(({ sentAt }) => sentAt));
