// What is told, several in one message of the queue: a message costs the same up to 64 KB, and so does its delivery.

import type { FactMessage } from "../../../schema/messages.ts";
import type { ToldMessage, ToldPackMessage } from "../../../schema/messages-channels.ts";
import { cut } from "./cut.ts";

/** Small enough that a pack that has to be tried again, or becomes a dead letter, holds few others back. */
const A_PACK = { items: 20, units: 16_000 };

/** In their order; one alone stays as it is. */
export const packTold = (messages: readonly ToldMessage[]): readonly (ToldMessage | ToldPackMessage)[] =>
  cut(messages, A_PACK).map((told) => {
    const [first, ...more] = told;
    return first !== undefined && more.length === 0 ? first : { kind: "told_pack", told: [...told] };
  });

/** What a message of the queue tells, alone or in a pack. */
export const toldIn = (fact: FactMessage): readonly ToldMessage[] => {
  switch (fact.kind) {
    case "told":
      return [fact];
    case "told_pack":
      return fact.told;
    case "visits":
    case "footfall":
    case "visit_started":
      return [];
  }
};
