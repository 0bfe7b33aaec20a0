// Judges a list that tills tell, each for itself: what of it goes to the queue, the verdicts for the reply, and what is
// counted.

import type { ToldMessage } from "../../../schema/messages-channels.ts";
import type { OrderRefusal } from "../../../schema/reasons.ts";
import { TOLD_PARSERS } from "../../../schema/told-parsers.ts";
import type { OrdersReply } from "../../../schema/wire/channels.ts";
import type { Reading, ReadTold } from "../../core/intake/read-told.ts";
import { identifierKeys } from "../../identity/identifier-keys.ts";
import { saidMessage } from "../../identity/said-message.ts";
import { sealSame } from "../../portal/seal-same.ts";
import type { Refusal, Services } from "../../services.ts";
import { listBranches } from "../../store/branches.ts";
import type { Source } from "../../store/sources.ts";

export interface Judging {
  /** Of the counters: `order_invalid`. */
  readonly one: "order" | "customer";
  /** Its own name in the reply, as far as it says one. */
  readonly idOf: (raw: unknown) => string | null;
  readonly read: (raw: unknown, reading: Reading) => ReadTold;
}

interface Judged {
  readonly messages: readonly ToldMessage[];
  readonly reply: OrdersReply;
  readonly counts: ReadonlyMap<Refusal, number>;
}

/** A source has no id for what it says of a customer; this one holds no value, and is the same of the same telling. */
const customerMessageId = ({ identifiers, at }: ToldMessage): string =>
  ["customer", identifiers[0]?.key, at].join("/");

export const judgeTold = async (
  services: Services,
  source: Source,
  list: readonly unknown[],
  now: number,
  { one, idOf, read }: Judging,
): Promise<Judged> => {
  const { IDENTIFIER_KEYS, SEAL_KEYS } = services.settings;
  const parts = { keyOf: identifierKeys(IDENTIFIER_KEYS), sealSame: sealSame(SEAL_KEYS) };
  const branches = new Set<string>((await listBranches(services.db)).map(({ id }) => id));
  const reading: Reading = {
    source: { id: source.id, channel: source.kind, orderBook: source.config.orderBook ?? source.id },
    parsers: TOLD_PARSERS,
    branchOf: (told) => (branches.has(told) ? told : null),
    now,
  };
  const messages: ToldMessage[] = [];
  const rejected: OrdersReply["rejected"] = [];
  const leftOut: OrdersReply["leftOut"] = [];
  const counts = new Map<Refusal, number>();
  const count = (reason: Refusal): void => void counts.set(reason, (counts.get(reason) ?? 0) + 1);
  const reject = (index: number, code: OrderRefusal, message: string): void => {
    rejected.push({ index, id: idOf(list[index]), code, message });
    count(`${one}_${code}`);
  };
  for (const [index, raw] of list.entries()) {
    const told = read(raw, reading);
    for (const { field, reason } of told.left) {
      leftOut.push({ index, field, reason });
      count(`told_${reason}`);
    }
    if (told.kind === "refused") {
      reject(index, told.code, told.message);
      continue;
    }
    const message = await saidMessage(parts, source.id, told.said);
    if (message === null) throw new Error("What was read as somebody's is nobody's");
    messages.push(one === "customer" ? { ...message, messageId: customerMessageId(message) } : message);
  }
  const reply = { success: rejected.length === 0, accepted: messages.length, rejected, leftOut };
  return { messages, reply, counts };
};
