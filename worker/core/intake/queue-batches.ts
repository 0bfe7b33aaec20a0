// Cuts messages into batches that a queue takes: 100 messages or 256 KB at once, at most 128 KB each.

const MOST_MESSAGES = 100;
/** Of UTF-16 units, each at most 3 bytes of UTF-8 where it is not ASCII: most of a message is sealed, and so ASCII. */
const MOST_UNITS = 80_000;

export const queueBatches = <Message>(messages: readonly Message[]): readonly (readonly Message[])[] => {
  const batches: Message[][] = [];
  let open: Message[] = [];
  let units = 0;
  for (const message of messages) {
    const size = JSON.stringify(message).length;
    if (open.length === MOST_MESSAGES || (open.length > 0 && units + size > MOST_UNITS)) {
      batches.push(open);
      open = [];
      units = 0;
    }
    open.push(message);
    units += size;
  }
  if (open.length > 0) batches.push(open);
  return batches;
};
