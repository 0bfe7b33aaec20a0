import { describe, expect, it } from "vitest";
import { type Page, Shopper, textOf } from "../testing/shopper.ts";
import { agree, askForZalo, comeBack } from "../testing/zalo-shopper.ts";

const ALLOW = { allow: ["visit_recognition", "marketing_zalo"] };

/** Somebody who signed in with Zalo at a store, and is now at the door of the own page. */
const atTheDoor = async (): Promise<{ shopper: Shopper; door: Page; path: string }> => {
  const shopper = new Shopper();
  await comeBack(shopper, await agree(shopper, await askForZalo(shopper, ALLOW)));
  shopper.now += 60_000;
  const door = await shopper.get("/me");
  return { shopper, door, path: new URL(door.url).pathname };
};

const viaZalo = async (shopper: Shopper, path: string, userId?: string): Promise<string> =>
  shopper.ports.zalo.agree(
    (await shopper.send(`${path}/zalo`)).headers.get("location") ?? "",
    userId ?? "4958612309451234567",
  );

describe("the shopper's own page, by Zalo", () => {
  it("opens by the same account as at the store", async () => {
    const { shopper, door, path } = await atTheDoor();
    expect(door.html).toContain(`href="${path}/zalo"`);
    const page = await shopper.get(await viaZalo(shopper, path));
    expect(page.status).toBe(200);
    expect(textOf(page.html)).toContain("Nhận ra tôi khi tôi quay lại");
  });

  it("opens under a new address: the session that began the login learns nothing, a reload neither", async () => {
    const { shopper, path } = await atTheDoor();
    const back = await viaZalo(shopper, path);
    const page = await shopper.get(back);
    expect(new URL(page.url).pathname).not.toBe(path);
    expect(textOf((await shopper.get(path)).html)).not.toContain("Nhận ra tôi");
    const again = await shopper.get(back);
    expect(new URL(again.url).pathname).toBe(path);
    expect(textOf(again.html)).not.toContain("Nhận ra tôi");
  });

  it("shows nothing of it to another account", async () => {
    const { shopper, path } = await atTheDoor();
    const page = await shopper.get(await viaZalo(shopper, path, "77"));
    expect(textOf(page.html)).not.toContain("Nhận ra tôi khi tôi quay lại từ");
  });

  it("stays closed, with a way back, for who refuses, replays or comes after its half hour", async () => {
    const { shopper, path } = await atTheDoor();
    const permission = (await shopper.send(`${path}/zalo`)).headers.get("location") ?? "";
    const denied = await shopper.get(shopper.ports.zalo.deny(permission));
    expect(denied.html).toContain(`href="${path}"`);
    const back = shopper.ports.zalo.agree(permission, "7");
    await shopper.get(back);
    expect((await shopper.send(back.replace(/code=[^&]*/, "code=other"))).status).toBe(403);
    shopper.now += 25 * 60_000;
    const late = await viaZalo(shopper, path);
    shopper.now += 6 * 60_000;
    expect((await shopper.get(late)).status).toBe(410);
    expect(shopper.ports.counted).toEqual(["zalo_denied", "zalo_state_used", "zalo_session_over"]);
  });

  it("does not offer Zalo where no app is configured", async () => {
    const shopper = new Shopper({ change: { zalo: null } });
    const door = await shopper.get("/me");
    expect(door.html).not.toContain("/zalo");
    expect((await shopper.get(`${new URL(door.url).pathname}/zalo`)).url).toBe(door.url);
  });
});

describe("a phone that is added to a Zalo account", () => {
  const inside = async (): Promise<{ shopper: Shopper; page: Page; path: string }> => {
    const { shopper, path } = await atTheDoor();
    const page = await shopper.get(await viaZalo(shopper, path));
    return { shopper, page, path: new URL(page.url).pathname };
  };
  const newest = ({ ports }: Shopper): string => ports.sent.at(-1)?.code ?? "";

  it("is proven by a code, is shown from then on, and is not asked for again", async () => {
    const { shopper, page, path } = await inside();
    expect(page.html).toContain(`href="${path}/add"`);
    const form = await shopper.get(`${path}/add`);
    const code = await shopper.submit(form, "/add", { phone: "0912 345 678" });
    expect(new URL(code.url).pathname).toBe(`${path}/add/code`);
    expect(textOf(code.html)).not.toContain("345");
    const wrong = await shopper.submit(code, "/add/code", {
      code: newest(shopper) === "000000" ? "1" : "000000",
    });
    expect(wrong.status).toBe(422);
    const done = await shopper.submit(wrong, "/add/code", { code: newest(shopper) });
    expect(textOf(done.html)).toContain("Đã thêm số điện thoại.");
    expect(textOf(done.html)).toContain("+84912345678");
    expect(done.html).not.toContain(`href="${path}/add"`);
  });

  it("left half done leaves the page as it was, open to who proved their account", async () => {
    const { shopper, path } = await inside();
    await shopper.submit(await shopper.get(`${path}/add`), "/add", { phone: "0912 345 678" });
    const page = await shopper.get(path);
    expect(textOf(page.html)).toContain("Nhận ra tôi khi tôi quay lại");
    expect(textOf(page.html)).not.toContain("+84912345678");
  });

  it("cannot be added by who has proven nothing, or signed in by phone", async () => {
    const { shopper, path } = await atTheDoor();
    expect(new URL((await shopper.get(`${path}/add`)).url).pathname).toBe(path);
    expect(new URL((await shopper.get(`${path}/add/code`)).url).pathname).toBe(path);
    expect(shopper.ports.sent).toEqual([]);
  });
});
