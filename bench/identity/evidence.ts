// What a resolver is told: two identifiers, said to belong to one person. Messages carry several such facts at once.

import type { IdentityNode } from "../../worker/core/identity/node-key.ts";

/** 1 proven, 2 asserted, 3 weak (design section 4). */
export type Trust = 1 | 2 | 3;

export interface Evidence {
  readonly a: IdentityNode;
  readonly b: IdentityNode;
  readonly trust: Trust;
  readonly source: string;
  /** Facts of one message are told together, in one order, also when arrival is shuffled. */
  readonly messageId: string;
  readonly observedAt: number;
}

export const keyOf = (node: IdentityNode): string => `${node.realm}|${node.kind}|${node.value}`;

/** Facts in arrival order, one group a message. */
export const messagesOf = (evidence: readonly Evidence[]): Evidence[][] => {
  const messages = new Map<string, Evidence[]>();
  for (const fact of evidence) {
    const message = messages.get(fact.messageId);
    if (message === undefined) messages.set(fact.messageId, [fact]);
    else message.push(fact);
  }
  return [...messages.values()];
};
