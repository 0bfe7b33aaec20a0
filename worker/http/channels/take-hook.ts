// What is done with a proven webhook: erasure requests are opened and what it says is in the queue before it counts as
// taken. What of it was not used has a reason, and the log tells fields and events, never values.

import type { ToldMessage } from "../../../schema/messages-channels.ts";
import { ToldMessage as ToldShape } from "../../../schema/messages-channels.ts";
import type { Answers, Delivery, Translation } from "../../connectors/connector.ts";
import { identifierKeys } from "../../identity/identifier-keys.ts";
import { saidMessage } from "../../identity/said-message.ts";
import { openForChannel } from "../../portal/rights/open-for-channel.ts";
import type { RightsParts } from "../../portal/rights/parts.ts";
import { sealSame } from "../../portal/seal-same.ts";
import type { Refusal, Services } from "../../services.ts";
import type { Audit } from "../../store/audit.ts";
import type { HookTarget } from "./hook-target.ts";

export interface ReadHook extends Pick<Translation, "erase"> {
  readonly messages: readonly ToldMessage[];
  readonly counts: ReadonlyMap<Refusal, number>;
}

/** A connector must not throw; null where one does. The error's own words could hold what came. */
const translated = (
  { connector, account, source }: HookTarget,
  payload: unknown,
  delivery: Delivery,
  now: number,
  answers: Answers,
): Translation | null => {
  try {
    return connector.translate(payload, account, delivery, now, answers);
  } catch (error) {
    const kind = error instanceof Error ? error.name : "no error";
    console.error("A connector failed", { connector: connector.id, source: source.id, kind });
    return null;
  }
};

/** Null where the connector itself failed. */
export const readHook = async (
  { settings }: Services,
  target: HookTarget,
  payload: unknown,
  delivery: Delivery,
  now: number,
  answers: Answers,
): Promise<ReadHook | null> => {
  const parts = { keyOf: identifierKeys(settings.IDENTIFIER_KEYS), sealSame: sealSame(settings.SEAL_KEYS) };
  const { id } = target.source;
  const translation = translated(target, payload, delivery, now, answers);
  if (translation === null) return null;
  const counts = new Map<Refusal, number>();
  const count = (reason: Refusal): void => void counts.set(reason, (counts.get(reason) ?? 0) + 1);
  for (const { reason } of translation.left) count(`told_${reason}`);
  for (const { reason, detail } of translation.drops) {
    count(`hook_${reason}`);
    console.warn("Part of a webhook was not used", { source: id, reason, detail });
  }
  const messages: ToldMessage[] = [];
  for (const said of translation.said) {
    const message = await saidMessage(parts, id, said);
    if (message === null) count("hook_no_identifier");
    else if (ToldShape.safeParse(message).success) messages.push(message);
    else {
      count("hook_unreadable");
      console.error("A connector says what no message can hold", { source: id, event: said.event?.name });
    }
  }
  return { messages, counts, erase: translation.erase };
};

/** Throws when the database does not answer: then the vendor sends it again. */
export const openErasures = async (
  parts: Pick<RightsParts, "db" | "seal" | "storeKeyOf" | "commerceKeyOf" | "holidays">,
  { source, connector }: HookTarget,
  erase: Translation["erase"],
  auditOf: () => Audit,
): Promise<number> => {
  let unread = 0;
  for (const messageId of new Set(erase.map((one) => one.messageId))) {
    const by = erase.filter((one) => one.messageId === messageId);
    const ask = { source: source.id, messageId, by, text: `Told by ${connector.id}.` };
    unread += await openForChannel(parts, ask, auditOf());
  }
  return unread;
};
