import { expect, it } from "vitest";
import { missLimit } from "./miss-limit.ts";
import { challengeOf } from "./pkce.ts";
import { newShortCode, readShortCode, showShortCode } from "./short-code.ts";

it("a short code is read as it is typed: any case, with or without its dash", () => {
  const code = newShortCode();
  const typed = [
    code,
    showShortCode(code),
    showShortCode(code).toLowerCase(),
    ` ${code} `,
    code.split("").join(" "),
  ];
  expect(typed.map(readShortCode)).toEqual(typed.map(() => code));
});

it.each(["", "ABCDE-FGHJ", "ABCDE-FGHJ0", "ABCDE-FGHJI", "ABCDE-FGHJK2", "ABCDE/FGHJK", "ÀBCDE-FGHJK"])(
  "%j is no short code",
  (text) => expect(readShortCode(text)).toBeNull(),
);

it("the challenge is the one of RFC 7636, appendix B", async () => {
  const verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
  expect(await challengeOf(verifier)).toBe("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
});

it("30 misses a minute end the guessing of one address, and of no other", () => {
  const limit = missLimit();
  for (let misses = 0; misses < 30; misses++) {
    expect(limit.isOver("a", 1_000)).toBe(false);
    limit.note("a", 1_000);
  }
  expect(limit.isOver("a", 59_999)).toBe(true);
  expect(limit.isOver("b", 59_999)).toBe(false);
  expect(limit.isOver("a", 60_000)).toBe(false);
});
