import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { SENTIMENTS, type Sentiment } from "../../../schema/events.ts";
import { classify } from "./classify.ts";
import { INTENSIFIERS, PHRASES } from "./lexicon.ts";
import { confusionOf, type Labelled, majorityShare, scoreOf } from "./score.ts";
import { unmarked } from "./words.ts";

const { development, heldOut } = JSON.parse(
  readFileSync(new URL("sample.json", import.meta.url), "utf8"),
) as { development: Labelled[]; heldOut: Labelled[] };

describe("the mood of a message", () => {
  test.each<[string, Sentiment]>([
    ["áo đẹp", "positive"],
    ["ao dep", "positive"],
    ["ÁO ĐẸPPPPP", "positive"],
    ["hok ngon", "negative"],
    ["k đẹp", "negative"],
    ["không hề thất vọng", "positive"],
    ["đẹp nhưng giao chậm quá", "negative"],
    ["giao nhanh giúp mình nhé", "neutral"],
    ["hàng có bền không shop", "neutral"],
    ["hang dep ko shop", "neutral"],
    ["hàng đẹp quá, còn size M không ạ", "positive"],
    ["sao chưa giao nữa vậy", "negative"],
    ["mình đặt 2 ly", "neutral"],
    ["🥰🥰", "positive"],
    ["😡", "negative"],
    ["", "neutral"],
    ["123 456", "neutral"],
  ])("%j is %s", (text, label) => expect(classify(text)).toBe(label));

  test("without diacritics, what would be another word says nothing: đặt is no đắt, hỏi no hôi", () => {
    expect([classify("đắt"), classify("hôi")]).toEqual(["negative", "negative"]);
    expect([classify("minh dat roi"), classify("cho minh hoi")]).toEqual(["neutral", "neutral"]);
  });

  test("of a megabyte is that of its beginning: the rest is not read", () => {
    const beginning = "thất vọng quá. ".repeat(400);
    expect(classify(`${beginning}${"đẹp quá. ".repeat(100_000)}`)).toBe("negative");
    expect(classify(`${"đẹp quá. ".repeat(100_000)}${beginning}`)).toBe("positive");
  });

  test("is the same however the signs are composed, and whatever a text is", () => {
    const texts = [...development, ...heldOut].map(({ text }) => text);
    for (const text of texts) expect(classify(text.normalize("NFD"))).toBe(classify(text));
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        expect(SENTIMENTS).toContain(classify(text));
      }),
    );
  });
});

describe("the lexicon", () => {
  test("has each phrase once", () => {
    const texts = PHRASES.map(({ text }) => text);
    expect(texts.filter((text, at) => texts.indexOf(text) !== at)).toEqual([]);
  });

  test("has no phrase that is good with diacritics and bad without", () => {
    const weights = new Map<string, number>();
    for (const { text, weight, markedOnly } of PHRASES) {
      if (markedOnly) continue;
      const sign = Math.sign(weight);
      expect([text, weights.get(unmarked(text)) ?? sign]).toEqual([text, sign]);
      weights.set(unmarked(text), sign);
    }
    expect(INTENSIFIERS.filter((word) => PHRASES.some(({ text }) => text === word))).toEqual([]);
  });
});

describe("the sample", () => {
  test("has no message in both halves, and each label in each", () => {
    const texts = [...development, ...heldOut].map(({ text }) => text);
    expect(new Set(texts).size).toBe(texts.length);
    for (const half of [development, heldOut])
      for (const label of SENTIMENTS) expect(half.some((one) => one.label === label)).toBe(true);
  });

  test("the half that was held out is read far better than by always saying what is there most", () => {
    const { accuracy, labels } = scoreOf(confusionOf(heldOut, classify));
    expect(accuracy).toBeGreaterThan(majorityShare(heldOut) + 0.2);
    for (const label of SENTIMENTS) expect(labels[label].precision).toBeGreaterThan(1 / 3);
  });
});
