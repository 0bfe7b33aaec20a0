// Facebook: the golden payloads, a lead, and what comes of a page that is another's. Over HTTP: worker/test/hooks.test.ts.

import { describe, expect, test } from "vitest";
import { facebook } from "./facebook.ts";
import { readJson } from "./read-json.ts";
import { account, golden, NOW } from "./testing/webhook.ts";

const PAGE = "153125381133";
const PERSON = "24684588352919792";
const to = account({ pageId: PAGE });
const read = (body: string, answers: ReadonlyMap<string, unknown> = new Map(), by = to) => {
  const json = readJson(Buffer.from(body));
  if (!json.ok) throw new Error("The body is no JSON");
  const delivery = { raw: Buffer.from(body), headers: new Headers(), url: "" };
  return { payload: json.json, ...facebook.translate(json.json, by, delivery, NOW, answers) };
};
const ids = { PAGE_ID: PAGE, USER_ID: PERSON, "111111": PAGE };

describe("Messenger", () => {
  test("a text is a message with a mood of the page's user, and the text is nowhere", () => {
    const { said, drops } = read(
      golden("facebook/messages", { ...ids, "hello, world!": "Shop tuyệt vời quá" }),
    );
    expect(drops).toEqual([]);
    expect(said).toMatchObject([
      {
        messageId: "message/mid.1457764197618:41d102a3e1ae206a38",
        at: 1_457_764_197_627,
        identifiers: [{ kind: `facebook:${PAGE}`, value: PERSON, proven: true }],
        event: { type: "message", direction: "in", stage: "chat", sentiment: "positive", subject: 0 },
      },
    ]);
    expect(JSON.stringify(said)).not.toContain("tuyệt");
  });

  test("what the page sends is out, and of whom it went to", () => {
    const body = golden("facebook/message_echoes", { "<PAGE_ID>": PAGE, "<PSID>": PERSON });
    expect(read(body).said).toMatchObject([
      { identifiers: [{ value: PERSON }], event: { type: "message", direction: "out", sentiment: null } },
    ]);
  });

  test("a button is a click, and what was read keeps its name", () => {
    expect(read(golden("facebook/messaging_postbacks", ids)).said).toMatchObject([
      { event: { type: "click", name: "postback", details: null } },
    ]);
    const reads = golden("facebook/message_reads", { "<PAGE_ID>": PAGE, "<PSID>": PERSON });
    expect(read(reads).said).toMatchObject([{ event: { type: "other", name: "read", subject: 0 } }]);
  });

  test("of another page nothing is used, nor of what is no page", () => {
    const body = golden("facebook/messages", ids);
    expect(read(body, new Map(), account({ pageId: "1" }))).toMatchObject({
      said: [],
      drops: [{ reason: "not_ours" }],
    });
    expect(read(body.replace('"page"', '"instagram"')).drops).toMatchObject([{ reason: "not_ours" }]);
  });
});

describe("a lead", () => {
  const body = golden("facebook/leadgen", {
    '"page_id": 123123123': `"page_id": ${PAGE}`,
    "1440120384": String(NOW / 1_000),
  });
  const { payload } = read(body);
  const asks = (now = NOW, by = to) => facebook.lookUp?.asks(payload, by, "token", now) ?? [];

  test("is asked for by its number, with the token in a header and nowhere else", () => {
    expect(asks()).toMatchObject([
      { id: "123123123123", headers: { authorization: "Bearer token" } },
      { id: "123123123124" },
    ]);
    expect(asks()[0]?.url).toMatch(/^https:\/\/graph\.facebook\.com\/v\d+\.0\/123123123123\?fields=[\w,]+$/);
    const own = account({ pageId: PAGE, graphUrl: "https://graph.test/v99.0/" });
    expect(asks(NOW, own)[0]?.url).toMatch(/^https:\/\/graph\.test\/v99\.0\/123123123123\?/);
    expect(asks(NOW + 25 * 3_600_000)).toEqual([]);
    expect(asks(NOW, account({ pageId: "1" }))).toEqual([]);
  });

  test.each([
    [200, { id: "1", field_data: [] }, "done"],
    [200, { error: { code: 190 } }, "retry"],
    [400, { error: { code: 100, error_subcode: 33 } }, "retry"],
    [500, null, "retry"],
  ])("is %j %j: %s", (status, json, outcome) => {
    expect(facebook.lookUp?.outcome(status, json)).toBe(outcome);
  });

  test("tells phone, e-mail and name as asserted, its advert, and no answer to the shop's own questions", () => {
    const lead = JSON.parse(golden("facebook/lead", { "joe@example.com": "joe@thu-nghiem.vn" })) as {
      field_data: unknown[];
    };
    lead.field_data.push({ name: "phone_number", values: ["+84912345678"] });
    const { said, drops } = read(body, new Map([["123123123123", lead]]));
    expect(said[0]).toMatchObject({
      messageId: "leadgen/123123123123",
      at: Date.UTC(2015, 1, 28, 8, 49, 14),
      identifiers: [
        { kind: "phone", value: "+84912345678", proven: false },
        { kind: "email", value: "joe@thu-nghiem.vn", proven: false },
      ],
      edges: [{ a: 0, b: 1, trust: 2 }],
      traits: [{ name: "name", value: "Joe Example" }],
      event: {
        type: "form",
        campaign: { source: "facebook", medium: "lead_ads" },
        details: { adId: "<AD_ID>" },
      },
    });
    expect(JSON.stringify(said)).not.toMatch(/Honda|99213450/);
    expect(said[1]).toMatchObject({ identifiers: [], traits: [], event: { subject: null } });
    expect(drops).toMatchObject([{ reason: "no_identifier" }]);
  });
});
