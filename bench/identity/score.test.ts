import { describe, expect, it } from "vitest";
import { isStrong, score, soleOwners } from "./score.ts";

/** `a=1 b=1 c=2`: members and the name of what they are in. */
const mapOf = (text: string): Map<string, string> =>
  new Map(
    text
      .split(" ")
      .filter(Boolean)
      .map((part) => part.split("=") as [string, string]),
  );

describe("score", () => {
  it.each([
    { what: "the truth itself", truth: "a=1 b=1 c=2", found: "a=x b=x c=y", precision: 1, recall: 1, f05: 1 },
    {
      what: "everybody one",
      truth: "a=1 b=1 c=2 d=2",
      found: "a=x b=x c=x d=x",
      precision: 2 / 6,
      recall: 1,
      f05: 5 / 13,
    },
    { what: "nobody joined", truth: "a=1 b=1 c=2", found: "a=x b=y c=z", precision: 1, recall: 0, f05: 0 },
    {
      what: "only wrong pairs",
      truth: "a=1 b=1 c=2 d=2",
      found: "a=x c=x b=y d=y",
      precision: 0,
      recall: 0,
      f05: 0,
    },
    {
      what: "half found",
      truth: "a=1 b=1 c=1",
      found: "a=x b=x c=y",
      precision: 1,
      recall: 1 / 3,
      f05: 5 / 7,
    },
    { what: "nothing to join", truth: "a=1 b=2", found: "a=x b=y", precision: 1, recall: 1, f05: 1 },
    { what: "one unknown to the resolver", truth: "a=1 b=1", found: "a=x", precision: 1, recall: 0, f05: 0 },
    { what: "no identifiers at all", truth: "", found: "", precision: 1, recall: 1, f05: 1 },
  ])("of $what is precision $precision and recall $recall", ({ truth, found, precision, recall, f05 }) => {
    const scored = score(mapOf(found), mapOf(truth));
    expect(scored.precision).toBeCloseTo(precision, 12);
    expect(scored.recall).toBeCloseTo(recall, 12);
    expect(scored.f05).toBeCloseTo(f05, 12);
  });

  it("does not count identifiers outside the scored set, but what they join", () => {
    const found = mapOf("a=x shared=x b=x");
    expect(score(found, mapOf("a=1 b=2")).precision).toBe(0);
    expect(score(mapOf("a=x shared=x b=y"), mapOf("a=1 b=2")).precision).toBe(1);
  });

  it("weighs precision more than recall", () => {
    const truth = mapOf("a=1 b=1 c=1 d=1 e=2 f=2 g=2 h=2");
    const careful = score(mapOf("a=1 b=1 c=3 d=3 e=2 f=2 g=4 h=4"), truth);
    const bold = score(mapOf("a=1 b=1 c=1 d=1 e=1 f=1 g=1 h=1"), truth);
    expect(careful.recall).toBeLessThan(bold.recall);
    expect(careful.f05).toBeGreaterThan(bold.f05);
  });
});

describe("soleOwners", () => {
  it("leaves out what several own and what nobody owns", () => {
    const owners = new Map([
      ["mine", new Set(["1"])],
      ["ours", new Set(["1", "2"])],
      ["nobody's", new Set<string>()],
    ]);
    expect(soleOwners(owners)).toEqual(new Map([["mine", "1"]]));
  });
});

describe("isStrong", () => {
  it.each([
    ["commerce|phone|+84912345679", true],
    ["commerce|customer:pos|9", true],
    ["commerce|anonymous:web|9", false],
  ])("of %s is %s", (key, strong) => {
    expect(isStrong(key)).toBe(strong);
  });
});
