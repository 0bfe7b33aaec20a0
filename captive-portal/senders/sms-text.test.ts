import { describe, expect, it } from "vitest";
import { DEFAULT_SMS_TEXT, isUnicode, smsText, smsTextTrouble, withoutAccents } from "./sms-text.ts";

describe("the text of an SMS", () => {
  it.each([
    ["Cà phê Đậm Đà", "Ca phe Dam Da"],
    ["Thời trang Ưu Đãi ẵ ự ỹ", "Thoi trang Uu Dai a u y"],
    ["Café № 1 🙂", "Cafe  1 "],
  ])("is %j without accents: %j", (text, plain) => {
    expect(withoutAccents(text)).toBe(plain);
  });

  it("fits one SMS by default, for a brand of 80 letters", () => {
    const text = smsText(DEFAULT_SMS_TEXT, { code: "012345", brand: "Ấ".repeat(80) });
    expect(text.length).toBeLessThanOrEqual(160);
    expect(isUnicode(text)).toBe(false);
  });

  it("puts code and brand in wherever they are named, and nothing else of what they hold", () => {
    const text = smsText("{brand}: {code}. {code}!", { code: "012345", brand: "{code} $& Quen" });
    expect(text).toBe("012345 $& Quen: 012345. 012345!");
  });

  it.each([
    ["Ma cua ban", "must contain {code}"],
    [`{code}${"a".repeat(460)}`, "must have at most 459 characters"],
    ["{code}\nhttp://evil.example", "must be one line without control characters"],
    [DEFAULT_SMS_TEXT, null],
  ])("is checked: %j", (text, trouble) => {
    expect(smsTextTrouble(text)).toBe(trouble);
  });
});
