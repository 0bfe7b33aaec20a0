// Reads a posted form within a limit, whatever its length claims to be.

/** Null for what is not a form of at most `maxBytes`. */
export const readForm = async (request: Request, maxBytes: number): Promise<URLSearchParams | null> => {
  const type = request.headers.get("content-type") ?? "";
  if (!/^application\/x-www-form-urlencoded\b/i.test(type)) return null;
  if (Number(request.headers.get("content-length") ?? 0) > maxBytes || request.body === null) return null;
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  const reader = (request.body as ReadableStream<Uint8Array>).getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return new URLSearchParams(text + decoder.decode());
    bytes += value.byteLength;
    if (bytes > maxBytes) {
      await reader.cancel();
      return null;
    }
    text += decoder.decode(value, { stream: true });
  }
};
