// Of several messages about one thing, the one with the highest revision; order does not matter.

export const newestByKey = <T extends { revision: number }>(
  messages: readonly T[],
  keyOf: (message: T) => string,
): T[] => {
  const newest = new Map<string, T>();
  for (const message of messages) {
    const key = keyOf(message);
    const known = newest.get(key);
    if (!known || message.revision > known.revision) newest.set(key, message);
  }
  return [...newest.values()];
};
