// Zalo OA: the golden payloads, and what is told of whom. Over HTTP: worker/test/connectors.test.ts.

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { SourceId } from "../../schema/ids.ts";
import type { Account, Delivery } from "./connector.ts";
import { readJson } from "./read-json.ts";
import { zaloOa } from "./zalo-oa.ts";

const NOW = 1_800_000_000_000;
const golden = (name: string): string =>
  readFileSync(join(import.meta.dirname, "golden", "zalo-oa", `${name}.json`), "utf8");

const account = (oaId: string, appId: string): Account => ({
  source: "oa" as SourceId,
  settings: { oaId, appId },
  branchOf: () => null,
  orderBook: "oa",
});
const deliver = (body: string, headers: Record<string, string> = {}): Delivery => ({
  raw: new TextEncoder().encode(body),
  headers: new Headers(headers),
  url: "https://quen.test/hooks/zalo-oa/oa",
});
const told = (body: string, to: Account, headers: Record<string, string> = {}) => {
  const delivery = deliver(body, headers);
  const read = readJson(delivery.raw);
  if (!read.ok) throw new Error("The golden is no JSON");
  return zaloOa.translate(read.json, to, delivery, NOW, new Map());
};
const sample = account("388613280878808645", "360846524940903967");
const both = [
  { kind: "zalo_oa:388613280878808645", value: "246845883529197922", proven: true, userInitiated: true },
  { kind: "zalo_app:360846524940903967", value: "552177279717587730", proven: true, userInitiated: true },
];

describe("the golden payloads", () => {
  test("a text is a message with a mood and both ids as one person, and the text is nowhere", () => {
    const body = golden("user_send_text").replace('"message",', '"Shop phục vụ quá tệ",');
    const { said, drops } = told(body, sample);
    expect(drops).toEqual([]);
    expect(said).toMatchObject([
      {
        messageId: "user_send_text/96d3cdf3af150460909",
        at: 154_390_853_474,
        identifiers: both,
        edges: [{ a: 0, b: 1, trust: 1 }],
        event: { type: "message", direction: "in", stage: "chat", sentiment: "negative", subject: 0 },
      },
    ]);
    expect(JSON.stringify(said)).not.toContain("phục vụ");
  });

  test("a place is a message without a mood, and neither the place nor its name is kept", () => {
    const { said } = told(golden("user_send_location"), account("1423847451268726170", "102719276611582260"));
    expect(said).toMatchObject([{ event: { type: "message", name: "user_send_location", details: null } }]);
    expect(JSON.stringify(said)).not.toMatch(/Thành|106\.0/);
  });

  test("what the account sends is out, and of the person it went to", () => {
    const { said } = told(golden("oa_send_text"), sample);
    expect(said).toMatchObject([
      { identifiers: both, event: { type: "message", direction: "out", sentiment: null, stage: null } },
    ]);
  });

  test("a follower is joined by both ids, and from where is kept", () => {
    const { said } = told(golden("follow"), account("388613280879808645", "36084652489903967"));
    expect(said).toMatchObject([
      {
        identifiers: [{ value: "24684588352919792" }, { value: "552172779717587730" }],
        edges: [{ trust: 1 }],
        event: { type: "follow", details: { source: "oa_profile" } },
      },
    ]);
    expect(said[0]?.messageId).not.toContain("24684588352919792");
  });

  test("a form's phone is asserted beside the proven id, and the address is left out", () => {
    const to = account("388613280879880645", "3608465248940903967");
    const { said, left } = told(golden("user_submit_info"), to);
    expect(left).toEqual([]);
    expect(said).toMatchObject([
      {
        identifiers: [
          { kind: "zalo_oa:388613280879880645", proven: true },
          { kind: "phone", value: "+84912345678", proven: false },
        ],
        edges: [{ a: 0, b: 1, trust: 2 }],
        traits: [
          { name: "name", value: "Name Example" },
          { name: "birthday", value: "1999-10-30" },
          { name: "gender", value: "Nam" },
        ],
        event: { type: "form" },
      },
    ]);
    expect(JSON.stringify(said)).not.toContain("Tân Thuận");
  });

  test("what has no meaning here keeps its name", () => {
    const to = account("388613280879880645", "360846524840903967");
    expect(told(golden("add_user_to_tag"), to).said).toMatchObject([
      { event: { type: "other", name: "add_user_to_tag" } },
    ]);
  });
});

