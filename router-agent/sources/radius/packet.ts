// RADIUS packets of accounting (RFC 2865 section 3, RFC 2866): decoded with every length checked, the Request
// Authenticator verified in constant time, and the one reply there is.
import { createHash, timingSafeEqual } from "node:crypto";

export const ACCOUNTING_REQUEST = 4;
const ACCOUNTING_RESPONSE = 5;
const PROXY_STATE = 33;
const HEADER_BYTES = 20;
const MAX_BYTES = 4_096;

export interface Packet {
  code: number;
  identifier: number;
  authenticator: Buffer;
  /** The first attribute of each type. */
  attributes: Map<number, Buffer>;
  /** Proxy-State attributes whole and in order: a reply repeats them. */
  proxyStates: Buffer[];
  /** The packet without what a sender may have padded it with. */
  bytes: Buffer;
}

/** Null for anything that is not one well-formed packet. */
export const decodePacket = (datagram: Buffer): Packet | null => {
  if (datagram.length < HEADER_BYTES) return null;
  const length = datagram.readUInt16BE(2);
  if (length < HEADER_BYTES || length > MAX_BYTES || length > datagram.length) return null;
  const bytes = datagram.subarray(0, length);
  const attributes = new Map<number, Buffer>();
  const proxyStates: Buffer[] = [];
  for (let at = HEADER_BYTES; at < length;) {
    const type = bytes[at];
    const size = bytes[at + 1];
    if (type === undefined || size === undefined || size < 2 || at + size > length) return null;
    if (type === PROXY_STATE) proxyStates.push(bytes.subarray(at, at + size));
    if (!attributes.has(type)) attributes.set(type, bytes.subarray(at + 2, at + size));
    at += size;
  }
  return {
    code: bytes.readUInt8(0),
    identifier: bytes.readUInt8(1),
    authenticator: bytes.subarray(4, HEADER_BYTES),
    attributes,
    proxyStates,
    bytes,
  };
};

const ZEROS = Buffer.alloc(16);

/** MD5(Code + Identifier + Length + 16 zero octets + Attributes + Secret). */
export const isAuthentic = (packet: Packet, secret: string): boolean => {
  const expected = createHash("md5")
    .update(packet.bytes.subarray(0, 4))
    .update(ZEROS)
    .update(packet.bytes.subarray(HEADER_BYTES))
    .update(secret)
    .digest();
  return timingSafeEqual(expected, packet.authenticator);
};

/** MD5(Code + Identifier + Length + Request Authenticator + Attributes + Secret) stands in the reply. */
export const encodeResponse = (request: Packet, secret: string): Buffer => {
  const attributes = Buffer.concat(request.proxyStates);
  const reply = Buffer.concat([Buffer.alloc(4), request.authenticator, attributes]);
  reply.writeUInt8(ACCOUNTING_RESPONSE, 0);
  reply.writeUInt8(request.identifier, 1);
  reply.writeUInt16BE(reply.length, 2);
  createHash("md5").update(reply).update(secret).digest().copy(reply, 4);
  return reply;
};
