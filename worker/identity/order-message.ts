// Turns an order that was read into the message that the queue takes: keys instead of values, and values only sealed.

import type { SubjectKey } from "../../schema/ids.ts";
import type { ToldMessage } from "../../schema/messages-channels.ts";
import type { Customer } from "../core/intake/read-customer.ts";
import type { IdentifierKeyOf } from "./identifier-keys.ts";
import type { Seal } from "../portal/seal.ts";

export interface OrderMessageParts {
  readonly keyOf: IdentifierKeyOf;
  /** Must seal the same text the same each time. */
  readonly sealSame: Seal["seal"];
}

export type ReadOrder = Omit<NonNullable<ToldMessage["order"]>, "subject">;

/** Null where the customer has no identifier: then the order is nobody's. */
export const orderMessage = async (
  { keyOf, sealSame }: OrderMessageParts,
  source: string,
  order: ReadOrder,
  customer: Customer,
): Promise<ToldMessage | null> => {
  const identifiers = await Promise.all(
    customer.identifiers.map(async ({ kind, value }) => {
      const key = await keyOf("commerce", { kind, value });
      const sealed = await sealSame(value, `identifier/${key}`);
      return { key, realm: "commerce" as const, kind, sealed, proven: false };
    }),
  );
  const [first, ...others] = identifiers;
  if (first === undefined) return null;
  const subject: SubjectKey = first.key;
  return {
    kind: "told",
    source,
    messageId: `${order.orderId}/${order.updatedAt}`,
    at: order.at,
    identifiers,
    // What the customer gave together belongs together, and all of it to the strongest.
    evidence: others.map(({ key }) => ({ a: subject, b: key, trust: 2 })),
    traits: await Promise.all(
      customer.traits.map(async ({ name, value }) => ({
        key: subject,
        name,
        sealed: await sealSame(value, `trait/${subject}/${name}/${source}`),
        proven: false,
        at: order.updatedAt,
      })),
    ),
    order: { ...order, subject },
  };
};
