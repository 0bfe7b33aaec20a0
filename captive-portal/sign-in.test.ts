import { describe, expect, it } from "vitest";
import type { SignIn, Withdrawal } from "./ports.ts";
import type { PortalSession } from "./session.ts";
import { PHONE, Shopper, formsOf, sessionOf, textOf } from "./testing/shopper.ts";

const GRANT = { allow: ["visit_recognition", "marketing_zalo"] };

describe("signing in", () => {
  it("proves the phone, records the choices and shows the receipt and what stands", async () => {
    const shopper = new Shopper();
    const code = await shopper.askForCode(GRANT);
    expect(textOf(code.html)).toContain("Mã 6 số đã gửi tới 091 ••• 679.");
    expect(code.html).toMatch(/inputmode="numeric" autocomplete="one-time-code"/);
    const done = await shopper.typeCode(code);
    expect(done.url).toMatch(/\/done$/);
    const text = textOf(done.html);
    expect(text).toContain("Nhận ra tôi khi tôi quay lại từ 02/11/2026");
    expect(text).toContain("Nhận ưu đãi qua Zalo từ 02/11/2026");
    expect(text).not.toContain("Nhận ưu đãi qua SMS");
    expect(done.html).toContain('href="https://example.vn/"');
    expect(shopper.ports.devicesSignedIn()).toHaveLength(1);
    const receipt = await shopper.get(/href="(\/receipt\/[^"]+)"/.exec(done.html)?.[1] ?? "");
    expect(receipt.status).toBe(200);
    expect(textOf(receipt.html).match(/Không đồng ý /g)).toHaveLength(2);
    expect(receipt.html).not.toContain("912345679");
  });

  it.each(["vi", "en"])("records exactly the words that the page showed, in %s", async (language) => {
    const committed: SignIn[] = [];
    const base = new Shopper();
    const { ledger } = base.ports;
    const commit = (signIn: SignIn) => {
      committed.push(signIn);
      return ledger.commit(signIn);
    };
    const shopper = new Shopper({
      change: { ledger: { ...ledger, commit } },
    });
    const page = await shopper.open(`?lang=${language}`);
    const code = await shopper.submit(page, sessionOf(page), { phone: PHONE, adult: "yes", ...GRANT });
    await shopper.typeCode(code);
    const choices = committed[0]?.choices ?? [];
    expect(choices.map(({ purpose, state }) => `${purpose} ${state}`)).toEqual([
      "visit_recognition granted",
      "profile_linking refused",
      "marketing_zalo granted",
      "marketing_sms refused",
    ]);
    const shown = textOf(page.html);
    const parts = choices.flatMap(({ wording }) => wording.text.split("\n\n"));
    expect(parts.filter((part) => !shown.includes(part))).toEqual([]);
    expect(new Set(choices.map(({ wording }) => wording.language))).toEqual(new Set([language]));
    expect(choices.filter(({ toldSensitive }) => toldSensitive).map(({ purpose }) => purpose)).toEqual([
      "visit_recognition",
    ]);
  });

  it.each(["vi", "en"])(
    "records of a withdrawal exactly the words that the page showed, in %s",
    async (language) => {
      const withdrawn: Withdrawal[] = [];
      const base = new Shopper();
      const { ledger, sessions } = base.ports;
      const withdraw = (withdrawal: Withdrawal) => {
        withdrawn.push(withdrawal);
        return ledger.withdraw(withdrawal);
      };
      let isLate = false;
      // Another tab may win the race to save the language of this session.
      const save = (session: PortalSession) =>
        isLate ? Promise.resolve("conflict" as const) : sessions.save(session);
      const shopper = new Shopper({
        change: { ledger: { ...ledger, withdraw }, sessions: { ...sessions, save } },
      });
      const done = await shopper.typeCode(await shopper.askForCode(GRANT));
      isLate = true;
      const shown = await shopper.get(`${new URL(done.url).pathname}?lang=${language}`);
      await shopper.submit(shown, "/withdraw", { purpose: "marketing_zalo" });
      const [{ wording } = { wording: null }] = withdrawn;
      expect(wording?.language).toBe(language);
      const parts = wording?.text.split("\n\n") ?? [];
      expect(parts).toHaveLength(2);
      expect(parts.filter((part) => !textOf(shown.html).includes(part))).toEqual([]);
    },
  );

  it("asks again when the words changed after they were shown, and keeps no tick", async () => {
    const shopper = new Shopper();
    const page = await shopper.open();
    await shopper.get(`${new URL(page.url).pathname}?lang=en`);
    const again = await shopper.submit(page, sessionOf(page), { phone: PHONE, adult: "yes", ...GRANT });
    expect(again.status).toBe(422);
    expect(again.html).toContain("The consent texts have just changed");
    expect(again.html).not.toMatch(/name="allow"[^>]*checked/);
    expect(shopper.ports.counted).toEqual(["wording_changed"]);
    expect(shopper.ports.sent).toEqual([]);
  });

  it("commits once when the code is posted twice", async () => {
    const shopper = new Shopper();
    const page = await shopper.askForCode(GRANT);
    const [first, second] = await Promise.all([shopper.typeCode(page), shopper.typeCode(page)]);
    const ends = [first, second].map((end) => new URL(end?.url ?? "").pathname);
    expect(ends.filter((path) => path.endsWith("/done"))).toHaveLength(1);
    expect([first, second].filter((end) => end?.html.includes("Trang này đã xong"))).toHaveLength(1);
    expect(shopper.ports.devicesSignedIn()).toHaveLength(1);
  });

  it("leads on once more when the answer got lost and the same code is typed again", async () => {
    const shopper = new Shopper();
    const page = await shopper.askForCode(GRANT);
    const lost = await shopper.typeCode(page);
    const again = await shopper.typeCode(page);
    expect(new URL(again.url).pathname).toBe(new URL(lost.url).pathname);
    expect(shopper.ports.devicesSignedIn()).toHaveLength(1);
  });

  it("counts what is guessed at the old address after the proof, and leads nowhere", async () => {
    const shopper = new Shopper();
    const page = await shopper.askForCode(GRANT);
    const right = shopper.ports.sent.at(-1)?.code ?? "";
    const done = await shopper.typeCode(page);
    const wrong = right === "000000" ? "000001" : "000000";
    const ends = [];
    for (let tries = 0; tries < 6; tries++) ends.push(await shopper.typeCode(page, wrong));
    expect(ends.filter((end) => end.html.includes(sessionOf(done)))).toEqual([]);
    expect(shopper.ports.counted).toEqual([
      "code_wrong",
      "code_wrong",
      "code_wrong",
      "code_wrong",
      "code_too_many",
      "code_too_many",
    ]);
  });

  it("goes on though the language was saved between the proof and the new address", async () => {
    const { sessions } = new Shopper().ports;
    let disturbed = 0;
    const save = async (session: PortalSession) => {
      if (session.step.at === "elsewhere" && disturbed++ === 0) {
        const found = await sessions.find(session.id, {
          gatewayId: session.gatewayId,
          now: session.openedAt,
        });
        if (found !== null) await sessions.save({ ...found, language: "en" });
      }
      return sessions.save(session);
    };
    const shopper = new Shopper({ change: { sessions: { ...sessions, save } } });
    const done = await shopper.typeCode(await shopper.askForCode(GRANT));
    expect(done.url).toMatch(/\/done$/);
    expect(disturbed).toBe(2);
  });

  it("goes on under a new address, and the old one shows nothing to whoever knew it", async () => {
    const shopper = new Shopper();
    const page = await shopper.askForCode(GRANT);
    const path = new URL(page.url).pathname.replace(/\/code$/, "");
    const done = await shopper.typeCode(page);
    expect(done.url).not.toContain(path);
    for (const place of ["", "/code", "/done", "/connect", "/confirm", "/zalo"]) {
      const old = await shopper.get(`${path}${place}`);
      expect(old.html).not.toContain(sessionOf(done));
      expect(textOf(old.html)).not.toMatch(/Bạn đang cho phép|Rút lại|679/);
    }
    const token = formsOf(page.html)[0]?.hidden["token"] ?? "";
    for (const form of ["/me", "/withdraw", "/guest", "/code"]) {
      const tried = await shopper.post(`${path}${form}`, {
        token,
        purpose: "visit_recognition",
        code: "000000",
      });
      expect(tried.html).not.toContain(sessionOf(done));
      expect(textOf(tried.html)).not.toMatch(/Bạn đang cho phép|Rút lại|679/);
    }
  });

  it("grants nothing while the ledger cannot store, and goes on with the same code when it can", async () => {
    const shopper = new Shopper();
    const page = await shopper.askForCode(GRANT);
    shopper.ports.holdLedger(true);
    const held = await shopper.typeCode(page);
    expect(held.status).toBe(503);
    expect(textOf(held.html)).toContain("Nhập lại chính mã đó");
    expect(shopper.ports.devicesSignedIn()).toEqual([]);
    shopper.ports.holdLedger(false);
    expect((await shopper.typeCode(held)).url).toMatch(/\/done$/);
  });

  it("resumes at the code when the assistant was closed, without a second message", async () => {
    const shopper = new Shopper();
    await shopper.askForCode(GRANT);
    shopper.now += 60_000;
    const resumed = await shopper.askForCode(GRANT);
    expect(textOf(resumed.html)).toContain("trước đó vẫn dùng được");
    expect(shopper.ports.sent).toHaveLength(1);
    expect((await shopper.typeCode(resumed)).url).toMatch(/\/done$/);
  });

  it("shows the code step again when its own address is opened again", async () => {
    const shopper = new Shopper();
    const page = await shopper.askForCode(GRANT);
    const again = await shopper.get(new URL(page.url).pathname.replace(/\/code$/, ""));
    expect(again.url).toContain("/code");
    expect(
      (await shopper.get(`${new URL(page.url).pathname.replace(/\/code$/, "")}?change=phone`)).html,
    ).toContain('type="tel"');
  });

  it("withdraws once, at once, and shows what still stands", async () => {
    const shopper = new Shopper();
    const done = await shopper.typeCode(await shopper.askForCode(GRANT));
    shopper.now += 1_000;
    const [first, second] = await Promise.all([
      shopper.submit(done, "/withdraw", { purpose: "marketing_zalo" }),
      shopper.submit(done, "/withdraw", { purpose: "marketing_zalo" }),
    ]);
    expect(textOf(first?.html ?? "")).toContain("Đã rút lại: Nhận ưu đãi qua Zalo.");
    const left = formsOf(second?.html ?? "").filter(({ action }) => action.endsWith("/withdraw"));
    expect(left).toHaveLength(1);
  });

  it("keeps a standing grant when its box is left empty the next time", async () => {
    const shopper = new Shopper();
    await shopper.typeCode(await shopper.askForCode(GRANT));
    shopper.now += 24 * 3_600_000;
    const done = await shopper.typeCode(await shopper.askForCode());
    expect(textOf(done.html)).toContain("Nhận ra tôi khi tôi quay lại từ 02/11/2026");
  });
});

describe("the guest pass", () => {
  it("needs no phone and leaves no identity", async () => {
    const shopper = new Shopper();
    const guest = await shopper.submit(await shopper.open(), "/guest");
    expect(textOf(guest.html)).toContain("Bạn đã vào mạng với tư cách khách");
    expect(shopper.ports.devicesSignedIn()).toEqual([]);
  });

  it("is all there is without the statement of age: no message, and the phone is not kept", async () => {
    const shopper = new Shopper();
    const page = await shopper.open();
    const guest = await shopper.submit(page, sessionOf(page), { phone: PHONE, ...GRANT });
    expect(textOf(guest.html)).toContain("Số vừa nhập không được lưu");
    expect(shopper.ports.sent).toEqual([]);
    expect(shopper.ports.counted).toEqual(["not_16"]);
    const back = await shopper.get(`${new URL(page.url).pathname}?change=phone`);
    expect(back.html).toMatch(/name="phone"[^>]*value=""/);
  });
});
