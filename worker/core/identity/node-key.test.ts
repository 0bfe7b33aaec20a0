import { createHmac } from "node:crypto";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseSubjectKey } from "../../../schema/ids.ts";
import { type IdentityNode, nodeKey, nodeMessage } from "./node-key.ts";
import { utf8 } from "./utf8.ts";

const key = new Uint8Array(32).fill(7);
const hmac = async (message: Uint8Array): Promise<Uint8Array> =>
  new Uint8Array(createHmac("sha256", key).update(message).digest());

const text = fc.string({ unit: "binary", maxLength: 12 }).filter((value) => !/\p{Surrogate}/u.test(value));
const node: fc.Arbitrary<IdentityNode> = fc.record({
  realm: fc.constantFrom("store", "commerce"),
  kind: text,
  value: text,
});

describe("nodeKey", () => {
  it("is the first 16 bytes of the HMAC over the length-prefixed parts", async () => {
    const message = Buffer.concat(
      ["store", "phone", "+84912345679"].flatMap((part) => {
        const size = Buffer.alloc(4);
        size.writeUInt32BE(part.length);
        return [size, Buffer.from(part)];
      }),
    );
    const phone = { realm: "store", kind: "phone", value: "+84912345679" } as const;
    expect(Buffer.from(nodeMessage(phone))).toEqual(message);
    const expected = createHmac("sha256", key).update(message).digest().subarray(0, 16).toString("base64url");
    expect(await nodeKey(hmac, phone)).toBe(expected);
  });

  it("differs between realms for the same phone", async () => {
    const phone = { kind: "phone", value: "+84912345679" };
    const inStore = await nodeKey(hmac, { realm: "store", ...phone });
    expect(inStore).not.toBe(await nodeKey(hmac, { realm: "commerce", ...phone }));
  });

  it("never gives one message to two different nodes, and always gives a subject key", async () => {
    await fc.assert(
      fc.asyncProperty(node, node, async (a, b) => {
        const same = JSON.stringify(a) === JSON.stringify(b);
        const equal = Buffer.from(nodeMessage(a)).equals(Buffer.from(nodeMessage(b)));
        expect(equal).toBe(same);
        const made = await nodeKey(hmac, a);
        expect(parseSubjectKey(made)).toBe(made);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe("utf8", () => {
  it("encodes as the platform's own encoder does", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (value) => {
        expect(utf8(value)).toEqual(new TextEncoder().encode(value));
      }),
    );
  });
});
