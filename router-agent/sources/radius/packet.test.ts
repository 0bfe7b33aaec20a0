import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildRequest, isReplyTo, session } from "../testing/radius-request.ts";
import { readAccounting } from "./accounting.ts";
import { decodePacket, encodeResponse, isAuthentic } from "./packet.ts";

const SECRET = "labsecret";
const REQUEST = buildRequest(session(1, "70-8A-09-65-4D-EC", "s1"), SECRET, 77);

const decode = (datagram: Buffer) => {
  const packet = decodePacket(datagram);
  if (packet === null) throw new Error("malformed");
  return packet;
};

describe("the Request Authenticator", () => {
  it("is right for the shared secret and for no other", () => {
    expect(isAuthentic(decode(REQUEST), SECRET)).toBe(true);
    expect(isAuthentic(decode(REQUEST), "labsecreT")).toBe(false);
  });

  it("covers every byte of the packet", () => {
    for (let at = 0; at < REQUEST.length; at += 1) {
      const changed = Buffer.from(REQUEST);
      changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
      const packet = decodePacket(changed);
      expect(packet !== null && isAuthentic(packet, SECRET)).toBe(false);
    }
  });

  it("ignores what the datagram was padded with", () => {
    expect(isAuthentic(decode(Buffer.concat([REQUEST, Buffer.alloc(5, 7)])), SECRET)).toBe(true);
  });
});

describe("the answer", () => {
  it("is authentic for the request it answers and for no other", () => {
    const reply = encodeResponse(decode(REQUEST), SECRET);
    expect(isReplyTo(reply, REQUEST, SECRET)).toBe(true);
    expect(isReplyTo(reply, REQUEST, "other")).toBe(false);
  });

  it("repeats every Proxy-State in order, as RFC 2866 5.13 asks", () => {
    const request = buildRequest(
      [["Proxy-State", "first"], ...session(1, "0200aabbccdd", "s"), ["Proxy-State", "2"]],
      SECRET,
    );
    const reply = encodeResponse(decode(request), SECRET);
    expect(isReplyTo(reply, request, SECRET)).toBe(true);
    expect(reply.subarray(20).toString("latin1")).toBe("\u0021\u0007first\u0021\u00032");
  });
});

const MALFORMED: [string, Buffer][] = [
  ["nothing", Buffer.alloc(0)],
  ["less than a header", REQUEST.subarray(0, 19)],
  ["a length longer than the datagram", REQUEST.subarray(0, -1)],
  ["a length shorter than the header", Buffer.from([4, 1, 0, 19, ...Buffer.alloc(16)])],
  ["a length over 4096", Buffer.concat([Buffer.from([4, 1, 0x10, 0x01]), Buffer.alloc(4093)])],
  ["an attribute of length 0", Buffer.from([4, 1, 0, 22, ...Buffer.alloc(16), 40, 0])],
  ["an attribute of length 1", Buffer.from([4, 1, 0, 22, ...Buffer.alloc(16), 40, 1])],
  ["an attribute longer than the packet", Buffer.from([4, 1, 0, 22, ...Buffer.alloc(16), 40, 3])],
  ["half an attribute", Buffer.from([4, 1, 0, 21, ...Buffer.alloc(16), 40])],
];
it.each(MALFORMED)("%s is malformed", (_what, datagram) => {
  expect(decodePacket(datagram)).toBeNull();
});

it("no datagram whatever makes the decoder or the reader throw", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.boolean(), (bytes, fixLength) => {
      const datagram = Buffer.from(bytes);
      if (fixLength && datagram.length >= 4) datagram.writeUInt16BE(datagram.length, 2);
      const packet = decodePacket(datagram);
      const read = packet === null ? "malformed" : readAccounting(packet, "10.0.0.1", 0).kind;
      expect(["malformed", "unusable", "nas", "session"]).toContain(read);
    }),
    { numRuns: 5_000 },
  );
});

describe("golden packets that hostapd 2.10 and radclient 3.2.1 sent", () => {
  const golden = JSON.parse(
    readFileSync(join(import.meta.dirname, "..", "fixtures", "radius-golden.json"), "utf8"),
  ) as { from: string; secret: string; hex: string; reads: object }[];
  it.each(golden)("from $from: $reads", ({ secret, hex, reads }) => {
    const packet = decode(Buffer.from(hex, "hex"));
    expect(isAuthentic(packet, secret)).toBe(true);
    expect(readAccounting(packet, "127.0.0.1", 0)).toMatchObject(reads);
  });
});
