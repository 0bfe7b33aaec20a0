// Reads a request body that may be gzip, within a bound on the bytes received and on what they unpack to.

import { gunzipSync } from "node:zlib";

export type Body =
  | { ok: true; json: unknown }
  | { ok: false; reason: "too_large" | "invalid_encoding" | "unsupported_media" };

/** workerd says RangeError when the output would pass `maxOutputLength`. */
const tooLarge = (error: unknown): boolean => error instanceof RangeError;

const received = async (request: Request, maxBytes: number): Promise<Uint8Array | null> => {
  const declared = Number(request.headers.get("content-length") ?? "0");
  if (declared > maxBytes) return null;
  if (!request.body) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body as ReadableStream<Uint8Array>) {
    size += chunk.byteLength;
    if (size > maxBytes) return null;
    chunks.push(chunk);
  }
  const [only] = chunks;
  return chunks.length === 1 && only ? only : Buffer.concat(chunks);
};

export type Bytes =
  | { ok: true; bytes: Uint8Array }
  | { ok: false; reason: "too_large" | "invalid_encoding" | "unsupported_media" };

export interface Reading {
  /** Also where no header says so: no JSON begins with gzip's two bytes (RFC 1952, 2.3.1). */
  readonly sniffGzip?: boolean;
}

const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

/** The body as it was before it was packed. */
export const readBytes = async (
  request: Request,
  maxBytes: number,
  { sniffGzip = false }: Reading = {},
): Promise<Bytes> => {
  const encoding = (request.headers.get("content-encoding") ?? "identity").toLowerCase();
  if (encoding !== "identity" && encoding !== "gzip") return { ok: false, reason: "unsupported_media" };
  const raw = await received(request, maxBytes);
  if (raw === null) return { ok: false, reason: "too_large" };
  try {
    const isPacked = encoding === "gzip" || (sniffGzip && isGzip(raw));
    const bytes = isPacked ? gunzipSync(raw, { maxOutputLength: maxBytes }) : raw;
    return { ok: true, bytes };
  } catch (error) {
    return { ok: false, reason: tooLarge(error) ? "too_large" : "invalid_encoding" };
  }
};

export const readBody = async (request: Request, maxBytes: number, reading: Reading = {}): Promise<Body> => {
  const body = await readBytes(request, maxBytes, reading);
  if (!body.ok) return body;
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(body.bytes);
    return { ok: true, json: JSON.parse(text) as unknown };
  } catch {
    return { ok: false, reason: "invalid_encoding" };
  }
};