describe("whom an event is of", () => {
  test.each([
    ["another account", { ...sample, settings: { ...sample.settings, oaId: "1" } }],
    ["another app", { ...sample, settings: { ...sample.settings, appId: "1" } }],
  ])("of %s nothing is used, and it says so", (_, to) => {
    expect(told(golden("user_send_text"), to)).toMatchObject({ said: [], drops: [{ reason: "not_ours" }] });
  });

  test.each(["user_seen_message", "user_received_message"])(
    "%s has the account as its sender, and names the person all the same",
    (name) => {
      const body = golden("oa_send_text").replace("oa_send_text", name);
      expect(told(body, sample).said).toMatchObject([{ identifiers: both, event: { type: "other", name } }]);
    },
  );

  test("a notice to a phone number names nobody: the number is not an id of the account", () => {
    const body = JSON.stringify({
      sender: { id: "388613280878808645" },
      recipient: { id: "84123456789" },
      event_name: "user_received_message",
      message: { delivery_time: "1602960467432", msg_id: "15a0cc0bbb13bd4ce403" },
      app_id: "360846524940903967",
      timestamp: "1602560967477",
    });
    const [one] = told(body, sample).said;
    expect(one).toMatchObject({ identifiers: [], event: { type: "other", subject: null } });
    const byHeader = told(golden("oa_send_text"), sample, { "X-ZEvent-Server": "ZNS" });
    expect(byHeader.said).toMatchObject([{ identifiers: [] }]);
  });

  test.each(["user_withdraw", "user.remove.info"])(
    "%s asks to forget the person, and tells nothing of them",
    (name) => {
      const body = JSON.stringify({
        app_id: "360846524940903967",
        timestamp: "1602560967477",
        event_name: name,
        user_id: "246845883529197922",
        user_id_by_app: "552177279717587730",
      });
      const { said, erase } = told(body, sample);
      expect(erase.map(({ kind, value }) => [kind, value])).toEqual([
        ["zalo_oa:388613280878808645", "246845883529197922"],
        ["zalo_app:360846524940903967", "552177279717587730"],
      ]);
      expect(new Set(erase.map(({ messageId }) => messageId)).size).toBe(1);
      expect(said).toMatchObject([{ identifiers: [], event: { type: "other", subject: null } }]);
    },
  );

  test.each([
    "[]",
    "null",
    '"text"',
    "{}",
    '{"event_name":7}',
    '{"event_name":"follow","follower":{"id":[1]}}',
  ])("%s is strange, and nothing throws", (body) => {
    const { said, drops } = told(body, sample);
    expect(said.every(({ identifiers }) => identifiers.length === 0)).toBe(true);
    expect(said.length + drops.length).toBeGreaterThan(0);
  });
});

describe("the signature", () => {
  const body = golden("user_send_text");
  const mac = (first: string, secret: string, at = "154390853474") =>
    createHash("sha256").update(`${first}${body}${at}${secret}`).digest("hex");
  const verified = (value: string, secret = "s", text = body) =>
    zaloOa.verify(deliver(text, { "X-ZEvent-Signature": value }), secret, sample);
  const good = mac("360846524940903967", "s");

  test.each([
    ["with its prefix", `mac=${good}`, true],
    ["with spaces in it", `mac = ${good}`, true],
    ["bare", good, true],
    ["in capitals", good.toUpperCase(), true],
    ["begun with the account's id", `mac=${mac("388613280878808645", "s")}`, true],
    ["begun with another id", `mac=${mac("1", "s")}`, false],
    ["cut", `mac=${good.slice(0, 63)}`, false],
    ["missing", "", false],
  ])("%s", (_, value, expected) => expect(verified(value)).toBe(expected));

  test("is of this body, this time and this secret", () => {
    expect(verified(good, "t")).toBe(false);
    expect(verified(good, "")).toBe(false);
    expect(verified(good, "s", `${body} `)).toBe(false);
    expect(verified(good, "s", body.replace("154390853474", "154390853475"))).toBe(false);
    expect(verified(good, "s", "")).toBe(false);
  });
});
