import { describe, expect, it } from "vitest";
import { encode } from "uqr";
import { inside, pathOf } from "./testing/own-shopper.ts";
import { SAMPLE_GATEWAY } from "./testing/sample.ts";
import { MAC, ORIGIN, type Page, Shopper, formsOf, sessionOf, textOf } from "./testing/shopper.ts";

const ALLOW = { allow: ["visit_recognition", "marketing_zalo"] };
const bytes = (page: Page): number => new TextEncoder().encode(page.html).length;

const proven = async (): Promise<{ shopper: Shopper; page: Page }> => {
  const shopper = new Shopper();
  return { shopper, page: await shopper.typeCode(await shopper.askForCode(ALLOW)) };
};

/** Every code that was made, by its address. */
const watched = () => {
  const urls: string[] = [];
  const { counter } = new Shopper().ports;
  const shopper = new Shopper({
    change: {
      counter: {
        issue: async (person, at) => {
          const code = await counter.issue(person, at);
          if (code !== null) urls.push(code.url);
          return code;
        },
      },
    },
  });
  return { shopper, urls };
};

describe("the code for the counter", () => {
  it("is made by a tap on the last page, and on the own page, of whoever was proven there", async () => {
    const store = await proven();
    const own = await inside();
    for (const { shopper, page } of [store, own]) {
      const shown = await shopper.submit(page, "/counter");
      expect(shown.status).toBe(200);
      expect(shown.html).toMatch(/<svg[^>]*role="img"[^>]*aria-label="Mã QR để nhân viên quầy quét"/);
      expect(textOf(shown.html)).toMatch(/trong 2 phút, đến \d\d:\d\d:\d\d/);
      expect(pathOf(shown)).toMatch(/\/counter$/);
    }
  });

  it("is the picture of its address, which stands nowhere else on the page", async () => {
    const { shopper, urls } = watched();
    const page = await shopper.typeCode(await shopper.askForCode(ALLOW));
    const shown = await shopper.submit(page, "/counter");
    const [url = ""] = urls;
    expect(url).toMatch(new RegExp(`^${ORIGIN}/counter/q/`));
    expect(shown.html).not.toContain(url.slice(url.lastIndexOf("/")));
    const { data, size } = encode(url, { ecc: "M", border: 4 });
    const drawn = data.map(() => new Set<number>());
    for (const [, x = "", y = "", length = ""] of shown.html.matchAll(/M(\d+) (\d+)\.5h(\d+)/g))
      for (let n = 0; n < Number(length); n += 1) drawn[Number(y)]?.add(Number(x) + n);
    expect(shown.html).toContain(`viewBox="0 0 ${size} ${size}"`);
    expect(drawn.map((row) => data.map((_, x) => row.has(x)))).toEqual(data);
  });

  it("is another one with every tap, and none after five that stand", async () => {
    const { shopper, urls } = watched();
    let page = await shopper.typeCode(await shopper.askForCode(ALLOW));
    for (let n = 0; n < 5; n += 1) page = await shopper.submit(page, "/counter");
    expect(new Set(urls).size).toBe(5);
    const held = await shopper.submit(page, "/counter");
    expect([held.status, held.headers.get("retry-after")]).toEqual([429, "120"]);
    expect(textOf(held.html)).toContain("Chờ 2 phút");
    expect(held.html).not.toContain('class="qr"');
    shopper.now += 120_000;
    expect((await shopper.submit(held, "/counter")).html).toContain('class="qr"');
  });

  it("leaves the page by itself when it is over, without script", async () => {
    const { shopper, page } = await proven();
    const shown = await shopper.submit(page, "/counter");
    expect(shown.headers.get("refresh")).toBe(`120; url=${pathOf(shown)}?over`);
    const over = await shopper.get(`${pathOf(shown)}?over`);
    expect(over.html).not.toContain('class="qr"');
    expect(textOf(over.html)).toContain("Mã đã hết hạn");
  });

  it("is under 14 KB with its picture, with no script and nothing that the page's policy would not allow", async () => {
    const { shopper, page } = await proven();
    const shown = await shopper.submit(page, "/counter");
    expect(bytes(shown)).toBeLessThanOrEqual(14 * 1024);
    expect(shown.html).not.toMatch(/<script|style=|<img|https?:\/\//);
    expect(shown.headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(shown.headers.get("cache-control")).toBe("no-store");
  });

  it("is not made for a device that was only let on again, a guest, or before the proof", async () => {
    const returned = new Shopper();
    returned.ports.returningDevices.add(await returned.ports.devices.tokenOf(MAC.replaceAll(":", "")));
    const back = await returned.open();
    const on = await returned.submit(back, "/back");
    expect(on.html).not.toContain("/counter");
    const first = new Shopper();
    const door = await first.open();
    const guest = new Shopper();
    const asGuest = await guest.submit(await guest.open(), "/guest");
    for (const [shopper, page, token] of [
      [returned, on, formsOf(back.html)[0]?.hidden["token"]],
      [first, door, formsOf(door.html)[0]?.hidden["token"]],
      [guest, asGuest, formsOf(asGuest.html)[0]?.hidden["token"]],
    ] as const) {
      const path = `/w/${SAMPLE_GATEWAY.id}/s/${sessionOf(page)}/counter`;
      const tried = await shopper.post(path, { token: token ?? "" });
      expect(tried.html).not.toContain('class="qr"');
      expect((await shopper.get(path)).html).not.toContain('class="qr"');
    }
  });

  it("is not made by another site's form, and not by opening its address", async () => {
    const { shopper, page } = await proven();
    const form = formsOf(page.html).find(({ action }) => action.endsWith("/counter"));
    const elsewhere = { "sec-fetch-site": "cross-site" };
    expect((await shopper.post(form?.action ?? "", form?.hidden ?? {}, elsewhere)).status).toBe(403);
    expect((await shopper.post(form?.action ?? "", {})).status).toBe(403);
    const opened = await shopper.get(form?.action ?? "");
    expect(opened.html).not.toContain('class="qr"');
    expect(textOf(opened.html)).toContain("Hiện mã cho quầy");
  });

  it("is offered to nobody who allows nothing: staff would see nothing", async () => {
    const shopper = new Shopper();
    const page = await shopper.typeCode(await shopper.askForCode());
    expect(page.html).not.toContain("/counter");
  });
});
