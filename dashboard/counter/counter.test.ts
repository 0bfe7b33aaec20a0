import { describe, expect, it } from "vitest";
import { counter } from "./app.tsx";
import {
  BUYER,
  KEY,
  type MemoryCounterPorts,
  REGULAR,
  RESERVED,
  memoryCounterPorts,
} from "./testing/memory-counter-ports.ts";

const ORIGIN = "https://quen.example";
const CODE = "abcdefghijklmnopqrstuv";

class Staff {
  readonly ports: MemoryCounterPorts = memoryCounterPorts();
  readonly #app = counter(this.ports);
  readonly #cookies = new Map<string, string>();

  async send(path: string, form?: Record<string, string>, headers: Record<string, string> = {}) {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const request = new Request(ORIGIN + path, {
      method: form === undefined ? "GET" : "POST",
      headers: { cookie, "sec-fetch-site": "same-origin", ...headers },
      ...(form === undefined ? {} : { body: new URLSearchParams(form) }),
    });
    const reply = await this.#app.fetch(request);
    for (const line of reply.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      this.#cookies.set(name, value);
    }
    return { status: reply.status, headers: reply.headers, html: await reply.text() };
  }

  async signedIn(): Promise<this> {
    const { status } = await this.send("/counter/sign-in", { key: KEY });
    if (status !== 303) throw new Error("Staff were not signed in");
    return this;
  }

  async csrf(): Promise<string> {
    const { html } = await this.send("/counter");
    return /name="csrf" value="([^"]*)"/.exec(html)?.[1] ?? "";
  }

  async find(phone: string, more: Record<string, string> = {}, headers: Record<string, string> = {}) {
    return this.send("/counter/find", { csrf: await this.csrf(), phone, ...more }, headers);
  }
}

const textOf = (html: string): string => html.replace(/<[^>]+>/g, " ").replace(/\s+/g, " ");
const staff = (): Promise<Staff> => new Staff().signedIn();

describe("who stands at the counter", () => {
  it("is asked for a key, and kept signed in by a cookie that no script can read", async () => {
    const guest = new Staff();
    const door = await guest.send("/counter");
    expect([door.status, door.html.includes('name="key"'), door.html.includes('name="phone"')]).toEqual([
      401,
      true,
      false,
    ]);
    const reply = await guest.send("/counter/sign-in", { key: ` ${KEY} ` });
    expect(reply.headers.getSetCookie().join()).toMatch(
      /^__Host-quen_counter=session-1; Max-Age=43200; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    );
    expect((await guest.send("/counter")).html).toContain('name="phone"');
  });

  it("is told that a key does not work, and which keys do is not said", async () => {
    const guest = new Staff();
    const reply = await guest.send("/counter/sign-in", { key: "qk_wrong" });
    expect([reply.status, textOf(reply.html).includes("Khóa không dùng được")]).toEqual([401, true]);
    expect(reply.html).not.toContain("qk_wrong");
    expect(guest.ports.counted).toEqual(["wrong_key"]);
  });

  it("is nobody any more once the key was revoked, or after signing out", async () => {
    const revoked = await staff();
    revoked.ports.revoke();
    expect((await revoked.find("0912345679")).status).toBe(401);
    const left = await staff();
    await left.send("/counter/sign-out", { csrf: await left.csrf() });
    expect((await left.send("/counter")).status).toBe(401);
    for (const one of [revoked, left]) expect(one.ports.asked).toEqual([]);
  });
});

describe("a customer's phone", () => {
  it.each(["0938 271 604", "+84 938.271.604", "84938271604", "938271604"])(
    "is understood as %s, posted, and never in an address",
    async (typed) => {
      const one = await staff();
      const page = await one.find(typed);
      expect([page.status, one.ports.asked.map(({ by }) => by)]).toEqual([200, ["+84938271604"]]);
      expect(page.html).not.toMatch(/938[ .]?271/);
      expect(page.headers.get("cache-control")).toBe("no-store");
    },
  );

  it.each([
    ["", "Nhập số điện thoại của khách."],
    ["0912 345", "Số này không đúng"],
    ["0000000000", "không phải số thật"],
    ["(028) 3829 2000", "không phải số di động"],
  ])("that is none (%j) is said beside the field and asks nobody", async (typed, words) => {
    const one = await staff();
    const page = await one.find(typed);
    expect([page.status, one.ports.asked, one.ports.counted]).toEqual([422, [], ["not_a_phone"]]);
    expect(page.html).toMatch(new RegExp(`id="phone-error"[^>]*>[^<]*${words}`));
    expect(page.html).toMatch(/aria-describedby="phone-error phone-hint"/);
  });

  it("is not looked up by another site's form, nor without the session's token", async () => {
    const one = await staff();
    const cross = await one.find("0912345679", {}, { "sec-fetch-site": "cross-site" });
    const bare = await one.find("0912345679", { csrf: "" });
    expect([cross.status, bare.status, one.ports.asked]).toEqual([403, 403, []]);
    expect(one.ports.counted).toEqual(["foreign_form", "foreign_form"]);
  });

  it("is looked up at the branch that was chosen, now and the next time", async () => {
    const one = await staff();
    await one.find("0912345679", { branch: "thao-dien" });
    await one.find("0912345679");
    await one.find("0912345679", { branch: "not-ours" });
    expect(one.ports.asked.map(({ ask }) => ask.branchId)).toEqual(["thao-dien", "thao-dien", null]);
  });
});

