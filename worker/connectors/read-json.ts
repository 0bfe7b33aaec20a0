// Reads JSON from platforms whose ids are greater than 2^53: a number that JavaScript would round is kept as the text it
// was written in.

/** Of the third argument of a reviver (TC39 JSON.parse source text access). */
type Reviver = (key: string, value: unknown, context?: { source?: string }) => unknown;

const exact: Reviver = (_key, value, context) =>
  typeof value === "number" &&
  context?.source !== undefined &&
  String(value) !== context.source &&
  /^-?\d+$/.test(context.source)
    ? context.source
    : value;

export type ReadJson = { readonly ok: true; readonly json: unknown } | { readonly ok: false };

export const readJson = (raw: Uint8Array): ReadJson => {
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(raw);
    // A reviver takes several times as long, and hardly a body needs it.
    return { ok: true, json: (/\d{16}/.test(text) ? JSON.parse(text, exact) : JSON.parse(text)) as unknown };
  } catch {
    return { ok: false };
  }
};
