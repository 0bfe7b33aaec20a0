import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { makePseudonymise } from "./pseudonym.ts";
import type { Mac } from "./station.ts";
import { parseMac } from "./station.ts";

const key = (byte: number) => ({ keyId: `k${byte}`, key: Buffer.alloc(32, byte).toString("base64url") });

test("a token is the first 16 bytes of HMAC-SHA-256 of the six raw bytes, and 22 characters long", () => {
  const raw = Buffer.from([0x5a, 0xf7, 0x0b, 0x02, 0xa3, 0x6e]);
  const expected = createHmac("sha256", Buffer.alloc(32, 1)).update(raw).digest().subarray(0, 16);
  const { device } = makePseudonymise([key(1)])("5af70b02a36e" as Mac);
  expect(Buffer.from(device, "base64url")).toEqual(expected);
  expect(device).toMatch(/^[\w-]{21}[AQgw]$/);
});

test("every spelling of a MAC has the same token", () => {
  const spellings = [
    "5a:f7:0b:02:a3:6e",
    "5A-F7-0B-02-A3-6E",
    "5af7.0b02.a36e",
    "5af7-0b02-a36e",
    "5AF70B02A36E",
  ];
  const pseudonymise = makePseudonymise([key(1)]);
  expect(new Set(spellings.map((text) => pseudonymise(parseMac(text) as Mac).device)).size).toBe(1);
});

test("of two valid keys the newest is used, and another key gives another token", () => {
  const mac = "5af70b02a36e" as Mac;
  const both = [key(2), key(1)];
  expect(makePseudonymise(both)(mac).keyId).toBe("k2");
  expect(makePseudonymise(both)(mac).device).not.toBe(makePseudonymise([key(1)])(mac).device);
});
