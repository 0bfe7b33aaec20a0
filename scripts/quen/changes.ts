// `a.b=1` arguments as a nested object. Values that are JSON (numbers, true, null, "quoted") are taken as such, all
// else as text.

export type Changes = { [name: string]: unknown };

const valueOf = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
};

const put = (into: Changes, path: readonly string[], value: unknown): void => {
  const [head = "", ...rest] = path;
  if (rest.length === 0) {
    into[head] = value;
    return;
  }
  const inner = into[head];
  const next: Changes = typeof inner === "object" && inner !== null ? (inner as Changes) : {};
  into[head] = next;
  put(next, rest, value);
};

export const parseChanges = (texts: readonly string[]): Changes => {
  const changes: Changes = {};
  for (const text of texts) {
    const at = text.indexOf("=");
    if (at < 1) throw new Error(`"${text}" is not NAME=VALUE.`);
    put(changes, text.slice(0, at).split("."), valueOf(text.slice(at + 1)));
  }
  return changes;
};
