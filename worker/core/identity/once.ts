// For answers that cannot change while whoever asks lives: each is worked out once.

export const once = <K, T>(work: (about: K) => T): ((about: K) => T) => {
  const known = new Map<K, T>();
  return (about) => {
    const before = known.get(about);
    if (before !== undefined) return before;
    const now = work(about);
    known.set(about, now);
    return now;
  };
};
