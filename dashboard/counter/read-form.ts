// A posted form of the counter, at most a few fields: larger or other bodies are none of ours.

const MOST_BYTES = 2_048;

export const readCounterForm = async (request: Request): Promise<URLSearchParams | null> => {
  if (!(request.headers.get("content-type") ?? "").startsWith("application/x-www-form-urlencoded"))
    return null;
  if (Number(request.headers.get("content-length") ?? "0") > MOST_BYTES) return null;
  const text = await request.text();
  return text.length > MOST_BYTES ? null : new URLSearchParams(text);
};
