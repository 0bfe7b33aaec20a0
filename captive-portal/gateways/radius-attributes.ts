// The body in which FreeRADIUS's rlm_rest shows us a packet (`body = 'json'`): attribute names with their type and values.
// Only the first value of each is kept, as text; enumerations come as words, or as numbers under `raw_value`.

export type RadiusAttributes = ReadonlyMap<string, string>;

/** A RADIUS packet has at most 4,096 bytes; JSON with names and types is some times that. */
const MAX_CHARACTERS = 32_768;
const MAX_VALUE = 1_024;

const firstOf = (attribute: unknown): string | null => {
  if (typeof attribute !== "object" || attribute === null || !("value" in attribute)) return null;
  const first: unknown = Array.isArray(attribute.value) ? attribute.value[0] : attribute.value;
  if (typeof first === "number") return String(first);
  return typeof first === "string" && first.length <= MAX_VALUE ? first : null;
};

/** Null for what is no such body. An attribute that is not understood is left out. */
export const parseRadius = (body: string): RadiusAttributes | null => {
  if (body.length > MAX_CHARACTERS) return null;
  try {
    const parsed: unknown = JSON.parse(body);
    if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) return null;
    return new Map(
      Object.entries(parsed).flatMap(([name, attribute]) => {
        const value = firstOf(attribute);
        return value === null ? [] : [[name, value] as const];
      }),
    );
  } catch {
    return null;
  }
};
