import { describe, expect, it } from "vitest";
import { Shopper, textOf } from "./testing/shopper.ts";
import {
  USER,
  agree,
  askForZalo,
  comeBack,
  pathOf,
  person,
  shortAddress,
  toZalo,
} from "./testing/zalo-shopper.ts";

const GRANT = { allow: ["visit_recognition"] };
const MINUTE = 60_000;
const standing = (shopper: Shopper, userId = USER) =>
  shopper.ports.ledger.standing(person(shopper, userId), shopper.now);
const start = async () => {
  const shopper = new Shopper();
  const page = await askForZalo(shopper, GRANT);
  return { shopper, page, path: pathOf(page) };
};
const withCode = (back: string, code: string): string => back.replace(/code=[^&]*/, `code=${code}`);
const withState = (back: string, state: string): string => back.replace(/state=[^&]*/, `state=${state}`);

describe("coming back from Zalo", () => {
  it.each(["", "x", "A".repeat(32), "A".repeat(5_000), "'; drop table login_states;--"])(
    "with the state %j, which was never given, is refused and counted",
    async (state) => {
      const { shopper, page } = await start();
      const back = await agree(shopper, page);
      const reply = await shopper.get(withState(back, encodeURIComponent(state)));
      expect(reply.status).toBe(403);
      expect(shopper.ports.counted).toEqual(["zalo_state_unknown"]);
      expect(shopper.ports.zalo.exchanged).toEqual([]);
    },
  );

  it("a second time with another code is refused, and does not tell where the first one led", async () => {
    const { shopper, page, path } = await start();
    const back = await agree(shopper, page);
    await shopper.get(back);
    const replay = await shopper.send(withCode(back, "another"));
    expect(replay.status).toBe(403);
    expect(replay.html).not.toContain(path);
    expect(shopper.ports.counted).toEqual(["zalo_state_used"]);
    expect(shopper.ports.zalo.exchanged).toHaveLength(1);
  });

  it("a second time with the same code, a reload, leads to the end without a second commit", async () => {
    const { shopper, page } = await start();
    const back = await agree(shopper, page);
    const first = await shopper.get(back);
    const again = await shopper.get(back);
    expect(pathOf(again)).toBe(pathOf(first));
    const done = await shopper.submit(again, "/confirm", { mine: "yes" });
    expect(pathOf(await shopper.get(back))).toBe(pathOf(done));
    expect(shopper.ports.zalo.exchanged).toHaveLength(1);
    expect(shopper.ports.devicesSignedIn()).toHaveLength(1);
    expect(shopper.ports.counted).toEqual([]);
  });

  it("twice at once commits once, and both are led on", async () => {
    const { shopper, page, path } = await start();
    const back = await agree(shopper, page);
    const ends = await Promise.all([shopper.get(back), shopper.get(back)]);
    expect(ends.map(({ status }) => status)).toEqual([200, 200]);
    const asked = ends.find(({ url }) => url.includes("/confirm"));
    if (asked === undefined) throw new Error("Nobody was asked");
    await shopper.submit(asked, "/confirm", { mine: "yes" });
    expect(shopper.ports.zalo.exchanged).toHaveLength(1);
    expect(shopper.ports.devicesSignedIn()).toHaveLength(1);
    expect(textOf((await shopper.get(`${path}/zalo`)).html)).toContain("Trang này đã xong");
  });

  it("survives that the waiting page saves the session at the same moment", async () => {
    const base = new Shopper();
    const { sessions } = base.ports;
    let disturbances = 2;
    const shopper = new Shopper({
      change: {
        sessions: {
          ...sessions,
          save: (session) => {
            const isNoted = session.step.at === "zalo" && session.step.confirmedAt !== null;
            return isNoted && disturbances-- > 0 ? Promise.resolve("conflict") : sessions.save(session);
          },
        },
      },
    });
    const page = await askForZalo(shopper, GRANT);
    expect((await comeBack(shopper, await agree(shopper, page))).url).toMatch(/\/done$/);
    expect(shopper.ports.devicesSignedIn()).toHaveLength(1);
  });

  it("with the state of another session signs that session in and not the one that is open", async () => {
    const { shopper: mine, page, path } = await start();
    const other = await askForZalo(mine, GRANT);
    await comeBack(mine, await agree(mine, other, "8"));
    expect(textOf((await mine.get(pathOf(other))).html)).toContain("Trang này đã xong");
    expect((await mine.get(path)).url).toMatch(/\/zalo\?/);
    expect(await standing(mine, "8")).toHaveLength(1);
    expect(pathOf(page)).not.toBe(pathOf(other));
  });

  it("with a code that was given for another state is refused by Zalo, and nothing is kept", async () => {
    const { shopper, page } = await start();
    const [mine, other] = [
      await agree(shopper, page),
      await agree(shopper, await askForZalo(shopper, GRANT), "8"),
    ];
    const code = new URL(other, "https://x").searchParams.get("code") ?? "";
    const reply = await shopper.get(withCode(mine, code));
    expect(reply.status).toBe(422);
    expect(shopper.ports.counted).toEqual(["zalo_refused"]);
    expect(await standing(shopper, "8")).toEqual([]);
  });

  it("after 10 min is refused", async () => {
    const { shopper, page } = await start();
    const back = await agree(shopper, page);
    shopper.now += 10 * MINUTE;
    expect((await shopper.get(back)).status).toBe(410);
    expect(shopper.ports.counted).toEqual(["zalo_state_expired"]);
    expect(await standing(shopper)).toEqual([]);
  });

  it("after the portal's session has ended shows a helpful page and keeps nothing", async () => {
    const { shopper, path } = await start();
    shopper.now += 2 * 60 * MINUTE - MINUTE;
    const again = await shopper.submit(await shopper.get(`${path}/zalo`), "/zalo/again");
    const back = await agree(shopper, again);
    shopper.now += MINUTE;
    const late = await shopper.get(back);
    expect(late.status).toBe(410);
    expect(textOf(late.html)).toContain("Phiên đã hết hạn");
    expect(shopper.ports.counted).toEqual(["zalo_session_over"]);
    expect(await standing(shopper)).toEqual([]);
  });

  it("without having allowed it offers Zalo again, the phone and the guest pass", async () => {
    const { shopper, page, path } = await start();
    const denied = await shopper.get(shopper.ports.zalo.deny(await toZalo(shopper, page)));
    expect(textOf(denied.html)).toContain("Bạn chưa cho phép trên Zalo");
    expect(denied.html).toContain(`href="${path}?change=phone"`);
    expect(denied.html).toContain(`href="${path}/zalo"`);
    expect(shopper.ports.counted).toEqual(["zalo_denied"]);
    expect((await comeBack(shopper, await agree(shopper, page))).url).toMatch(/\/done$/);
  });

  it("while Zalo does not answer keeps the same address good for another try", async () => {
    const { shopper, page } = await start();
    const back = await agree(shopper, page);
    shopper.ports.zalo.answers({ kind: "retry", afterMs: 5_000 });
    const busy = await shopper.get(back);
    expect([busy.status, busy.headers.get("retry-after")]).toEqual([503, "5"]);
    expect(busy.html).toContain(`href="${back.replaceAll("&", "&amp;")}"`);
    shopper.ports.zalo.answers(null);
    expect((await comeBack(shopper, back)).url).toMatch(/\/done$/);
    expect(shopper.ports.counted).toEqual(["zalo_retry"]);
  });

  it("when Zalo wants a Vietnamese address says that it is not the shopper's mistake", async () => {
    const { shopper, page, path } = await start();
    shopper.ports.zalo.answers({ kind: "refuse", reason: "abroad" });
    const abroad = await shopper.get(await agree(shopper, page));
    expect(textOf(abroad.html)).toContain("Lỗi ở phía chúng tôi");
    expect(abroad.html).toContain(`href="${path}?change=phone"`);
    expect(shopper.ports.counted).toEqual(["zalo_abroad"]);
  });

  it("while the ledger cannot store grants nothing and says so", async () => {
    const { shopper, page } = await start();
    shopper.ports.holdLedger(true);
    const held = await comeBack(shopper, await agree(shopper, page));
    expect([held.status, held.headers.get("retry-after")]).toEqual([503, "5"]);
    expect(shopper.ports.access.asked).toEqual([]);
    shopper.ports.holdLedger(false);
    expect((await shopper.submit(held, "/confirm", { mine: "yes" })).url).toMatch(/\/done$/);
  });

  it("in a victim's browser shows the attacker nothing, and nothing is committed without the victim's tap", async () => {
    const { shopper, page, path } = await start();
    const victim = await shopper.get(await agree(shopper, page));
    expect(victim.url).not.toContain(path);
    expect(await standing(shopper)).toEqual([]);
    const seen = await shopper.get(`${path}/zalo`);
    expect(seen.html).not.toContain(pathOf(victim));
    await shopper.submit(victim, "/confirm", { mine: "yes" });
    for (const place of ["", "/done", "/confirm", "/zalo", "/connect"]) {
      const after = await shopper.get(`${path}${place}`);
      expect(after.html).not.toContain(pathOf(victim));
      expect(textOf(after.html)).not.toMatch(/Bạn đang cho phép|Rút lại/);
    }
  });

  it("begun anew after it was left keeps its choices", async () => {
    const { shopper, path } = await start();
    shopper.now += 6 * MINUTE;
    const fresh = await shopper.submit(await shopper.get(`${path}/zalo`), "/zalo/again");
    expect((await comeBack(shopper, await agree(shopper, fresh))).url).toMatch(/\/done$/);
  });
});

