// What tells an event from every other of its source. One that comes without gets it from its content, so that the same body
// sent again is the same event.

import { type Loose, textOf } from "./loose.ts";

const LONGEST = 100;

export type Hash = (text: string) => string;

/** `raw`: the event as it came. Null: it has an id that cannot be taken. */
export const messageIdOf = (type: string, raw: Loose, sentAt: unknown, hash: Hash): string | null => {
  const told = raw["messageId"];
  if (told === undefined || told === null || told === "") return `hash-${hash(contentOf(type, raw, sentAt))}`;
  const id = textOf(told);
  return id === undefined || id.length > LONGEST || /[\p{Cc}\p{Cs}]/u.test(id) ? null : id;
};

/** When it was sent tells two events apart only where nothing says when they happened. */
const contentOf = (type: string, raw: Loose, sentAt: unknown): string => {
  const { writeKey: _key, sentAt: _sentAt, ...content } = raw;
  const isTimed = raw["timestamp"] !== undefined || raw["originalTimestamp"] !== undefined;
  return JSON.stringify([type, content, isTimed ? null : sentAt]);
};
