import { describe, expect, it } from "vitest";
import { MAC, NOON, Shopper, formsOf, textOf } from "./testing/shopper.ts";

const CODE = "abcd-efgh-jkmn";
const DAY = 86_400_000;

const atStaffPage = async (query?: string) => {
  const shopper = new Shopper();
  shopper.ports.testRights.addStaffCode(CODE, NOON);
  const page = await shopper.open(query);
  return { shopper, page: await shopper.get(`${new URL(page.url).pathname}/staff`) };
};

describe("a phone of the staff", () => {
  it("is taken out of the counts by the code of its branch", async () => {
    const { shopper, page } = await atStaffPage();
    const done = await shopper.submit(page, "/staff", { code: CODE });
    expect(textOf(done.html)).toContain("Điện thoại này không được đếm nữa");
    const device = await shopper.ports.devices.tokenOf(MAC.replaceAll(":", ""));
    expect([...shopper.ports.testRights.excluded]).toEqual([device]);
  });

  it.each([
    ["unknown", "wrong", undefined, 0],
    ["expired", CODE, undefined, DAY],
    ["no_device", CODE, "?mac=", 0],
  ])("is told what is wrong, and it is counted: %s", async (reason, code, query, after) => {
    const { shopper, page } = await atStaffPage(query);
    // The code is a day old; the session is not.
    shopper.ports.testRights.addStaffCode(CODE, NOON - after);
    const refused = await shopper.submit(page, "/staff", { code });
    expect(refused.status).toBe(422);
    expect(refused.html).toContain('id="code-error"');
    expect(refused.html).toMatch(/class="sum"[^>]*autofocus[^>]*>.*href="#code"/s);
    expect(shopper.ports.counted).toContain(`staff_${reason}`);
    expect(shopper.ports.testRights.excluded.size).toBe(0);
  });
});

describe("a guest", () => {
  it("is counted no more with one tap, without saying who it is", async () => {
    const shopper = new Shopper();
    const guest = await shopper.submit(await shopper.open(), "/guest");
    const done = await shopper.submit(guest, "/uncount");
    expect(textOf(done.html)).toContain("Điện thoại này không được đếm nữa");
    expect(shopper.ports.testRights.excluded.size).toBe(1);
    expect(formsOf(done.html)).toEqual([]);
  });

  it("is not offered it where no gateway named the device", async () => {
    const shopper = new Shopper();
    const guest = await shopper.submit(await shopper.open("?mac="), "/guest");
    expect(formsOf(guest.html)).toEqual([]);
  });
});
