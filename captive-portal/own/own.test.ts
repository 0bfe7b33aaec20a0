import { describe, expect, it } from "vitest";
import { atTheDoor, inside, pathOf } from "../testing/own-shopper.ts";
import { type Page, PHONE, formsOf, textOf } from "../testing/shopper.ts";

describe("the shopper's own page", () => {
  it("shows everything held in words, after a code", async () => {
    const { page } = await inside();
    const text = textOf(page.html);
    expect(page.status).toBe(200);
    for (const part of ["+84912345679", "Nhận ra tôi khi tôi quay lại", "Thiết bị 1", "Tải bản sao"]) {
      expect(text).toContain(part);
    }
    expect(page.html).not.toContain("<script");
    expect(text).not.toMatch(/[0-9a-f]{2}(:[0-9a-f]{2}){5}/i);
  });

  it.each(["", "/copy", "/erase"])("shows nothing at %s before the proof", async (path) => {
    const { shopper, code } = await atTheDoor();
    const session = pathOf(code).replace(/\/code$/, "");
    const page = await shopper.get(`${session}${path}`);
    expect(page.url).toMatch(/\/code$/);
    expect(textOf(page.html)).not.toContain("Nhận ra tôi");
  });

  it.each(["/withdraw", "/details", "/uncount", "/count", "/erase"])(
    "does nothing for a form to %s before the proof",
    async (path) => {
      const { shopper, code } = await atTheDoor();
      const session = pathOf(code).replace(/\/code$/, "");
      const token = formsOf(code.html)[0]?.hidden["token"] ?? "";
      await shopper.post(`${session}${path}`, { token, purpose: "marketing_zalo", sure: "yes", name: "x" });
      const person = { kind: "phone", phone: shopper.ports.sent[0]?.phone ?? ("" as never) } as const;
      expect(await shopper.ports.ledger.standing(person, shopper.now)).toHaveLength(2);
      expect((await shopper.ports.rights.view(person, shopper.now)).details.name).toBeNull();
    },
  );

  it("says the same to a number that is known and one that is not", async () => {
    const known = await atTheDoor();
    const other = await atTheDoor("0912 345 671");
    const plain = ({ html }: Page) => textOf(html).replace(/6\d{2}\b/g, "6**");
    expect(plain(other.code)).toBe(plain(known.code));
  });

  it("opens for no code that was sent for a store's page, and the other way round", async () => {
    const { shopper, code } = await atTheDoor();
    const stale = shopper.ports.sent[0]?.code ?? "";
    const fresh = shopper.ports.sent[1]?.code ?? "";
    expect(shopper.ports.sent).toHaveLength(2);
    // One in a million times both are the same, and then it proves nothing.
    const wrong = stale === fresh ? "x" : stale;
    expect((await shopper.submit(code, "/code", { code: wrong })).status).toBe(422);
    const store = await shopper.open();
    const ask = await shopper.submit(store, pathOf(store), { phone: PHONE, adult: "yes" });
    expect(textOf(ask.html)).not.toContain("Dữ liệu của tôi");
  });

  it("opens under a new address, and the old one shows nothing to whoever knew it", async () => {
    const { shopper, code } = await atTheDoor();
    const door = pathOf(code).replace(/\/code$/, "");
    const page = await shopper.typeCode(code);
    expect(pathOf(page)).not.toBe(door);
    for (const place of ["", "/copy", "/erase", "/code"]) {
      const old = await shopper.get(`${door}${place}`);
      expect(old.html).not.toContain(pathOf(page));
      expect(textOf(old.html)).not.toMatch(/Nhận ra tôi|\+84/);
    }
    expect(pathOf(await shopper.typeCode(code))).toBe(pathOf(page));
  });

  it("counts what is guessed at the old address after the proof", async () => {
    const { shopper, code } = await atTheDoor();
    const right = shopper.ports.sent.at(-1)?.code ?? "";
    await shopper.typeCode(code);
    await shopper.typeCode(code, right === "000000" ? "000001" : "000000");
    expect(shopper.ports.counted).toEqual(["code_wrong"]);
  });

  it("closes after half an hour, and at once when the shopper leaves", async () => {
    const { shopper, page } = await inside();
    const left = await shopper.submit(page, "/leave");
    expect(left.url).toContain("/me/s/");
    expect((await shopper.get(pathOf(page))).status).toBe(410);
    const again = await inside();
    again.shopper.now += 30 * 60_000;
    expect((await again.shopper.get(pathOf(again.page))).status).toBe(410);
  });

  it("refuses a form that comes from another site or without the page's token", async () => {
    const { shopper, page } = await inside();
    const form = { purpose: "marketing_zalo" };
    const token = formsOf(page.html)[0]?.hidden["token"] ?? "";
    expect((await shopper.post(`${pathOf(page)}/withdraw`, form)).status).toBe(403);
    const elsewhere = { "sec-fetch-site": "cross-site" };
    expect((await shopper.post(`${pathOf(page)}/withdraw`, { ...form, token }, elsewhere)).status).toBe(403);
    expect(shopper.ports.counted.filter((reason) => reason === "foreign_form")).toHaveLength(2);
  });
});
