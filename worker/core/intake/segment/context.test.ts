import { describe, expect, test } from "vitest";
import type { Loose } from "./loose.ts";
import type { SdkMethod } from "./sent.ts";
import { ANONYMOUS, NOW, senderWith, SERVER, takenOf } from "./testing/verdict-of.ts";
import type { Sender } from "./translate.ts";

const eventOf = (type: SdkMethod, event: Loose, by: Sender = SERVER) => takenOf(type, event, by).said.event;

describe("consent", () => {
  const order = {
    event: "Order Completed",
    userId: "U1",
    anonymousId: ANONYMOUS,
    properties: { order_id: "1", total: 5_000, product_id: "P" },
  };
  const asked = senderWith({}, { basis: "consent" });
  const isKept = (more: Loose, by = asked) => takenOf("track", { ...order, ...more }, by).said.order !== null;
  const preferences = (categoryPreferences: Loose) => ({ context: { consent: { categoryPreferences } } });
  const managed = (consentManagement: Loose) => ({ context: { consentManagement } });

  test.each<[string, boolean, Loose]>([
    ["not told", false, {}],
    ["given as Segment and Jitsu write it", true, preferences({ analytics: true, ads: false })],
    ["in another case", true, preferences({ Analytics: true })],
    ["refused", false, preferences({ analytics: false })],
    ["said both ways", false, preferences({ analytics: true, Analytics: false })],
    ["that is not exactly true", false, preferences({ analytics: "true" })],
    [
      "given as RudderStack writes it",
      true,
      managed({ allowedConsentIds: ["analytics"], deniedConsentIds: [] }),
    ],
    [
      "denied as RudderStack writes it",
      false,
      managed({ allowedConsentIds: ["analytics"], deniedConsentIds: ["analytics"] }),
    ],
    [
      "given, and Quen switched off",
      false,
      { ...preferences({ analytics: true }), integrations: { Quen: false } },
    ],
    [
      "given, and all switched off",
      false,
      { ...preferences({ analytics: true }), integrations: { All: false } },
    ],
    [
      "given, and all but the SDK's own endpoint switched off",
      true,
      { ...preferences({ analytics: true }), integrations: { All: false, "Segment.io": true } },
    ],
  ])("%s: its identity is kept: %s", (_name, expected, more) => expect(isKept(more)).toBe(expected));

  test("is asked for by what the source requires", () => {
    expect(isKept({}, senderWith())).toBe(true);
    const both = senderWith({ consentCategories: ["analytics", "ads"] });
    expect(
      [preferences({ analytics: true }), preferences({ analytics: true, ads: true })].map((one) =>
        isKept(one, both),
      ),
    ).toEqual([false, true]);
  });

  test("that lacks leaves an event of its hour, whatever id it had, so that no other event of the moment is beside it", () => {
    const minutesLater = { ...order, messageId: "kh-1", timestamp: "2026-10-14T04:59:59.900Z" };
    const { said } = takenOf("track", minutesLater, asked);
    expect([said.at, said.messageId]).toEqual([NOW - 3_600_000, `counted-${"kh-1".length}`]);
    expect(takenOf("track", minutesLater, asked).said).toEqual(said);
    const agreed = takenOf("track", { ...minutesLater, ...preferences({ analytics: true }) }, asked).said;
    expect([agreed.at, agreed.messageId]).toEqual([NOW - 100, "kh-1"]);
  });

  test("that lacks leaves an event that says where and when, and nothing else", () => {
    const { said, losses } = takenOf("track", order, asked);
    expect(losses).toEqual(["no_consent"]);
    const { event, ...rest } = said;
    expect(rest).toEqual({
      messageId: "counted-2",
      at: NOW,
      identifiers: [],
      edges: [],
      traits: [],
      order: null,
      mark: null,
    });
    expect(event).toEqual({
      type: "track",
      name: "Order Completed",
      channel: "web",
      stage: "order",
      campaign: null,
      subject: null,
      anonymous: null,
      branchId: null,
      direction: null,
      sentiment: null,
      products: [],
      orderId: null,
      valueVnd: null,
      details: null,
    });
  });
});

