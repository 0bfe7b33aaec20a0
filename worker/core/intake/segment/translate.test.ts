import { describe, expect, test } from "vitest";
import type { Loose } from "./loose.ts";
import type { SdkMethod } from "./sent.ts";
import type { Sender } from "./translate.ts";
import { ANONYMOUS, BROWSER, NOW, senderWith, SERVER, takenOf, verdictOf } from "./testing/verdict-of.ts";

describe("whom an event names", () => {
  const names = (type: SdkMethod, event: Loose, by: Sender = SERVER) => {
    const { said } = takenOf(type, event, by);
    return {
      identifiers: said.identifiers.map(({ kind, value }) => `${kind} ${value}`),
      edges: said.edges.map(({ a, b, trust }) => `${a}-${b} ${trust}`),
      subject: said.event?.subject,
      anonymous: said.event?.anonymous,
    };
  };
  const nobody = { identifiers: [], edges: [], subject: null, anonymous: null };
  const u1 = "customer:shop U1";
  const guest = `anonymous:shop ${ANONYMOUS}`;

  test.each<[string, SdkMethod, Loose, Partial<ReturnType<typeof names>>]>([
    [
      "a browser alone is no identity",
      "page",
      { anonymousId: ANONYMOUS },
      { ...nobody, anonymous: ANONYMOUS },
    ],
    [
      "a user in a browser is weak evidence",
      "track",
      { event: "x", userId: "U1", anonymousId: ANONYMOUS },
      { identifiers: [u1, guest], edges: ["0-1 3"], subject: 0, anonymous: ANONYMOUS },
    ],
    [
      "contacts of an identify are the user's",
      "identify",
      { userId: "U1", traits: { phone: "0912 001 301", email: "Lan@Quen.VN" } },
      { identifiers: [u1, "phone +84912001301", "email lan@quen.vn"], edges: ["0-1 2", "0-2 2"], subject: 0 },
    ],
    [
      "contacts beside a browser name who was on in it, weakly",
      "identify",
      { anonymousId: ANONYMOUS, traits: { phone: "0912001301" } },
      { identifiers: ["phone +84912001301", guest], edges: ["0-1 3"], subject: 0, anonymous: ANONYMOUS },
    ],
    [
      "contacts of a track are in its context",
      "track",
      { event: "x", userId: 17, context: { traits: { email: "lan@quen.vn" } } },
      { identifiers: ["customer:shop 17", "email lan@quen.vn"], edges: ["0-1 2"] },
    ],
    [
      "an alias joins an older user id",
      "alias",
      { userId: "U1", previousId: "U0" },
      { identifiers: [u1, "customer:shop U0"], edges: ["0-1 2"], subject: 0 },
    ],
    [
      "an alias of a browser is an identify of it",
      "alias",
      { userId: "U1", previousId: ANONYMOUS },
      { identifiers: [u1, guest], edges: ["0-1 3"], anonymous: ANONYMOUS },
    ],
    [
      "an alias of oneself says nothing more",
      "alias",
      { userId: "U1", previousId: "U1" },
      { identifiers: [u1] },
    ],
    [
      "a group's traits are not a person's",
      "group",
      { userId: "U1", traits: { phone: "0912001301" } },
      { identifiers: [u1] },
    ],
    ["a value that stands for nobody is nobody", "track", { event: "x", userId: "undefined" }, nobody],
    ["nobody at all is counted", "page", {}, nobody],
  ])("%s", (_name, type, event, expected) => expect(names(type, event)).toMatchObject(expected));

  test("by an id that is none is the browser's, and the id is counted", () => {
    for (const userId of ["  ", 1.5, {}, true]) {
      const { said, left } = takenOf("identify", { userId, anonymousId: ANONYMOUS });
      expect([said.event?.anonymous, said.identifiers, left]).toEqual([ANONYMOUS, [], ["not_a_code"]]);
    }
  });

  test("and what is left out of it is said", () => {
    const { left } = takenOf("identify", { userId: "null", traits: { phone: "0000000000", email: "x@y" } });
    expect(left.toSorted()).toEqual(["blocked_value", "blocked_value", "not_an_email"]);
  });

  test("by traits has a name, a birthday and short texts", () => {
    const traits = {
      firstName: "Lan",
      lastName: "Nguyễn",
      birthday: "1990-02-28T00:00:00.000Z",
      gender: "nữ",
      favouriteDrink: "trà",
      visits: 3,
      vip: true,
      address: { city: "Huế" },
      password: "x",
    };
    const { said, losses } = takenOf("identify", { userId: "U1", traits });
    expect(Object.fromEntries(said.traits.map(({ name, value }) => [name, value]))).toEqual({
      name: "Nguyễn Lan",
      birthday: "1990-02-28",
      gender: "nữ",
      favouriteDrink: "trà",
      visits: "3",
      vip: "true",
    });
    expect(losses).toEqual(["traits_cut"]);
  });

  test("traits of a browser without a user are nobody's", () => {
    const { said, losses } = takenOf("identify", { anonymousId: ANONYMOUS, traits: { name: "Lan" } });
    expect([said.traits, losses]).toEqual([[], ["nobody"]]);
  });
});

