// What openNDS reports when a client's session has ended: a complete session with its traffic. The MAC is turned into
// a device token by whoever reads this, at once; the custom text is not taken over.

import { fromBase64, toText } from "./bytes.ts";
import { parseMac } from "./mac.ts";

const METHODS = [
  "client_deauth",
  "idle_deauth",
  "timeout_deauth",
  "downquota_deauth",
  "upquota_deauth",
  "ndsctl_deauth",
  "shutdown_deauth",
] as const;

export interface Deauthed {
  readonly method: (typeof METHODS)[number];
  /** 12 lower-case hex digits. */
  readonly mac: string;
  /** openNDS's own of the session, whose hash of a hash is the rhid; null: it said none. */
  readonly token: string | null;
  /** By the gateway's clock. */
  readonly startedAt: number;
  readonly endedAt: number;
  readonly bytesIn: number;
  readonly bytesOut: number;
}

export const readDeauthed = (payload: string): Deauthed | null => {
  const once = textOf(payload);
  // Some versions encode it twice.
  const text = once === null || once.includes("method=") ? once : textOf(once);
  if (text === null) return null;
  const fields = new Map<string, string>();
  for (const [, name = "", quoted, bare] of text.matchAll(/([a-z_]+)=(?:"([^"]*)"|([^,]*))(?:, |$)/g)) {
    if (!fields.has(name)) fields.set(name, quoted ?? bare ?? "");
  }
  const method = METHODS.find((known) => known === fields.get("method"));
  const mac = parseMac(fields.get("clientmac") ?? "");
  const [start, end, bytesIn, bytesOut] = NUMBERS.map((name) => numberOf(fields.get(name)));
  if (method === undefined || mac === null || start == null || end == null) return null;
  if (bytesIn == null || bytesOut == null || end < start) return null;
  const said = fields.get("token") ?? "";
  const token = /^[0-9a-f]{8}$/.test(said) ? said : null;
  return { method, mac, token, startedAt: start * 1_000, endedAt: end * 1_000, bytesIn, bytesOut };
};

const NUMBERS = ["session_start", "session_end", "bytes_incoming", "bytes_outgoing"] as const;

const numberOf = (text: string | undefined): number | null =>
  text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : null;

const textOf = (base64: string): string | null => {
  const bytes = fromBase64(base64.trim());
  return bytes === null ? null : (toText(bytes)?.trim() ?? null);
};
