import { describe, expect, it } from "vitest";
import type { SignIn } from "./ports.ts";
import { SAMPLE_MAC, SAMPLE_OPENNDS, sampleFas } from "./testing/sample-opennds.ts";
import { ORIGIN, PHONE, Shopper, formsOf, sessionOf, textOf } from "./testing/shopper.ts";
import { agree, askForZalo, comeBack, pathOf, person, shortAddress, toZalo } from "./testing/zalo-shopper.ts";
import { challengeOf } from "./zalo/pkce.ts";

const GRANT = { allow: ["visit_recognition", "marketing_zalo"] };
const MINUTE = 60_000;
const atStore = () => new Shopper({ gateway: SAMPLE_OPENNDS });
const openAtStore = (shopper: Shopper) => shopper.open(sampleFas(), SAMPLE_OPENNDS.id);

describe("signing in with Zalo", () => {
  it("shows the address before the network opens, and opens it for 5 min with one tap", async () => {
    const shopper = atStore();
    shopper.ports.access.agentAnswers("online");
    const page = await askForZalo(shopper, GRANT, await openAtStore(shopper));
    expect(page.url).toMatch(/\/zalo$/);
    expect(textOf(page.html)).toMatch(/wifi\.example\.vn\/z\/ [2-9A-Z]{5}-[2-9A-Z]{5}/);
    expect(shopper.ports.access.asked).toEqual([]);
    const open = await shopper.submit(page, "/zalo/window");
    expect(shopper.ports.access.asked).toMatchObject([{ reason: "zalo_window", minutes: 5 }]);
    expect(textOf(open.html)).toContain("Còn 5 phút");
    expect(open.headers.get("refresh")).toBe("4");
    expect(open.html).toContain(`href="${shortAddress(page)}"`);
    expect(shopper.ports.devicesSignedIn()).toEqual([]);
  });

  it("leads to Zalo with a challenge, and commits what was chosen before the full grant is asked for", async () => {
    const order: string[] = [];
    const committed: SignIn[] = [];
    const base = atStore();
    const { ledger, access } = base.ports;
    const shopper = new Shopper({
      gateway: SAMPLE_OPENNDS,
      change: {
        ledger: {
          ...ledger,
          commit: (signIn) => {
            order.push("commit");
            committed.push(signIn);
            return ledger.commit(signIn);
          },
        },
        access: {
          ...access,
          allow: (ask) => {
            order.push(ask.reason);
            return access.allow(ask);
          },
        },
      },
    });
    access.agentAnswers("online");
    const page = await askForZalo(shopper, GRANT, await openAtStore(shopper));
    const open = await shopper.submit(page, "/zalo/window");
    const permission = new URL(await toZalo(shopper, open));
    expect(permission.origin).toBe("https://oauth.zalo.test");
    expect(permission.searchParams.get("redirect_uri")).toBe(`${ORIGIN}/zalo/callback`);
    expect(permission.searchParams.get("state")).toMatch(/^[\w-]{22,}$/);
    expect(permission.searchParams.get("code_challenge")).toMatch(/^[\w-]{43}$/);
    const asked = await shopper.get(shopper.ports.zalo.agree(permission.href, "7"));
    expect(asked.url).toMatch(/\/confirm$/);
    expect(textOf(asked.html)).toContain("Nhận ra tôi khi tôi quay lại: Đồng ý");
    expect(order).toEqual(["zalo_window"]);
    const done = await shopper.submit(asked, "/confirm", { mine: "yes" });
    expect(done.url).toMatch(/\/done$/);
    expect(textOf(done.html)).toContain("Nhận ra tôi khi tôi quay lại từ 02/11/2026");
    expect(order).toEqual(["zalo_window", "commit", "signed_in"]);
    expect(committed).toMatchObject([
      { person: person(shopper, "7"), proof: { kind: "zalo", loginId: committed[0]?.id } },
    ]);
    expect(committed[0]?.choices.map(({ purpose, state }) => `${purpose} ${state}`)).toContain(
      "marketing_zalo granted",
    );
  });

  it("does not say that the network is open when the store's agent refused, and leaves another way", async () => {
    const polled = { ...SAMPLE_OPENNDS, settings: { ...SAMPLE_OPENNDS.settings, level: 4 as const } };
    const shopper = new Shopper({ gateway: polled });
    shopper.ports.access.agentAnswers("refused");
    const page = await askForZalo(shopper, GRANT, await openAtStore(shopper));
    const refused = await shopper.submit(page, "/zalo/window");
    const back = await shopper.get(new URL(page.url).pathname);
    for (const { html } of [refused, back]) {
      expect(textOf(html)).not.toContain("Mạng đã mở");
      expect(textOf(html)).toContain("Bộ phát WiFi chưa trả lời");
    }
    const otherWay = /href="([^"]*change=phone)"/.exec(back.html)?.[1] ?? "";
    expect((await shopper.get(otherWay)).html).toContain('name="phone"');
  });

  it("ends in the browser that came back; the page that waited says that it is over, and nothing personal", async () => {
    const shopper = new Shopper();
    const page = await askForZalo(shopper, GRANT);
    const waiting = await shopper.submit(page, "/zalo/window");
    const done = await comeBack(shopper, await agree(shopper, page));
    expect(done.url).not.toContain(sessionOf(page));
    const receipt = await shopper.get(/href="(\/receipt\/[^"]+)"/.exec(done.html)?.[1] ?? "");
    expect(textOf(receipt.html)).toContain("đăng nhập bằng Zalo, zl_");
    const found = await shopper.get(new URL(waiting.url).pathname);
    expect(textOf(found.html)).toContain("Trang này đã xong");
    expect(found.html).not.toContain(sessionOf(done));
    expect(textOf(found.html)).not.toMatch(/Bạn đang cho phép|Rút lại/);
  });

  it("commits nothing for who says that it was not them", async () => {
    const shopper = new Shopper();
    const page = await askForZalo(shopper, GRANT);
    const asked = await shopper.get(await agree(shopper, page));
    const not = await shopper.submit(asked, "/confirm", { mine: "no" });
    expect(not.status).toBe(200);
    expect(textOf(not.html)).toContain("Đã dừng đăng nhập");
    expect(textOf(not.html)).not.toContain("Bạn chưa cho phép trên Zalo");
    expect(shopper.ports.counted).toEqual(["zalo_not_mine"]);
    expect(await shopper.ports.ledger.standing(person(shopper), shopper.now)).toEqual([]);
    expect(shopper.ports.devicesSignedIn()).toEqual([]);
  });

  it("commits once though the last button is tapped twice", async () => {
    const shopper = new Shopper();
    const asked = await shopper.get(await agree(shopper, await askForZalo(shopper, GRANT)));
    const taps = await Promise.all([1, 2].map(() => shopper.submit(asked, "/confirm", { mine: "yes" })));
    expect(taps.map(({ status }) => status)).toEqual([200, 200]);
    expect(shopper.ports.devicesSignedIn()).toHaveLength(1);
  });

  it("is a sign-in of a Zalo id, never of a phone that was proven in the same session before", async () => {
    const shopper = new Shopper();
    const page = await askForZalo(shopper, GRANT);
    const back = await agree(shopper, page);
    const form = await shopper.get(`${pathOf(page)}?change=phone`);
    const code = await shopper.submit(form, sessionOf(page), { phone: PHONE, adult: "yes" });
    await shopper.typeCode(code);
    const end = await shopper.get(back);
    expect(end.url).not.toMatch(/\/confirm/);
    expect(shopper.ports.counted).toEqual(["zalo_abandoned"]);
    expect(await shopper.ports.ledger.standing(person(shopper), shopper.now)).toEqual([]);
  });

  it("is not offered where no app is configured, and a form that asks for it leads back", async () => {
    const shopper = new Shopper({ change: { zalo: null } });
    const page = await shopper.open();
    expect(page.html).not.toContain("Zalo</button>");
    const back = await askForZalo(shopper, GRANT, page);
    expect(new URL(back.url).pathname).toBe(pathOf(page));
    expect(shopper.ports.counted).toEqual(["zalo_closed"]);
    expect((await shopper.send("/zalo/callback?code=a&state=b")).status).toBe(404);
  });

  it("is the guest pass without the statement of age: no login begins", async () => {
    const shopper = new Shopper();
    const guest = await askForZalo(shopper, { ...GRANT, adult: "" });
    expect(textOf(guest.html)).toContain("Bạn đã vào mạng với tư cách khách");
    expect(shopper.ports.counted).toEqual(["not_16"]);
    expect(guest.html).not.toMatch(/[2-9A-Z]{5}-[2-9A-Z]{5}/);
  });

  it("asks again when the words changed after they were shown", async () => {
    const shopper = new Shopper();
    const page = await shopper.open();
    await shopper.get(`${pathOf(page)}?lang=en`);
    expect((await askForZalo(shopper, GRANT, page)).status).toBe(422);
    expect(shopper.ports.counted).toEqual(["wording_changed"]);
  });
});

