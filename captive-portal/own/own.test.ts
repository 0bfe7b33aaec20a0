import { describe, expect, it } from "vitest";
import type { WordingShown } from "../session.ts";
import { SAMPLE_GATEWAY } from "../testing/sample.ts";
import { MAC, type Page, PHONE, Shopper, formsOf, textOf } from "../testing/shopper.ts";

const ALLOW = { allow: ["visit_recognition", "marketing_zalo"] };

/** A shopper who signed in at a store and comes to the own page from home, up to the code. */
const atTheDoor = async (phone = PHONE): Promise<{ shopper: Shopper; code: Page }> => {
  const shopper = new Shopper();
  await shopper.typeCode(await shopper.askForCode(ALLOW));
  shopper.now += 60_000;
  const door = await shopper.get("/me");
  return { shopper, code: await shopper.submit(door, new URL(door.url).pathname, { phone }) };
};

const inside = async (): Promise<{ shopper: Shopper; page: Page }> => {
  const { shopper, code } = await atTheDoor();
  return { shopper, page: await shopper.typeCode(code) };
};

const pathOf = (page: Page): string => new URL(page.url).pathname;

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

describe("what a shopper does there", () => {
  it("withdraws one purpose, once, though the button is tapped twice", async () => {
    const { shopper, page } = await inside();
    const taps = await Promise.all([
      shopper.submit(page, "/withdraw", { purpose: "visit_recognition" }),
      shopper.submit(page, "/withdraw", { purpose: "visit_recognition" }),
    ]);
    expect(taps.map(({ status }) => status)).toEqual([200, 200]);
    const person = { kind: "phone", phone: shopper.ports.sent[0]?.phone ?? ("" as never) } as const;
    const view = await shopper.ports.rights.view(person, shopper.now);
    expect(view.standing.map(({ purpose }) => purpose)).toEqual(["marketing_zalo"]);
    expect(view.consents.filter(({ state }) => state === "withdrawn")).toHaveLength(1);
  });

  it("takes a copy as JSON with everything the page shows", async () => {
    const { shopper, page } = await inside();
    const copy = await shopper.send(`${pathOf(page)}/copy`);
    expect(copy.headers.get("content-type")).toContain("application/json");
    expect(copy.headers.get("cache-control")).toBe("no-store");
    const json = JSON.parse(copy.html) as { identifiers: { value: string }[]; consents: unknown[] };
    expect(json.identifiers.map(({ value }) => value)).toEqual(["+84912345679"]);
    expect(json.consents).toHaveLength(SAMPLE_GATEWAY.offered.length);
  });

  it("gives a name and an e-mail, which counts only after its link was confirmed by a button", async () => {
    const { shopper, page } = await inside();
    const saved = await shopper.submit(page, "/details", { name: "Lan", email: "Lan@Example.vn" });
    expect(textOf(saved.html)).toContain("Mở liên kết trong thư");
    const [token = ""] = shopper.ports.testRights.links();
    const opened = await shopper.get(`/me/email/${token}`);
    const person = { kind: "phone", phone: shopper.ports.sent[0]?.phone ?? ("" as never) } as const;
    const email = async () => (await shopper.ports.rights.view(person, shopper.now)).details.email;
    expect((await email())?.verifiedAt).toBeNull();
    const done = await shopper.submit(opened, token);
    expect(textOf(done.html)).toContain("Email đã được xác minh");
    expect(await email()).toEqual({ value: "lan@example.vn", verifiedAt: shopper.now });
    const twice = await shopper.submit(opened, token);
    expect([twice.status, textOf(twice.html).includes("đã được dùng")]).toEqual([410, true]);
  });

  it.each([
    ["name", "x".repeat(81)],
    ["email", "not an address"],
  ])("is told which field is wrong: %s", async (field, value) => {
    const { shopper, page } = await inside();
    const wrong = await shopper.submit(page, "/details", { [field]: value });
    expect(wrong.status).toBe(422);
    expect(wrong.html).toContain(`id="${field}-error"`);
    expect(shopper.ports.counted).toContain("details_refused");
  });

  it("keeps what was typed beside the field that is wrong, and its summary leads there", async () => {
    const { shopper, page } = await inside();
    await shopper.submit(page, "/details", { name: "Lan", email: "lan@example.vn" });
    const wrong = await shopper.submit(page, "/details", { name: "Lan Anh", email: "lan@example" });
    expect(wrong.html).toMatch(/id="name"[^>]*value="Lan Anh"/);
    expect(wrong.html).toMatch(/id="email"[^>]*value="lan@example"/);
    expect(wrong.html).toMatch(/class="sum"[^>]*autofocus[^>]*>.*href="#email"/s);
  });

  it("is told that a withdrawal could not be stored, and withdraws it with another tap", async () => {
    const { shopper, page } = await inside();
    shopper.ports.holdLedger(true);
    const held = await shopper.submit(page, "/withdraw", { purpose: "marketing_zalo" });
    expect([held.status, held.headers.get("retry-after")]).toEqual([503, "5"]);
    expect(textOf(held.html)).toContain("Chưa thực hiện được và chưa có gì thay đổi");
    shopper.ports.holdLedger(false);
    const done = await shopper.submit(held, "/withdraw", { purpose: "marketing_zalo" });
    expect(textOf(done.html)).toContain("Đã rút lại: Nhận ưu đãi qua Zalo.");
  });

  it("is told in the summary that the box for erasing is empty, with a link to it", async () => {
    const { shopper, page } = await inside();
    const unsure = await shopper.submit(await shopper.get(`${pathOf(page)}/erase`), "/erase");
    expect(unsure.html).toMatch(/class="sum"[^>]*autofocus[^>]*>.*href="#sure"/s);
  });

  it("is counted no more on any device, and again when wished", async () => {
    const { shopper, page } = await inside();
    const device = await shopper.ports.devices.tokenOf(MAC.replaceAll(":", ""));
    const out = await shopper.submit(page, "/uncount");
    expect(textOf(out.html)).toContain("Đã ngừng đếm 1 thiết bị");
    expect([...shopper.ports.testRights.excluded]).toEqual([device]);
    const back = await shopper.submit(out, "/count");
    expect(textOf(back.html)).toContain("Đã đếm lại 1 thiết bị");
    expect([...shopper.ports.testRights.excluded]).toEqual([]);
  });

  it("erases everything, only when sure, and gets a certificate that names nobody", async () => {
    const { shopper, page } = await inside();
    const ask = await shopper.get(`${pathOf(page)}/erase`);
    const unsure = await shopper.submit(ask, "/erase");
    expect(unsure.status).toBe(422);
    const done = await shopper.submit(ask, "/erase", { sure: "yes" });
    expect(pathOf(done)).toMatch(/^\/me\/erased\/.{16,}$/);
    expect(textOf(done.html)).toContain("Đã xóa dữ liệu");
    expect(done.html).not.toMatch(/912.?345.?679|\+84/);
    // The answer may have got lost: the same tap, or the same address, leads to the certificate and to nothing else.
    for (const again of [
      await shopper.submit(ask, "/erase", { sure: "yes" }),
      await shopper.get(pathOf(page)),
    ]) {
      expect(pathOf(again)).toBe(pathOf(done));
    }
    expect(pathOf(await shopper.get(`${pathOf(page)}/copy`))).toBe(pathOf(done));
    const person = { kind: "phone", phone: shopper.ports.sent[0]?.phone ?? ("" as never) } as const;
    const { identifiers, standing, devices } = await shopper.ports.rights.view(person, shopper.now);
    expect([identifiers, standing, devices]).toEqual([[], [], []]);
  });

  it.each(["vi", "en"])(
    "records of an erasure and a withdrawal the words it showed, in %s",
    async (language) => {
      const recorded: WordingShown[] = [];
      const { ledger, rights } = new Shopper().ports;
      const shopper = new Shopper({
        change: {
          ledger: {
            ...ledger,
            withdraw: (withdrawal) => {
              recorded.push(withdrawal.wording);
              return ledger.withdraw(withdrawal);
            },
          },
          rights: {
            ...rights,
            erase: (person, ask) => {
              recorded.push(ask.wording);
              return rights.erase(person, ask);
            },
          },
        },
      });
      const done = await shopper.typeCode(await shopper.askForCode(ALLOW));
      const path = pathOf(await shopper.submit(done, "/me"));
      const own = await shopper.get(`${path}?lang=${language}`);
      await shopper.submit(own, "/withdraw", { purpose: "marketing_zalo" });
      await shopper.get(`${path}?lang=vi`);
      const erase = await shopper.get(`${path}/erase?lang=${language}`);
      await shopper.submit(erase, "/erase", { sure: "yes" });
      expect(recorded.map((wording) => wording.language)).toEqual([language, language]);
      const shown = [own, erase].map(({ html }) => textOf(html));
      const missing = recorded.map(({ text }, index) =>
        text.split("\n\n").filter((part) => shown[index]?.includes(part) !== true),
      );
      expect(missing).toEqual([[], []]);
    },
  );

  it("comes from the store's last page without a second code", async () => {
    const shopper = new Shopper();
    const done = await shopper.typeCode(await shopper.askForCode(ALLOW));
    const own = await shopper.submit(done, "/me");
    expect(textOf(own.html)).toContain("+84912345679");
    expect(shopper.ports.sent).toHaveLength(1);
  });

  it("does not come there from a session in which nobody was proven", async () => {
    const shopper = new Shopper();
    const page = await shopper.open();
    const token = formsOf(page.html)[0]?.hidden["token"] ?? "";
    const tried = await shopper.post(`${pathOf(page)}/me`, { token });
    expect(tried.url).not.toContain("/me/s/");
  });
});