describe("a key that stands in a page", () => {
  const identify = { userId: "U1", anonymousId: ANONYMOUS, traits: { phone: "0912001301", name: "Lan" } };

  test("is believed that a user was on, and no phone and no name", () => {
    const { said, losses } = takenOf("identify", identify, BROWSER);
    expect(said.identifiers.map(({ kind }) => kind)).toEqual(["customer:shop", "anonymous:shop"]);
    expect([said.edges.map(({ trust }) => trust), said.traits, losses]).toEqual([[3], [], ["browser_claim"]]);
  });

  test("is believed as a till where the source says so", () => {
    const { said, losses } = takenOf(
      "identify",
      identify,
      senderWith({ browserClaims: "asserted" }, { isBrowser: true }),
    );
    expect([said.identifiers.length, said.traits.length, losses]).toEqual([3, 1, []]);
  });

  test("joins no two users", () => {
    expect(takenOf("alias", { userId: "U1", previousId: "U0" }, BROWSER).said.edges).toEqual([
      { a: 0, b: 1, trust: 3 },
    ]);
  });

  test("tells of an order until somebody else does, and never what became of one", () => {
    const order = { event: "Order Completed", userId: "U1", properties: { order_id: "1", total: 5_000 } };
    expect(takenOf("track", order, BROWSER).said.order).toMatchObject({ at: NOW, updatedAt: NOW / 1_000 });
    expect(takenOf("track", order).said.order).toMatchObject({ at: NOW, updatedAt: NOW });
    const refund = takenOf("track", { ...order, event: "Order Refunded" }, BROWSER);
    expect([refund.said.mark, refund.losses]).toEqual([null, ["browser_claim"]]);
  });
});

describe("when it happened", () => {
  const iso = (at: number) => new Date(at).toISOString();
  const year = 365 * 86_400_000;
  const at = (times: Loose) => {
    const said = verdictOf("page", times);
    return said.kind === "taken" ? said.said.at - NOW : said.code;
  };
  const past = iso(NOW - 90_000);

  test.each<[string, Loose, number | string]>([
    ["is when it was received where nothing says", {}, 0],
    ["is what the sender says", { timestamp: past }, -90_000],
    [
      "is as long before its sending as its clock says",
      { timestamp: past, sentAt: iso(NOW - 60_000) },
      -30_000,
    ],
    ["by a clock a year ahead", { timestamp: iso(NOW + year), sentAt: iso(NOW + year + 5_000) }, -5_000],
    ["by a clock in 1970", { originalTimestamp: iso(1_000), sentAt: iso(3_000) }, -2_000],
    ["set right already", { timestamp: past, originalTimestamp: iso(1_000), sentAt: iso(3_000) }, -90_000],
    ["is not after it was received", { timestamp: iso(NOW + 60_000) }, 0],
    ["in seconds since 1970", { timestamp: (NOW - 90_000) / 1_000 }, -90_000],
    ["in microseconds and another zone", { timestamp: "2026-10-14T11:58:30.123456+07:00" }, -89_877],
    ["without an offset is UTC", { timestamp: "2026-10-14T04:58:30" }, -90_000],
    ["is when it was received where it is no time", { timestamp: "yesterday" }, 0],
    ["far in the future is refused", { timestamp: iso(NOW + year) }, "future"],
    ["older than events are kept is refused", { timestamp: iso(NOW - 2 * year) }, "too_old"],
  ])("%s", (_name, times, expected) => expect(at(times)).toBe(expected));

  test("is counted where it is no time", () =>
    expect(takenOf("page", { timestamp: "yesterday" }).losses).toEqual(["bad_time"]));
});

describe("a message id", () => {
  const idOf = (event: Loose) => {
    const said = verdictOf("track", { event: "x", messageId: null, ...event });
    return said.kind === "taken" ? said.said.messageId : said.code;
  };
  test("is given, or made of the content alone", () => {
    expect(idOf({ messageId: "a".repeat(100) })).toBe("a".repeat(100));
    expect(idOf({ messageId: "a".repeat(101) })).toBe("bad_message_id");
    expect(idOf({ messageId: "a\u0000" })).toBe("bad_message_id");
    const timed = { timestamp: "2026-10-14T04:00:00Z" };
    expect(idOf({ ...timed, sentAt: "2026-10-14T04:00:01Z", writeKey: "a" })).toBe(
      idOf({ ...timed, sentAt: "2026" }),
    );
    expect(idOf({ userId: "12" })).not.toBe(idOf({ userId: "1" }));
  });
});
