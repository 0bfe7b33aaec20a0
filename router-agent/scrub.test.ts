import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { maskName, scrubMacs } from "./scrub.ts";
import { makeLog, sentenceOf } from "./log.ts";
import { SPELLINGS } from "./testing/spellings.ts";

const octets = fc.array(fc.integer({ min: 0, max: 255 }), { minLength: 6, maxLength: 6 });
const KEY = Buffer.alloc(32, 7).toString("base64url");

describe("the scrubber", () => {
  test.each(SPELLINGS)("takes out every MAC spelled as %s, in the middle of any sentence", (_, spell) => {
    fc.assert(
      fc.property(octets, fc.constantFrom("", " ", "sta=", '"', "(", "g-", "/"), (bytes, around) => {
        const text = spell(bytes.map((byte) => byte.toString(16).padStart(2, "0")));
        const scrubbed = scrubMacs(`Station ${around}${text}${around} said no.`);
        expect(scrubbed.toLowerCase()).not.toContain(text.toLowerCase());
        expect(scrubbed).toContain("[mac]");
      }),
      { numRuns: 200 },
    );
  });

  test("leaves what is no MAC", () => {
    const text = "at 12:30:45 on 2026-11-22 10.0.0.1 fe80::1 epoch 1792508581468 took 12345 ms, code 0x1f";
    expect(scrubMacs(text)).toBe(text);
  });

  test("stands before every log line, whatever field it is in", () => {
    for (const format of ["text", "json"] as const) {
      const lines: string[] = [];
      const log = makeLog({ level: "debug", format, write: (line) => void lines.push(line), now: () => 0 });
      log("info", "Station 5A:F7:0B:02:A3:6E came.", { "5af70b02a36e": "5af7.0b02.a36e" });
      expect(lines.join("")).not.toMatch(/a3.?6e/i);
    }
  });

  test("stands before what an error says", () => {
    expect(sentenceOf(new Error("bad station 5a-f7-0b-02-a3-6e\n  at x"))).toBe("bad station [mac] at x");
    expect(sentenceOf("5af70b02a36e")).toBe("[mac]");
  });
});

describe("the name of an access point", () => {
  test("that is a BSSID becomes a tag, the same for every spelling and another for another BSSID", () => {
    const tag = maskName("b0:95:75:15:93:44", KEY);
    expect(tag).toMatch(/^ap~[\w-]{8}$/);
    expect(maskName("B0-95-75-15-93-44:Quen Guest", KEY)).toBe(`${tag}:Quen Guest`);
    expect(maskName("b09575159345", KEY)).not.toBe(tag);
  });

  test("is kept as it is when it holds none, up to the length that the wire allows", () => {
    expect(maskName("wlan0", KEY)).toBe("wlan0");
    expect(maskName("x".repeat(100), KEY)).toHaveLength(64);
  });
});
