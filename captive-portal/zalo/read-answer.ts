// Reads an answer of Zalo within a limit. Numbers stay the text they were: ids exceed 2^53, and an error code is the
// same as a number or as a string.

const MAX_BYTES = 16_384;

/** Null for what is not a JSON object of at most 16 KB. */
export const readAnswer = async (response: Response): Promise<Readonly<Record<string, unknown>> | null> => {
  const text = await readText(response);
  if (text === null) return null;
  try {
    const answer: unknown = JSON.parse(text, asText);
    return isRecord(answer) ? answer : null;
  } catch {
    return null;
  }
};

const asText = (_: string, value: unknown, context?: { readonly source?: string }): unknown => {
  if (typeof value !== "number") return value;
  // An engine that does not show the source may only be believed about numbers it can hold.
  return context?.source ?? (Number.isSafeInteger(value) ? String(value) : null);
};

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const readText = async (response: Response): Promise<string | null> => {
  if (response.body === null) return null;
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    bytes += value.byteLength;
    if (bytes > MAX_BYTES) {
      await reader.cancel();
      return null;
    }
    text += decoder.decode(value, { stream: true });
  }
};
