import { describe, expect, it } from "vitest";
import { PHONE, type Page, Shopper, sessionOf, textOf } from "./testing/shopper.ts";

const other = (code: string | undefined): string => (code === "000000" ? "111111" : "000000");

describe("a code that is not right", () => {
  const troubles: [string, (shopper: Shopper, page: Page) => Promise<Page>, string, string][] = [
    [
      "malformed",
      (shopper, page) => shopper.typeCode(page, "12ab"),
      "Mã gồm đúng 6 chữ số",
      "code_malformed",
    ],
    [
      "wrong",
      (shopper, page) => shopper.typeCode(page, other(shopper.ports.sent[0]?.code)),
      "Bạn còn 4 lần thử",
      "code_wrong",
    ],
    [
      "expired",
      (shopper, page) => {
        shopper.now += 5 * 60_000;
        return shopper.typeCode(page);
      },
      "Mã đã hết hạn",
      "code_expired",
    ],
  ];
  it.each(troubles)("has a helpful page when it is %s", async (_, attempt, says, counted) => {
    const shopper = new Shopper();
    const page = await attempt(shopper, await shopper.askForCode());
    expect(page.status).toBe(422);
    expect(textOf(page.html)).toContain(says);
    expect(page.html).toMatch(/role="alert".*href="#code"/s);
    expect(page.html).toMatch(/id="code"[^>]*aria-describedby="code-error[^>]*aria-invalid="true"/);
    expect(page.html).toContain("/code/again");
    expect(shopper.ports.counted).toEqual([counted]);
  });

  it("is void after five wrong attempts, and a new one works", async () => {
    const shopper = new Shopper();
    let page = await shopper.askForCode();
    const wrong = other(shopper.ports.sent[0]?.code);
    for (let i = 0; i < 5; i += 1) {
      page = await shopper.typeCode(page, wrong);
    }
    expect(textOf(page.html)).toContain("sai 5 lần");
    expect(textOf((await shopper.typeCode(page)).html)).toContain("sai 5 lần");
    shopper.now += 30_000;
    const fresh = await shopper.submit(page, "/again");
    expect((await shopper.typeCode(fresh)).url).toMatch(/\/done$/);
  });

  it("says used when another session used it, and none when it was sent for another phone", async () => {
    const shopper = new Shopper();
    const first = await shopper.askForCode();
    const second = await shopper.askForCode();
    await shopper.typeCode(first);
    expect(textOf((await shopper.typeCode(second)).html)).toContain("Mã này đã được dùng");
    expect(shopper.ports.counted).toEqual(["code_used"]);
  });

  it("accepts the code with blanks, dashes and full-width digits", async () => {
    const shopper = new Shopper();
    const page = await shopper.askForCode();
    const code = shopper.ports.sent[0]?.code ?? "";
    const wide = Array.from(code, (digit) => String.fromCodePoint(digit.charCodeAt(0) + 0xfee0)).join("");
    expect((await shopper.typeCode(page, ` ${wide.slice(0, 3)}-${wide.slice(3)} `)).url).toMatch(/\/done$/);
  });
});

describe("a code that cannot be sent", () => {
  it("is limited to one in 30 s, with the time to wait, and the phone stays typed", async () => {
    const shopper = new Shopper();
    const page = await shopper.askForCode();
    shopper.now += 12_000;
    const again = await shopper.submit(page, "/again");
    expect(again.status).toBe(429);
    expect(again.headers.get("retry-after")).toBe("18");
    expect(textOf(again.html)).toContain("Thử lại sau 18 giây");
    expect(shopper.ports.counted).toEqual(["limited_phone"]);
  });

  it("is sent ten times out of a thousand sign-ups of one device, and each refusal is counted", async () => {
    const shopper = new Shopper();
    for (let n = 0; n < 1_000; n++) {
      shopper.now += 1_000;
      const page = await shopper.open();
      await shopper.submit(page, sessionOf(page), { phone: `09${12_000_000 + n}`, adult: "yes" });
    }
    expect(shopper.ports.sent).toHaveLength(10);
    expect(shopper.ports.counted.filter((reason) => reason === "limited_device")).toHaveLength(990);
  });

  it("stops a device that asks for one phone after the other", async () => {
    const shopper = new Shopper();
    let page = await shopper.open();
    for (let i = 0; i < 11; i += 1) {
      page = await shopper.open();
      page = await shopper.submit(page, sessionOf(page), { phone: `09123456${i + 10}`, adult: "yes" });
    }
    expect(page.status).toBe(429);
    expect(textOf(page.html)).toContain("Thiết bị này đã xin nhiều mã");
    expect(shopper.ports.sent).toHaveLength(10);
  });

  it.each([
    ["retry", { kind: "retry", afterMs: 60_000 }, 503, "Chưa gửi được mã lúc này", "sender_retry"],
    ["refuse", { kind: "refuse", reason: "blocked" }, 422, "Không gửi được mã tới số này", "sender_refused"],
    ["throw", "throw", 503, "Chưa gửi được mã lúc này", "sender_retry"],
  ] as const)(
    "has a helpful page on %s, and counts for nothing",
    async (_, answer, status, says, counted) => {
      const shopper = new Shopper();
      shopper.ports.answerSends(answer);
      const page = await shopper.askForCode({ allow: ["visit_recognition"] });
      expect(page.status).toBe(status);
      expect(textOf(page.html)).toContain(says);
      expect(page.html).toContain(`value="${PHONE}"`);
      expect(page.html).toMatch(/value="visit_recognition" checked/);
      expect(shopper.ports.counted).toEqual([counted]);
      shopper.ports.answerSends({ kind: "done", localCode: null, by: "other" });
      const code = await shopper.submit(page, sessionOf(page), { phone: PHONE, adult: "yes" });
      expect((await shopper.typeCode(code)).url).toMatch(/\/done$/);
    },
  );

  it.each([
    ["", "Nhập số điện thoại của bạn"],
    ["abc", "chỉ gồm chữ số"],
    ["0912", "Số này không đúng"],
    ["0999999999", "số điện thoại thật"],
    ["02838221234", "Nhập một số di động"],
  ])("is not sent to %j, with the reason at the field", async (phone, says) => {
    const shopper = new Shopper();
    const page = await shopper.askForCode({ phone });
    expect(page.status).toBe(422);
    expect(textOf(page.html)).toContain(says);
    expect(page.html).toMatch(
      /id="phone"[^>]*aria-describedby="phone-error phone-hint"[^>]*aria-invalid="true"/,
    );
    expect(page.html).toMatch(/role="alert".*href="#phone"/s);
    expect(shopper.ports.sent).toEqual([]);
  });

  it("says the same for a phone that is known and one that is not", async () => {
    const known = new Shopper();
    await known.typeCode(await known.askForCode({ allow: ["visit_recognition"] }));
    known.now += 24 * 3_600_000;
    const again = await known.askForCode();
    const never = new Shopper();
    never.now = known.now;
    const first = await never.askForCode();
    const strip = (page: Page) => textOf(page.html);
    expect(strip(again)).toBe(strip(first));
    expect(again.status).toBe(first.status);
  });
});

describe("local mode", () => {
  it("shows its banner on every page and the code on the code page", async () => {
    const shopper = new Shopper({ reach: "local" });
    const page = await shopper.askForCode();
    expect(page.html).toContain(`<b id="local-code">${shopper.ports.sent[0]?.code}</b>`);
    const pages = [
      await shopper.open(),
      page,
      await shopper.typeCode(page),
      await shopper.get("/w/gw_00000000"),
    ];
    expect(pages.filter(({ html }) => !html.includes("local mode"))).toEqual([]);
  });

  it("is nowhere to be seen otherwise", async () => {
    const shopper = new Shopper();
    const page = await shopper.askForCode();
    expect(page.html).not.toContain(shopper.ports.sent[0]?.code);
    expect(textOf(page.html)).not.toMatch(/local|chạy thử/i);
  });
});