describe("a short address", () => {
  it("is good for one login", async () => {
    const { shopper, page } = await start();
    await shopper.get(await agree(shopper, page));
    expect((await shopper.send(shortAddress(page))).status).toBe(410);
    expect(shopper.ports.counted).toEqual(["zalo_code_used"]);
  });

  it("is read in small letters and without its dash, as people type it", async () => {
    const { shopper, page } = await start();
    const typed = shortAddress(page).toLowerCase().replace("-", "");
    expect((await shopper.send(typed)).status).toBe(303);
  });

  it("cannot be guessed for long from one address; others are not slowed down", async () => {
    const { shopper, page } = await start();
    const from = (address: string) => ({ headers: { "cf-connecting-ip": address } });
    for (let guesses = 0; guesses < 30; guesses++) {
      expect((await shopper.send("/z/22222-22222", from("a"))).status).toBe(404);
    }
    const slowed = await shopper.send(shortAddress(page), from("a"));
    expect([slowed.status, slowed.headers.get("retry-after")]).toEqual([429, "60"]);
    expect((await shopper.send(shortAddress(page), from("b"))).status).toBe(303);
    expect(shopper.ports.counted.filter((reason) => reason === "zalo_code_unknown")).toHaveLength(30);
    expect(shopper.ports.counted.at(-1)).toBe("zalo_guesses");
  });

  it("and the way back have the protection of every page, and set no cookie", async () => {
    const { shopper, page } = await start();
    const replies = [
      await shopper.send(shortAddress(page)),
      await shopper.send("/z/x"),
      await shopper.send("/zalo/callback"),
    ];
    expect(replies.map(({ status }) => status)).toEqual([303, 404, 403]);
    for (const { headers } of replies) {
      expect(headers.get("content-security-policy")).toContain("default-src 'none'");
      expect(headers.get("referrer-policy")).toBe("no-referrer");
      expect(headers.get("cache-control")).toBe("no-store");
      expect(headers.get("set-cookie")).toBeNull();
    }
  });
});
