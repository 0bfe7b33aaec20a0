import { describe, expect, it } from "vitest";
import { inside, pathOf } from "../testing/own-shopper.ts";
import { Shopper, textOf } from "../testing/shopper.ts";

describe("other requests of a shopper", () => {
  it("are received with the days of the reply and of the deed, and stand on the own page", async () => {
    const { shopper, page } = await inside();
    const form = await shopper.get(`${pathOf(page)}/request`);
    const done = await shopper.submit(form, "/request", {
      kind: "other",
      text: "Ai đã xem dữ liệu của tôi?",
    });
    expect(textOf(done.html)).toMatch(/Đã nhận yêu cầu. Chúng tôi trả lời trước hết ngày \S+ và xử lý xong/);
    expect(textOf(done.html)).toContain("Yêu cầu đang được xử lý");
    const own = await shopper.get(pathOf(page));
    expect(textOf(own.html)).toContain("Yêu cầu khác");
    expect(own.html).toMatch(/rq_[0-9a-z]{20}/);
    expect(own.html).not.toContain("Ai đã xem");
  });

  it.each([
    [{ text: "không chọn gì" }, "kind", "Chọn một điều bạn muốn."],
    [{ kind: "other", text: " " }, "text", "Viết điều bạn muốn, tối đa 1.000 ký tự."],
    [{ kind: "other", text: "ế".repeat(1_001) }, "text", "Viết điều bạn muốn, tối đa 1.000 ký tự."],
  ])(
    "that say not enough or too much, %#, are told which field, with what was typed",
    async (fields, id, words) => {
      const { shopper, page } = await inside();
      const wrong = await shopper.submit(await shopper.get(`${pathOf(page)}/request`), "/request", fields);
      expect(wrong.status).toBe(422);
      expect(wrong.html).toContain(`href="#${id}"`);
      expect(textOf(wrong.html)).toContain(words);
      expect(wrong.html).toContain(fields.text.trim().slice(0, 100));
      expect(shopper.ports.counted).toContain("details_refused");
    },
  );

  it("as long as they may be fit through the form in Vietnamese", async () => {
    const { shopper, page } = await inside();
    const form = await shopper.get(`${pathOf(page)}/request`);
    const done = await shopper.submit(form, "/request", { kind: "other", text: "ế".repeat(1_000) });
    expect(done.status).toBe(200);
  });

  it("are limited, and the page says so", async () => {
    const { shopper, page } = await inside();
    const form = await shopper.get(`${pathOf(page)}/request`);
    for (let nth = 0; nth < 5; nth++) await shopper.submit(form, "/request", { kind: "object" });
    const more = await shopper.submit(form, "/request", { kind: "object" });
    expect([more.status, textOf(more.html).includes("nhiều yêu cầu đang được xử lý")]).toEqual([429, true]);
  });

  it("are nobody's who was not proven in that session", async () => {
    const shopper = new Shopper();
    const door = await shopper.get("/me");
    const led = await shopper.get(`${pathOf(door)}/request`);
    expect(pathOf(led)).toBe(pathOf(door));
  });
});

describe("what the page does at once", () => {
  it("is noted as a request that was fulfilled", async () => {
    const { shopper, page } = await inside();
    await shopper.send(`${pathOf(page)}/copy`);
    await shopper.submit(page, "/withdraw", { purpose: "visit_recognition" });
    await shopper.submit(page, "/details", { name: "Lan" });
    await shopper.submit(page, "/uncount");
    expect(shopper.ports.testRights.fulfilled()).toEqual(["copy", "withdraw", "correct", "object"]);
  });
});