describe("what staff see", () => {
  it("is name, interests, visits here and elsewhere, orders, stage and permission, of a regular", async () => {
    const page = await (await staff()).find("0912345679", { branch: "quan-1" });
    const text = textOf(page.html);
    const parts =
      "Lan, Khách quen, 091 ••• 679, cà phê rang nhạt, Tất cả 14, Ở đây 11, Nơi khác 3, Cà phê sữa đá, 125.000, Được gửi qua Zalo., Thảo Điền, đã hoàn tiền, Trên các kênh trực tuyến, Zalo OA";
    for (const word of parts.split(/, | /)) expect(text).toContain(word);
    expect(page.html).not.toMatch(/<script|style=|<title>[^<]*Lan/);
  });

  it("says what the customer does not allow, in words", async () => {
    const one = await staff();
    one.ports.answers({ kind: "found", people: [RESERVED] });
    const text = textOf((await one.find("0912345679")).html);
    for (const words of [
      "Khách chưa cho biết tên",
      "Khách không cho phép nhận ra lượt ghé.",
      "Khách chưa cho phép nối lượt ghé với đơn hàng.",
    ])
      expect(text).toContain(words);
  });

  it("says that one number has two profiles, and which is which", async () => {
    const one = await staff();
    one.ports.answers({ kind: "found", people: [REGULAR, BUYER] });
    const text = textOf((await one.find("0912345679")).html);
    for (const words of ["Số này có hai hồ sơ", "Tại cửa hàng", "Mua hàng"]) expect(text).toContain(words);
  });

  it("is written by the customer, so it is text and never markup", async () => {
    const one = await staff();
    one.ports.answers({ kind: "found", people: [{ ...REGULAR, name: "<b>Lan</b>" }] });
    expect((await one.find("0912345679")).html).toContain("&lt;b&gt;Lan&lt;/b&gt;");
  });

  it.each([
    ["none", 404, "Không tìm thấy hồ sơ"],
    ["restricted", 403, "Không được xem hồ sơ này"],
    ["code_used", 410, "Mã này đã được dùng"],
    ["code_expired", 410, "Mã đã hết hạn"],
    ["code_unknown", 410, "Mã không đúng"],
  ] as const)("is what to do next where it is %s", async (kind, status, words) => {
    const one = await staff();
    one.ports.answers({ kind });
    const page = await one.find("0912345679");
    expect([page.status, textOf(page.html).includes(words)]).toEqual([status, true]);
    expect(page.html).toContain('role="alert"');
  });

  it("is when to try again after too many look-ups", async () => {
    const one = await staff();
    one.ports.answers({ kind: "limited", retryAfterSeconds: 17 });
    const page = await one.find("0912345679");
    expect([page.status, page.headers.get("retry-after")]).toEqual([429, "17"]);
  });

  it("is a page in words when nothing answers", async () => {
    const one = await staff();
    one.ports.answers("throw");
    const page = await one.find("0912345679");
    expect([page.status, textOf(page.html).includes("Chưa tra cứu được")]).toEqual([503, true]);
    expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
  });

  it("is in English where that was chosen, from page to page", async () => {
    const one = await staff();
    const csrf = await one.csrf();
    const page = await one.send("/counter/find?lang=en", { csrf, phone: "0912345679" });
    expect(textOf(page.html)).toContain("Regular");
    expect(page.html).toContain('action="/counter/find?lang=en"');
  });
});

describe("a scanned code", () => {
  it("is used by a tap alone: opening its address, as previews do, asks nobody", async () => {
    const one = await staff();
    const opened = await one.send(`/counter/q/${CODE}`);
    expect([opened.status, one.ports.asked]).toEqual([200, []]);
    const page = await one.send("/counter/open", { csrf: await one.csrf(), code: CODE });
    expect([page.status, one.ports.asked.map(({ by }) => by)]).toEqual([200, [CODE]]);
    expect(textOf(page.html)).toContain("Lan");
  });

  it("waits while staff sign in, and shows nothing before", async () => {
    const guest = new Staff();
    const door = await guest.send(`/counter/q/${CODE}`);
    expect([door.status, door.html.includes(`value="${CODE}"`)]).toEqual([401, true]);
    const reply = await guest.send("/counter/sign-in", { key: KEY, code: CODE });
    expect(reply.headers.get("location")).toBe(`/counter/q/${CODE}?lang=vi`);
  });

  it("that is none leads nowhere else", async () => {
    const guest = new Staff();
    const reply = await guest.send("/counter/sign-in", { key: KEY, code: "../../dashboard" });
    expect(reply.headers.get("location")).toBe("/counter?lang=vi");
    expect((await guest.send("/counter/q/short")).status).toBe(410);
  });
});

it("a form that is too large, or none, is not read", async () => {
  const one = await staff();
  const large = await one.find("0912345679", { code: "x".repeat(3_000) });
  const json = await one.send("/counter/sign-in", {}, { "content-type": "application/json" });
  expect([large.status, json.status, one.ports.counted]).toEqual([403, 403, ["bad_form", "bad_form"]]);
});
