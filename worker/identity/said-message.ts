// Turns what a channel said into the message that the queue takes: keys instead of values, and values only sealed.

import type { ToldMessage } from "../../schema/messages-channels.ts";
import type { Said, SaidEvent } from "../core/intake/said.ts";
import type { Seal } from "../portal/seal.ts";
import type { IdentifierKeyOf } from "./identifier-keys.ts";

export interface SaidParts {
  readonly keyOf: IdentifierKeyOf;
  /** Must seal the same text the same each time. */
  readonly sealSame: Seal["seal"];
}

/** Null where an order or traits come with no identifier: then they are nobody's. */
export const saidMessage = async (
  { keyOf, sealSame }: SaidParts,
  source: string,
  said: Said,
): Promise<ToldMessage | null> => {
  const identifiers = await Promise.all(
    said.identifiers.map(async ({ kind, value, proven, userInitiated }) => {
      const key = await keyOf("commerce", { kind, value });
      const sealed = await sealSame(value, `identifier/${key}`);
      return { key, realm: "commerce" as const, kind, sealed, proven, userInitiated };
    }),
  );
  const first = identifiers[0]?.key;
  if (first === undefined && (said.order !== null || said.traits.length > 0)) return null;
  const keyAt = (place: number) => {
    const key = identifiers[place]?.key;
    if (key === undefined) throw new Error(`What was said names place ${place} of ${identifiers.length}`);
    return key;
  };
  const eventOf = async (event: SaidEvent): Promise<ToldMessage["event"]> => ({
    ...event,
    products: event.products.map((product) => ({ ...product })),
    subject: event.subject === null ? null : keyAt(event.subject),
    anonymous:
      event.anonymous === null
        ? null
        : await keyOf("commerce", { kind: `anonymous:${source}`, value: event.anonymous }),
    details:
      event.details === null
        ? null
        : await sealSame(JSON.stringify(event.details), `event/${source}/${said.messageId}`),
  });
  return {
    kind: "told",
    source,
    messageId: said.messageId,
    at: said.at,
    identifiers,
    evidence: said.edges.map(({ a, b, trust }) => ({ a: keyAt(a), b: keyAt(b), trust })),
    traits:
      first === undefined
        ? []
        : await Promise.all(
            said.traits.map(async ({ name, value, proven, at }) => ({
              key: first,
              name,
              sealed: await sealSame(value, `trait/${first}/${name}/${source}`),
              proven,
              at: at ?? said.at,
            })),
          ),
    order:
      said.order === null || first === undefined
        ? null
        : { ...said.order, items: said.order.items.map((item) => ({ ...item })), subject: first },
    mark: said.mark === null ? null : { ...said.mark, markId: `${source}/${said.mark.markId}` },
    event: said.event === null ? null : await eventOf(said.event),
  };
};
