import { describe, expect, it } from "vitest";
import { PURPOSES, SENSITIVE } from "../schema/consent.ts";
import { LANGUAGES } from "./language.ts";
import { RETENTION } from "./retention.ts";
import { SAMPLE_GATEWAY } from "./testing/sample.ts";
import { purposeLabel, withdrawalWording, wordingSet } from "./wording.ts";

const every = { ...SAMPLE_GATEWAY, offered: PURPOSES };

describe.each(LANGUAGES)("the wordings in %s", (language) => {
  it("name the brand, the controller, how to reach it, and what is sensitive", async () => {
    const { boxes } = await wordingSet(every, language);
    for (const { purpose, shown, sensitive } of boxes) {
      expect(shown).toMatchObject({ id: purpose, language });
      expect(shown.text).toContain("Cà phê Mẫu");
      expect(shown.text).toContain("Công ty Cà phê Mẫu (privacy@example.vn)");
      expect(shown.text).not.toMatch(/[{}]/);
      expect(sensitive !== null).toBe(SENSITIVE[purpose]);
    }
  });

  it("tell how long visits are kept, and that the first is kept until erased (retention.ts)", async () => {
    const { boxes } = await wordingSet(every, language);
    const { text } = boxes.find(({ purpose }) => purpose === "visit_recognition")?.shown ?? { text: "" };
    const daysOf = (thing: string) => RETENTION.find((kept) => kept.thing === thing)?.days;
    expect(daysOf("visits")).toBe(396);
    expect(text).toMatch(/13 (?:tháng|months)/);
    expect(daysOf("first_visits")).toBeNull();
    expect(text).toMatch(
      /lần đầu được giữ đến khi bạn yêu cầu xóa|first visit is kept until you ask for erasure/,
    );
  });

  it("name no number, since who signs in with Zalo gave none", async () => {
    const { boxes } = await wordingSet(every, language);
    for (const { shown } of boxes) expect(shown.text).not.toMatch(/số này|this number/);
  });

  it("tell of advertising how often, by what way and when not (Law 91/2025 art. 28)", async () => {
    const { boxes } = await wordingSet(every, language);
    const ads = boxes.filter(({ purpose }) => purpose.startsWith("marketing_"));
    expect(ads).toHaveLength(3);
    for (const { shown } of ads) expect(shown.text).toMatch(/Zalo|SMS|email/);
    for (const { shown } of ads) expect(shown.text).toMatch(/3 .*22:00 (?:đến|and) 07:00/s);
  });

  it("of a withdrawal name what is withdrawn", () => {
    for (const purpose of PURPOSES) {
      const { text } = withdrawalWording(purpose, every.brand, language);
      expect(text).toContain(purposeLabel(purpose, every.brand, language));
      expect(text).not.toMatch(/[{}]/);
    }
  });
});

describe("the name of a set of wordings", () => {
  it("changes with language, brand, controller and what is offered, and with nothing else", async () => {
    const { brand } = every;
    const names = await Promise.all([
      wordingSet(every, "vi"),
      wordingSet(every, "en"),
      wordingSet(SAMPLE_GATEWAY, "vi"),
      wordingSet({ ...every, brand: { ...brand, name: "Khác" } }, "vi"),
      wordingSet({ ...every, brand: { ...brand, controller: { ...brand.controller, contact: "x" } } }, "vi"),
    ]).then((sets) => sets.map(({ name }) => name));
    expect(new Set(names).size).toBe(5);
    const recoloured = { ...every, brand: { ...brand, colour: "#ff0000" } };
    expect((await wordingSet(recoloured, "vi")).name).toBe(names[0]);
  });

  it("does not let a brand's name be read as a placeholder", async () => {
    const brand = { ...every.brand, name: "{contact} $& {controller}" };
    const { boxes } = await wordingSet({ ...every, brand }, "vi");
    expect(boxes[0]?.body).toContain("{contact} $& {controller}");
  });
});
