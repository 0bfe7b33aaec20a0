import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { maskPhone, parsePhone, type PhoneNumber } from "./phone.ts";

const phoneOf = (text: string): string => {
  const parsed = parsePhone(text);
  return parsed.ok ? parsed.phone : parsed.reason;
};

describe("parsePhone", () => {
  it.each([
    ["0912345679", "+84912345679"],
    [" 0912 345 679 ", "+84912345679"],
    ["0912.345.679", "+84912345679"],
    ["0912-345-679", "+84912345679"],
    ["0912–345–679", "+84912345679"],
    ["(091) 234 5679", "+84912345679"],
    ["+84912345679", "+84912345679"],
    ["+84 (0) 912 345 679", "+84912345679"],
    ["+840912345679", "+84912345679"],
    ["84912345679", "+84912345679"],
    ["840912345679", "+84912345679"],
    ["0084912345679", "+84912345679"],
    ["912345679", "+84912345679"],
    ["tel:+84912345679", "+84912345679"],
    ["0912345679", "+84912345679"],
    ["\u202a0912345679\u202c", "+84912345679"],
    ["841234567", "+84841234567"],
    ["01201234567", "+84701234567"],
    ["1201234567", "+84701234567"],
    ["+841201234567", "+84701234567"],
    ["841201234567", "+84701234567"],
    ["00841201234567", "+84701234567"],
    ["01234567899", "+84834567899"],
    ["+1 202 555 0143", "+12025550143"],
    ["+33 6 12 34 56 78", "+33612345678"],
    ["0033612345678", "+33612345678"],
  ])("reads %j as %s", (text, phone) => {
    expect(phoneOf(text)).toBe(phone);
  });

  it.each([
    ["0120", "70"],
    ["0121", "79"],
    ["0122", "77"],
    ["0126", "76"],
    ["0128", "78"],
    ["0123", "83"],
    ["0124", "84"],
    ["0125", "85"],
    ["0127", "81"],
    ["0129", "82"],
    ["0162", "32"],
    ["0163", "33"],
    ["0164", "34"],
    ["0165", "35"],
    ["0166", "36"],
    ["0167", "37"],
    ["0168", "38"],
    ["0169", "39"],
    ["0186", "56"],
    ["0188", "58"],
    ["0199", "59"],
  ])("migrates the old prefix %s and keeps the last seven digits", (old, now) => {
    expect(phoneOf(`${old}2345678`)).toBe(`+84${now}2345678`);
  });

  it.each([
    ["", "empty"],
    ["  .-() ", "empty"],
    ["abc", "not_a_number"],
    ["0912345679 or 0912345670", "not_a_number"],
    ["9".repeat(41), "not_a_number"],
    ["0000000000", "filler"],
    ["0999999999", "filler"],
    ["+84999999999", "filler"],
    ["+15555555555", "filler"],
    ["0987654321", "filler"],
    ["0123456789", "filler"],
    ["09123456", "invalid"],
    ["09123456790000", "invalid"],
    ["0120123456", "invalid"],
    ["5551234", "invalid"],
    ["+999123456789", "invalid"],
    ["02838221234", "not_mobile"],
    ["1900123456", "not_mobile"],
  ])("refuses %j as %s", (text, reason) => {
    expect(phoneOf(text)).toBe(reason);
  });

  it("gives the same number for every way of writing it, and reads its own answer as itself", () => {
    const separators = fc.constantFrom("", " ", ".", "-", " ", " - ");
    const nsn = fc.tuple(
      fc.constantFrom("32", "70", "79", "83", "90", "91", "98", "56", "59", "87"),
      fc.integer({ min: 1_000_000, max: 9_999_998 }),
    );
    fc.assert(
      fc.property(
        nsn,
        fc.constantFrom("0", "+84", "84", "0084", "+840"),
        separators,
        (number, prefix, gap) => {
          const [head, tail] = [number[0], String(number[1])];
          const plain = phoneOf(`0${head}${tail}`);
          const written = [prefix + head, tail.slice(0, 3), tail.slice(3)].join(gap);
          if (plain === "filler") return;
          expect(phoneOf(written)).toBe(plain);
          expect(phoneOf(plain)).toBe(plain);
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it("never throws, whatever is typed", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 60 }), (text) => {
        expect(parsePhone(text)).toHaveProperty("ok");
      }),
    );
  });
});

describe("maskPhone", () => {
  it("shows at most the carrier prefix and the last three digits", () => {
    expect(maskPhone("+84912345679" as PhoneNumber)).toBe("091 ••• 679");
    expect(maskPhone("+12025550143" as PhoneNumber)).toBe("+••• 143");
  });
});
