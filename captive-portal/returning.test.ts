import { describe, expect, it } from "vitest";
import type { PortalGateway } from "./brand.ts";
import { SAMPLE_GATEWAY } from "./testing/sample.ts";
import { MAC, Shopper, formsOf, textOf } from "./testing/shopper.ts";

const DEVICE = "021a2b3c4d5e";

const returning = async (gateway: PortalGateway = SAMPLE_GATEWAY) => {
  const shopper = new Shopper({ gateway });
  await shopper.typeCode(await shopper.askForCode({ allow: ["visit_recognition"] }));
  shopper.ports.returningDevices.add(await shopper.ports.devices.tokenOf(DEVICE));
  return shopper;
};

describe("a device that was let on before", () => {
  it("is online with one tap and without a second code", async () => {
    const shopper = await returning();
    const page = await shopper.open();
    expect(textOf(page.html)).toContain("Chào mừng bạn quay lại");
    expect(formsOf(page.html)).toHaveLength(1);
    const done = await shopper.submit(page, "/back");
    expect(done.url).toMatch(/\/done$/);
    expect(textOf(done.html)).toContain("Bạn đã vào mạng trở lại");
    expect(shopper.ports.sent).toHaveLength(1);
  });

  it("shows no name, number, consent or receipt, and opens nothing that needs proof (a MAC can be forged)", async () => {
    const shopper = await returning();
    const page = await shopper.open();
    const done = await shopper.submit(page, "/back");
    for (const { html } of [page, done]) {
      expect(textOf(html)).not.toMatch(/0912|679|Bạn đang cho phép/);
      expect(html).not.toContain("/receipt/");
    }
    const path = new URL(done.url).pathname.replace(/\/done$/, "");
    const token = formsOf(page.html)[0]?.hidden["token"] ?? "";
    await shopper.post(`${path}/withdraw`, { token, purpose: "visit_recognition" });
    const person = { kind: "phone", phone: shopper.ports.sent[0]?.phone ?? ("" as never) } as const;
    expect(await shopper.ports.ledger.standing(person, shopper.now)).toHaveLength(1);
  });

  it("may sign in anew instead", async () => {
    const shopper = await returning();
    const page = await shopper.open();
    const choose = await shopper.get(`${new URL(page.url).pathname}?change=phone`);
    expect(choose.html).toContain('name="phone"');
  });

  it("is asked for like any other where the brand switched it off", async () => {
    const policy = { ...SAMPLE_GATEWAY.policy, returningDays: 0 };
    const shopper = await returning({ ...SAMPLE_GATEWAY, policy });
    expect((await shopper.open()).html).toContain('name="phone"');
  });

  it("cannot be claimed by a session that is not one", async () => {
    const shopper = new Shopper();
    const page = await shopper.open(`?mac=${MAC}`);
    const token = formsOf(page.html)[0]?.hidden["token"] ?? "";
    const tried = await shopper.post(`${new URL(page.url).pathname}/back`, { token });
    expect(tried.html).toContain('name="phone"');
    expect(shopper.ports.counted).toContain("not_returning");
  });
});

describe("the guest pass", () => {
  const closed = { ...SAMPLE_GATEWAY, policy: { ...SAMPLE_GATEWAY.policy, guestPass: false } };

  it("is neither shown nor given where the brand does not offer it", async () => {
    const shopper = new Shopper({ gateway: closed });
    const page = await shopper.open();
    expect(formsOf(page.html)).toHaveLength(1);
    const token = formsOf(page.html)[0]?.hidden["token"] ?? "";
    const tried = await shopper.post(`${new URL(page.url).pathname}/guest`, { token });
    expect(tried.url).not.toMatch(/\/done$/);
    expect(shopper.ports.counted).toContain("guest_closed");
  });

  it("is given to who is not 16 in any case, and no identity with it", async () => {
    const shopper = new Shopper({ gateway: closed });
    const page = await shopper.open();
    const done = await shopper.submit(page, new URL(page.url).pathname, { phone: "0912 345 679" });
    expect(done.url).toMatch(/\/done$/);
    expect(shopper.ports.sent).toEqual([]);
    expect(shopper.ports.devicesSignedIn()).toEqual([]);
  });
});
