// What the server says on the stream: grants, or the answer to a ping. Anything else is counted and ignored.

import { parseObject } from "../sources/json.ts";

export type Frame =
  | { kind: "grants"; grants: readonly unknown[] }
  | { kind: "pong" }
  | { kind: "ignored"; reason: "not_json" | "unknown_type" | "malformed" };

export const PING = "ping";
const PONG = "pong";

export const readFrame = (text: string): Frame => {
  if (text === PONG) return { kind: "pong" };
  const frame = parseObject(text);
  if (frame === undefined) return { kind: "ignored", reason: "not_json" };
  if (frame["type"] !== "grants") return { kind: "ignored", reason: "unknown_type" };
  const { grants } = frame;
  return Array.isArray(grants) ? { kind: "grants", grants } : { kind: "ignored", reason: "malformed" };
};
