// Cuts messages into batches that a queue takes: 100 messages or 256 KB at once, at most 128 KB each.

import { cut } from "./cut.ts";

const MOST = { items: 100, units: 80_000 };

export const queueBatches = <Message>(messages: readonly Message[]): readonly (readonly Message[])[] =>
  cut(messages, MOST);
