import { describe, expect, it } from "vitest";
import { SAMPLE_GATEWAY } from "./testing/sample.ts";
import { SAMPLE_OPENNDS, sampleFas } from "./testing/sample-opennds.ts";
import { type Page, PHONE, Shopper, sessionOf, textOf } from "./testing/shopper.ts";

const GUEST = "không cần đăng nhập";

describe("a page says only what is so", () => {
  it("offers the WiFi without signing in only where the brand has it, and never at the own page", async () => {
    const { policy } = SAMPLE_GATEWAY;
    const closed = { ...SAMPLE_GATEWAY, policy: { ...policy, guestPass: false } };
    const asked = async (shopper: Shopper): Promise<Page[]> => {
      const pages = [await shopper.askForCode(), await shopper.askForCode({ phone: "0912 345 671" })];
      const code = pages[0];
      if (code === undefined) throw new Error("No page");
      return [...pages, await shopper.submit(code, "/again")];
    };
    const limited = await asked(new Shopper({ gateway: closed }));
    expect(limited.some(({ status }) => status === 429)).toBe(true);
    for (const answer of ["retry", "refuse"] as const) {
      const shopper = new Shopper({ gateway: closed });
      shopper.ports.answerSends(
        answer === "retry" ? { kind: "retry", afterMs: 1_000 } : { kind: "refuse", reason: "no" },
      );
      limited.push(await shopper.askForCode());
    }
    for (const page of limited) expect(textOf(page.html)).not.toContain(GUEST);

    const open = new Shopper();
    const again = await open.submit(await open.askForCode(), "/again");
    expect([again.status, textOf(again.html).includes(`, hoặc vào WiFi ${GUEST}`)]).toEqual([429, true]);
    const door = await open.get("/me");
    const own = await open.submit(door, new URL(door.url).pathname, { phone: PHONE });
    expect([own.status, textOf(own.html).includes(GUEST)]).toEqual([429, false]);
  });

  it("says that choices are stored only to who was proven", async () => {
    const slow = async (shopper: Shopper, page: Page): Promise<string> => {
      shopper.now += 31_000;
      return textOf((await shopper.get(new URL(page.url).pathname)).html);
    };
    const guest = new Shopper({ gateway: SAMPLE_OPENNDS });
    const first = await guest.open(sampleFas(), SAMPLE_OPENNDS.id);
    expect(await slow(guest, await guest.submit(first, "/guest"))).not.toContain("đã được lưu");
    const known = new Shopper({ gateway: SAMPLE_OPENNDS });
    const page = await known.open(sampleFas(), SAMPLE_OPENNDS.id);
    const code = await known.submit(page, sessionOf(page), { phone: PHONE, adult: "yes" });
    expect(await slow(known, await known.typeCode(code))).toContain("Lựa chọn của bạn đã được lưu");
  });

  it("keeps the chosen language, and its link to the other one leads somewhere, when a form is refused", async () => {
    const shopper = new Shopper();
    const page = await shopper.open("?lang=en");
    const refused = await shopper.post(`${new URL(page.url).pathname}/code/again`, {});
    expect([refused.status, refused.html.includes('<html lang="en"')]).toEqual([403, true]);
    const other = /class="lang" href="([^"]*)"/.exec(refused.html)?.[1] ?? "";
    const vi = await shopper.get(other.replaceAll("&amp;", "&"));
    expect([vi.status, vi.html.includes('<html lang="vi"')]).toEqual([200, true]);
  });

  it("does not say that nothing was stored when it broke after the proof, and leads back to the step", async () => {
    const { access } = new Shopper().ports;
    const allow = () => Promise.reject(new Error("The object does not answer"));
    const shopper = new Shopper({ gateway: SAMPLE_OPENNDS, change: { access: { ...access, allow } } });
    const page = await shopper.open(sampleFas(), SAMPLE_OPENNDS.id);
    const code = await shopper.submit(page, sessionOf(page), { phone: PHONE, adult: "yes" });
    const broken = await shopper.typeCode(code);
    expect(broken.status).toBe(503);
    expect(textOf(broken.html)).not.toMatch(/Chưa có gì được lưu|Không có gì/);
    expect(broken.html).toMatch(/class="btn main" href="\/w\/[^"]+\/s\/[^"]+"/);
    expect(textOf(broken.html)).toContain("Cà phê Mẫu");
    const other = /class="lang" href="([^"]*)"/.exec(broken.html)?.[1] ?? "";
    expect((await shopper.get(other.replaceAll("&amp;", "&"))).status).not.toBe(404);
  });
});