describe("the window", () => {
  it("opens once an hour; afterwards a page says when, and offers the phone", async () => {
    const shopper = atStore();
    shopper.ports.access.agentAnswers("online");
    const first = await askForZalo(shopper, {}, await openAtStore(shopper));
    await shopper.submit(first, "/zalo/window");
    shopper.now += 10 * MINUTE;
    const second = await askForZalo(shopper, {}, await openAtStore(shopper));
    const limited = await shopper.submit(second, "/zalo/window");
    expect(limited.status).toBe(429);
    expect(limited.headers.get("retry-after")).toBe(String(50 * 60));
    expect(textOf(limited.html)).toContain("Thử lại sau 50 phút");
    expect(limited.html).toContain(`href="${pathOf(second)}?change=phone"`);
    expect(shopper.ports.counted).toEqual(["grant_limited"]);
    // The address itself still works for who has another way to the internet.
    expect((await shopper.get(`${pathOf(second)}/zalo`)).html).toContain("/zalo/window");
  });

  it("is one, however often its button is tapped, and is not opened again once it is over", async () => {
    const shopper = atStore();
    const page = await askForZalo(shopper, {}, await openAtStore(shopper));
    await Promise.all([shopper.submit(page, "/zalo/window"), shopper.submit(page, "/zalo/window")]);
    await shopper.submit(page, "/zalo/window");
    expect(shopper.ports.access.asked).toHaveLength(1);
    shopper.now += 5 * MINUTE;
    const over = await shopper.get(`${pathOf(page)}/connect`);
    expect(textOf(over.html)).toContain("Địa chỉ này đã hết hạn");
    expect(shopper.ports.access.asked).toHaveLength(1);
  });

  it("waits for the gateway as any other grant does, and then comes back to the address", async () => {
    const shopper = atStore();
    const page = await askForZalo(shopper, {}, await openAtStore(shopper));
    const waiting = await shopper.submit(page, "/zalo/window");
    expect(waiting.url).toMatch(/\/connect$/);
    shopper.ports.access.gatewayNames(await shopper.ports.devices.tokenOf(SAMPLE_MAC.replaceAll(":", "")));
    const open = await shopper.get(new URL(waiting.url).pathname);
    expect(open.url).toMatch(/\/zalo\?lang=vi$/);
    expect(textOf(open.html)).toContain("Mạng đã mở");
    expect(shopper.ports.devicesSignedIn()).toEqual([]);
  });
});

