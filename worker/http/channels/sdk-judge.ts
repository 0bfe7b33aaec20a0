// Judges the events of a request, each for itself, and seals what is taken for the queue.

import type { SentEvent } from "../../core/intake/segment/sent.ts";
import { type Readers, type Sender, translateEvent } from "../../core/intake/segment/translate.ts";
import type { Said } from "../../core/intake/said.ts";
import { TOLD_PARSERS } from "../../../schema/told-parsers.ts";
import type { ToldMessage } from "../../../schema/messages-channels.ts";
import { type EventsReply, MOST_EVENTS } from "../../../schema/wire/events.ts";
import { identifierKeys } from "../../identity/identifier-keys.ts";
import { saidMessage, type SaidParts } from "../../identity/said-message.ts";
import { sealSame } from "../../portal/seal-same.ts";
import type { Settings } from "../../env.ts";
import type { Refusal } from "../../services.ts";
import { sha256 } from "../digest.ts";

const READERS: Readers = { ...TOLD_PARSERS, hash: sha256 };

/** A batch names the same few people and browsers over and over, and the same is always keyed and sealed the same. */
const remembering = ({ keyOf, sealSame: seal }: SaidParts): SaidParts => {
  const keys = new Map<string, ReturnType<SaidParts["keyOf"]>>();
  const seals = new Map<string, ReturnType<SaidParts["sealSame"]>>();
  return {
    keyOf: (realm, identifier) => {
      const name = JSON.stringify([realm, identifier.kind, identifier.value]);
      const key = keys.get(name) ?? keyOf(realm, identifier);
      keys.set(name, key);
      return key;
    },
    sealSame: (text, context) => {
      // What an event says else is never the same twice: its context is the event's own.
      if (!context.startsWith("identifier/")) return seal(text, context);
      const sealed = seals.get(context) ?? seal(text, context);
      seals.set(context, sealed);
      return sealed;
    },
  };
};

const messageOf = async (parts: SaidParts, source: string, said: Said): Promise<ToldMessage> => {
  const message = await saidMessage(parts, source, said);
  if (message === null) throw new Error(`An event of ${source} told traits or an order of nobody`);
  return message;
};

export interface JudgedEvents {
  readonly messages: readonly ToldMessage[];
  readonly reply: EventsReply;
  readonly counts: ReadonlyMap<Refusal, number>;
}

export const judgeEvents = async (
  { IDENTIFIER_KEYS, SEAL_KEYS }: Settings,
  sender: Sender,
  events: readonly SentEvent[],
  receivedAt: number,
): Promise<JudgedEvents> => {
  const parts = remembering({ keyOf: identifierKeys(IDENTIFIER_KEYS), sealSame: sealSame(SEAL_KEYS) });
  const counts = new Map<Refusal, number>();
  const count = (reason: Refusal): void => void counts.set(reason, (counts.get(reason) ?? 0) + 1);
  const rejected: EventsReply["rejected"] = [];
  const messages: ToldMessage[] = [];
  for (const [index, sent] of events.entries()) {
    const verdict =
      index < MOST_EVENTS
        ? translateEvent(sent, sender, READERS, receivedAt)
        : { kind: "rejected" as const, messageId: null, code: "too_many" as const };
    if (verdict.kind === "rejected") {
      rejected.push({ index, messageId: verdict.messageId, code: verdict.code });
      count(`event_${verdict.code}`);
      continue;
    }
    for (const loss of verdict.losses) count(`event_${loss}`);
    for (const drop of verdict.left) count(`told_${drop}`);
    messages.push(await messageOf(parts, sender.source, verdict.said));
  }
  const reply = { success: rejected.length === 0, accepted: messages.length, rejected };
  return { messages, reply, counts };
};
