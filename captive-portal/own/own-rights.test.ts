import { describe, expect, it } from "vitest";
import type { WordingShown } from "../session.ts";
import { ALLOW, inside, pathOf } from "../testing/own-shopper.ts";
import { SAMPLE_GATEWAY } from "../testing/sample.ts";
import { MAC, Shopper, formsOf, textOf } from "../testing/shopper.ts";

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