describe("an address that has expired", () => {
  it("says so, keeps the choices and gives a new one", async () => {
    const shopper = new Shopper();
    const page = await askForZalo(shopper, GRANT);
    const old = shortAddress(page);
    shopper.now += 5 * MINUTE;
    const over = await shopper.get(`${pathOf(page)}/zalo`);
    expect(textOf(over.html)).toContain("Lựa chọn của bạn vẫn còn");
    expect(over.headers.get("refresh")).toBeNull();
    const gone = await shopper.send(old);
    expect(gone.status).toBe(410);
    const fresh = await shopper.submit(over, "/zalo/again");
    expect(shortAddress(fresh)).not.toBe(old);
    const done = await comeBack(shopper, await agree(shopper, fresh));
    expect(textOf(done.html)).toContain("Nhận ưu đãi qua Zalo");
    expect(formsOf(done.html).length).toBeGreaterThan(1);
  });
});

it("the challenge at Zalo is that of the verifier which is kept", async () => {
  const shopper = new Shopper();
  const page = await askForZalo(shopper);
  const challenge = new URL(await toZalo(shopper, page)).searchParams.get("code_challenge");
  const found = await shopper.ports.logins.find(
    { code: shortAddress(page).replace(/\/z\/|-/g, "") },
    shopper.now,
  );
  expect(found.kind === "open" ? await challengeOf(found.login.verifier) : "").toBe(challenge);
});