describe("where it came from", () => {
  const page = (url: string, referrer = "") => ({ context: { page: { url, referrer } } });
  const shop = "https://www.shop.example/";

  test.each<[string, Loose, unknown]>([
    [
      "as the SDK read it",
      { context: { campaign: { name: "Tết", source: "zalo" } } },
      { source: "zalo", name: "Tết" },
    ],
    [
      "in the address",
      page(`${shop}?utm_source=zalo&utm_medium=oa&utm_campaign=T%E1%BA%BFt+2027#x`),
      { source: "zalo", medium: "oa", name: "Tết 2027" },
    ],
    ["by a click id, which is not kept", page(`${shop}?gclid=Cj0K`), { source: "google", medium: "cpc" }],
    [
      "by Facebook's click id, which says nothing of payment",
      page(`${shop}?fbclid=Iw`),
      { source: "facebook", medium: "social" },
    ],
    [
      "by another site",
      page(shop, "https://www.google.com/search?q=tra"),
      { source: "google.com", medium: "referral" },
    ],
    ["not by where one pays", page(shop, "https://sandbox.vnpayment.vn/paymentv2"), null],
    ["not by its own pages", page(shop, "https://shop.example/tra"), null],
    [
      "without what is somebody's",
      page(`${shop}?utm_source=mail&utm_content=lan@quen.vn&utm_term=0912001301`),
      { source: "mail" },
    ],
    [
      "without what only begins as a campaign's term, and without the user's own id",
      {
        userId: "KH-1301",
        ...page(
          `${shop}?utm_source=sms&utm_campaign=sms_84912001301&utm_term=kh-1301&utm_content=a%2540b.vn`,
        ),
      },
      { source: "sms" },
    ],
    ["by a broken address", page("%%%?utm_source=%E1%"), { source: "%E1%" }],
  ])("%s", (_name, event, campaign) => {
    expect(eventOf("page", event)).toMatchObject({ campaign, stage: campaign === null ? null : "arrive" });
  });

  test("has no contact beside it in an event's name, which is then its type", () => {
    expect(eventOf("track", { event: "Gọi 0912 001 301" })?.name).toBe("track");
    expect(eventOf("page", { name: "Đơn của lan@quen.vn" })?.name).toBe("page");
    expect(eventOf("track", { event: "Bấm nút 1" })?.name).toBe("Bấm nút 1");
  });

  test("is kept of a track too, which is a step by its name", () =>
    expect(
      eventOf("track", { event: "Product Added", ...page(`${shop}?utm_source=zalo`, "https://z.vn/") }),
    ).toMatchObject({
      campaign: { source: "zalo" },
      stage: "cart",
    }));
});

describe("what is kept of the rest", () => {
  test("is the page without its query, and small properties that are nobody's contact", () => {
    const properties = {
      note: "đỏ",
      email: "lan@quen.vn",
      deep: { a: { b: { c: { d: 1 } } } },
      url: "https://s.vn/a?token=1#b",
    };
    expect(takenOf("page", { properties, name: "Home" })).toMatchObject({
      said: { event: { name: "Home", details: { url: "https://s.vn/a", note: "đỏ" } } },
      losses: ["details_cut"],
    });
    expect(JSON.stringify(eventOf("page", { properties })?.details)).not.toContain("lan@");
  });

  test("is cut, and that is said", () => {
    const { said, losses } = takenOf("track", {
      event: "x",
      properties: { a: "y".repeat(400), b: "z", c: Array(50).fill(0) },
    });
    expect(said.event?.details).toEqual({ a: "y".repeat(300), b: "z", c: Array(40).fill(0) });
    expect(losses).toEqual(["details_cut"]);
  });

  test.each<[string, Loose, Partial<Sender>, string]>([
    ["a web shop", {}, {}, "web"],
    ["a mini app", {}, { kind: "mini_app" }, "mini_app"],
    ["an app's own SDK", { context: { library: { name: "analytics-react-native" } } }, {}, "app"],
    ["a phone's", { context: { device: { type: "ios" } } }, {}, "app"],
    ["a till", {}, { kind: "pos" }, "pos"],
    ["a kind that is no channel", {}, { kind: "crm" }, "web"],
  ])("the channel of %s", (_name, event, more, channel) =>
    expect(eventOf("screen", event, senderWith({}, more))?.channel).toBe(channel),
  );
});
