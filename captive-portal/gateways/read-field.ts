// One parameter of a hand-off as text. Nothing here is trusted; it is only made harmless enough to look at.

/** Absent and empty are "". Null is what no gateway sends: too long, or with control characters. */
export const readField = (query: URLSearchParams, name: string, most = 200): string | null => {
  const text = query.get(name) ?? "";
  return text.length > most || /\p{Cc}/u.test(text) ? null : text;
};

/** All of them, or null if one of them is what no gateway sends. */
export const readFields = <Name extends string>(
  query: URLSearchParams,
  names: readonly Name[],
  most = 200,
): Record<Name, string> | null => {
  const read = names.map((name) => [name, readField(query, name, most)] as const);
  return read.some(([, text]) => text === null) ? null : (Object.fromEntries(read) as Record<Name, string>);
};
