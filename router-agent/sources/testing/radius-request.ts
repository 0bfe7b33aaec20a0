// Builds accounting requests from RFC 2866 alone and checks replies, without a line of the code under test.
import { createHash } from "node:crypto";

/** Attribute numbers of RFC 2865, 2866 and 2869. */
const NUMBERS = {
  "NAS-IP-Address": 4,
  "Called-Station-Id": 30,
  "Calling-Station-Id": 31,
  "NAS-Identifier": 32,
  "Proxy-State": 33,
  "Acct-Status-Type": 40,
  "Acct-Delay-Time": 41,
  "Acct-Input-Octets": 42,
  "Acct-Output-Octets": 43,
  "Acct-Session-Id": 44,
  "Acct-Session-Time": 46,
  "Acct-Terminate-Cause": 49,
  "Acct-Input-Gigawords": 52,
  "Acct-Output-Gigawords": 53,
  "Event-Timestamp": 55,
} as const;

export type AttributeName = keyof typeof NUMBERS;
/** A number is four octets, a text its UTF-8 bytes. */
export type Attributes = [AttributeName, number | string | Uint8Array][];

const valueOf = (value: number | string | Uint8Array): Uint8Array => {
  if (typeof value === "string") return new TextEncoder().encode(value);
  if (typeof value !== "number") return value;
  return Uint8Array.of((value >>> 24) & 255, (value >>> 16) & 255, (value >>> 8) & 255, value & 255);
};

const md5 = (...parts: Uint8Array[]): Uint8Array => createHash("md5").update(Buffer.concat(parts)).digest();

export const buildRequest = (attributes: Attributes, secret: string, identifier = 1, code = 4): Buffer => {
  const body = Buffer.concat(
    attributes.map(([name, value]) => {
      const bytes = valueOf(value);
      return Uint8Array.of(NUMBERS[name], bytes.length + 2, ...bytes);
    }),
  );
  const length = 20 + body.length;
  const head = Uint8Array.of(code, identifier, length >> 8, length & 255);
  const authenticator = md5(head, new Uint8Array(16), body, new TextEncoder().encode(secret));
  return Buffer.concat([head, authenticator, body]);
};

/** Whether `reply` is the authentic Accounting-Response to `request`. */
export const isReplyTo = (reply: Buffer, request: Buffer, secret: string): boolean => {
  const length = (reply[2] ?? 0) * 256 + (reply[3] ?? 0);
  if (reply[0] !== 5 || reply[1] !== request[1] || length !== reply.length) return false;
  const expected = md5(
    reply.subarray(0, 4),
    request.subarray(4, 20),
    reply.subarray(20),
    new TextEncoder().encode(secret),
  );
  return Buffer.from(expected).equals(reply.subarray(4, 20));
};

/** The usual attributes of a session's report; `more` comes last. */
export const session = (status: number, mac: string, id: string, more: Attributes = []): Attributes => [
  ["Acct-Status-Type", status],
  ["Acct-Session-Id", id],
  ["Calling-Station-Id", mac],
  ["NAS-Identifier", "quan1-ap"],
  ...more,
];
