// A POST of JSON to the operator's own service, signed as Standard Webhooks says. It follows no redirect: an answer that
// leads elsewhere would carry what is in it along.

export interface SignedMessage {
  readonly id: string;
  readonly at: number;
  readonly body: unknown;
  readonly timeoutMs: number;
}

export const signedPost = async (
  url: URL,
  key: Uint8Array<ArrayBuffer>,
  { id, at, body, timeoutMs }: SignedMessage,
): Promise<Request> => {
  const text = JSON.stringify(body);
  const timestamp = String(Math.floor(at / 1_000));
  return new Request(url, {
    method: "POST",
    body: text,
    redirect: "manual",
    signal: AbortSignal.timeout(timeoutMs),
    headers: {
      "Content-Type": "application/json",
      "webhook-id": id,
      "webhook-timestamp": timestamp,
      "webhook-signature": `v1,${await hmac(key, `${id}.${timestamp}.${text}`)}`,
    },
  });
};

export type Taken =
  | { readonly kind: "taken" }
  | { readonly kind: "retry"; readonly afterMs: number }
  | { readonly kind: "refuse"; readonly status: number };

/** What the service's answer means: a busy one is asked again later, any other refusal is final. */
export const takenBy = (response: Response, retryMs: number): Taken => {
  const { ok, status } = response;
  if (ok) return { kind: "taken" };
  if (status !== 429 && status !== 408 && status < 500) return { kind: "refuse", status };
  const seconds = Number(response.headers.get("retry-after") ?? Number.NaN);
  return { kind: "retry", afterMs: seconds > 0 && seconds <= 3_600 ? seconds * 1_000 : retryMs };
};

const hmac = async (secret: Uint8Array<ArrayBuffer>, text: string): Promise<string> => {
  const key = await crypto.subtle.importKey("raw", secret, { name: "HMAC", hash: "SHA-256" }, false, [
    "sign",
  ]);
  const mac = await crypto.subtle.sign("HMAC", key, new TextEncoder().encode(text));
  return btoa(String.fromCharCode(...new Uint8Array(mac)));
};
