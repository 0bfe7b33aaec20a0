// A grant's name towards agents. An agent carries each name out once and repeats what came of it, so another attempt
// needs another name.

export const attemptName = (id: string, attempt: number): string => (attempt === 1 ? id : `${id}.${attempt}`);

/** Null for a name that no grant has. */
export const readAttemptName = (name: string): { readonly id: string; readonly attempt: number } | null => {
  const match = /^([\w-]{1,56})(?:\.([2-9]|[1-9]\d{1,5}))?$/.exec(name);
  return match === null ? null : { id: match[1] ?? "", attempt: Number(match[2] ?? "1") };
};
