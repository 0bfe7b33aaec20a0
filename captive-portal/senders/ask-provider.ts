// One POST to a provider whose answer is small JSON, whatever else may come. Follows no redirect (it would carry the
// phone and the code with it), reads no more than 16 KB, and never throws: what went wrong is a value.

const MOST_BYTES = 16_384;

export type Fetch = (request: Request) => Promise<Response>;

export type ProviderReply =
  | { readonly kind: "json"; readonly status: number; readonly json: Readonly<Record<string, unknown>> }
  /** Answered, but with no JSON object, or with one of more than 16 KB. */
  | { readonly kind: "unreadable"; readonly status: number }
  /** No connection, or it broke. Whether the provider took the message is not known. */
  | { readonly kind: "unreachable" }
  /** Not answered before the signal. As above. */
  | { readonly kind: "silent" };

export interface ProviderAsk {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly signal: AbortSignal;
}

export const askProvider = async (
  fetch: Fetch,
  { url, headers, body, signal }: ProviderAsk,
): Promise<ProviderReply> => {
  try {
    const response = await fetch(
      new Request(url, { method: "POST", headers, body, signal, redirect: "manual" }),
    );
    const text = await readText(response);
    const json = text === null ? null : objectOf(text);
    const { status } = response;
    return json === null ? { kind: "unreadable", status } : { kind: "json", status, json };
  } catch {
    return { kind: signal.aborted ? "silent" : "unreachable" };
  }
};

/** Null for what is longer than allowed; the rest of it is not waited for. */
const readText = async (response: Response): Promise<string | null> => {
  if (response.body === null) return "";
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let [text, bytes] = ["", 0];
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    bytes += part.value.byteLength;
    if (bytes > MOST_BYTES) {
      await reader.cancel();
      return null;
    }
    text += decoder.decode(part.value, { stream: true });
  }
  return text + decoder.decode();
};

const objectOf = (text: string): Readonly<Record<string, unknown>> | null => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
};

/** A provider's code: an integer, or the text of one. */
export const integerOf = (value: unknown): number | null => {
  const text = typeof value === "number" || typeof value === "string" ? String(value).trim() : "";
  return /^-?\d{1,9}$/.test(text) ? Number(text) : null;
};
