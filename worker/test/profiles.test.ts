// Profiles over HTTP: who of a person is shown to whom, from the portal's own sign-ins and withdrawals, a till's word, and
// the lane's decisions on.

import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, test } from "vitest";
import type { PhoneNumber } from "../../schema/phone.ts";
import type { Problem } from "../../schema/problems.ts";
import { LookupView, TimelineView } from "../../schema/wire/crm.ts";
import { ExplainView } from "../../schema/wire/identity.ts";
import { portalPorts } from "../portal/portal-ports.ts";
import { makeBranch } from "./agent.ts";
import { get, lookup, NOW, profileOf, reasonsOf, shopper, till } from "./crm-asks.ts";
import { accessRows, DAY, keyOf, keyWith, MINUTE, settle, visit } from "./crm-people.ts";
import { answer } from "./http.ts";
import { signIn, testServices, withdraw } from "./person.ts";

beforeAll(async () => {
  await makeBranch("crm-1");
});

describe("a person", () => {
  test("without linking is two profiles, and each says that the other side stands apart", async () => {
    const { phone } = await shopper(6101, ["visit_recognition"]);
    await till(phone, "KH-6101");
    await settle(NOW);
    const found = await lookup("0912 346 101");
    expect(found.map(({ realms }) => realms)).toEqual([["store"], ["commerce"]]);
    const [store, commerce] = found;
    expect(store).toMatchObject({
      visits: { total: 2, last30Days: 2, favouriteBranchId: "crm-1", typicalGapDays: 2 },
      redacted: [{ field: "orders", reason: "not_linked" }],
      traits: {},
    });
    expect(store?.orders).toBeUndefined();
    expect(commerce).toMatchObject({
      traits: { name: { value: "Lan Anh", source: "pos" } },
      orders: { count: 1, totalVnd: 100_000 },
      redacted: [{ field: "visits", reason: "not_linked" }],
    });
    expect(await lookup("KH-6101", "customer:pos")).toEqual([commerce]);
  });

  test("who linked is one profile with visits beside orders, found by every identifier and every old id", async () => {
    const { phone } = await shopper(6102, ["visit_recognition"]);
    const before = await settle(NOW).then(() => lookup(phone));
    await till(phone, "KH-6102");
    await settle(NOW);
    const apart = await lookup(phone);
    expect(apart).toHaveLength(2);
    await signIn("crm-1", "02:00:00:00:61:02", phone, NOW - DAY, ["profile_linking"]);
    await settle(NOW);
    const [profile, ...rest] = await lookup(phone);
    expect(rest).toEqual([]);
    expect(profile).toMatchObject({
      realms: ["store", "commerce"],
      visits: { total: 2 },
      orders: { count: 1 },
      channels: [
        { channel: "pos", events: 1 },
        { channel: "store", events: 2 },
      ],
      lifecycle: { stage: "active", rules: "2026-1" },
      consent: { profile_linking: { state: "granted" }, marketing_sms: { state: "refused" } },
      contact: { sms: { allowed: false, quietHours: { from: "22:00", to: "07:00" }, maxPerDay: 3 } },
      redacted: [],
    });
    expect(await lookup("KH-6102", "customer:pos")).toEqual([profile]);
    const old = [...before, ...apart].map(({ id }) => id).filter((id) => id !== profile?.id);
    expect(profile?.previousIds.toSorted()).toEqual([...new Set(old)].toSorted());
    for (const id of old) expect(await profileOf(id)).toEqual(profile);
  });

  test("who ends linking is two at once, before anything was decided, and after", async () => {
    const { phone, key } = await shopper(6103);
    const keys = await till(phone, "KH-6103");
    await settle(NOW);
    const [joined] = await lookup(phone);
    expect(joined?.realms).toEqual(["store", "commerce"]);
    const anchorOf = async () =>
      (await env.DB.prepare("SELECT anchor FROM assignments WHERE key = ?")
        .bind(key)
        .first<string>("anchor")) ?? "";
    const anchor = await anchorOf();
    await withdraw("crm-1", phone, NOW - MINUTE, "profile_linking");
    await settle(NOW);
    const split = await lookup(phone);
    // As if the lane had not come yet: everybody is still with the old anchor.
    const rejoin = "UPDATE assignments SET anchor = ? WHERE key IN (SELECT value FROM json_each(?))";
    await env.DB.prepare(rejoin)
      .bind(anchor, JSON.stringify([key, ...keys]))
      .run();
    const waiting = await lookup(phone);
    expect(waiting).toHaveLength(1);
    const [side] = waiting;
    expect(side?.realms).toHaveLength(1);
    expect(side?.visits === undefined || side.orders === undefined).toBe(true);
    expect(side?.id).toBe(joined?.id);
    for (const { id } of split)
      expect((await get(`/v1/profiles/${id}`)).status).toBe(id === side?.id ? 200 : 404);
    expect(split.map(({ realms }) => realms)).toEqual([["store"], ["commerce"]]);
    expect(split.map(reasonsOf)).toEqual([{ orders: "not_linked" }, { visits: "not_linked" }]);
  });

  test("is shown while any purpose stands, without visits once recognition ended, and then not at all", async () => {
    const { phone, key } = await shopper(6104, ["visit_recognition", "marketing_zalo"]);
    const imported = (is: boolean) =>
      env.DB.prepare("UPDATE identifiers SET user_initiated = ? WHERE key = ?").bind(Number(!is), key).run();
    await settle(NOW);
    const [profile] = await lookup(phone);
    expect(profile?.contact?.zalo.allowed).toBe(true);
    expect(profile?.identifiers).toMatchObject([{ kind: "phone", userInitiated: true, contact: ["zalo"] }]);
    // As if it had only ever been imported.
    await imported(true);
    const [told] = await lookup(phone);
    expect(told?.identifiers).toMatchObject([{ kind: "phone", userInitiated: false, contact: [] }]);
    await imported(false);
    await withdraw("crm-1", phone, NOW - 2 * MINUTE);
    const [unseen] = await lookup(phone);
    expect(unseen?.visits).toBeUndefined();
    expect(unseen && reasonsOf(unseen)).toMatchObject({ visits: "withdrawn", lifecycle: "withdrawn" });
    await withdraw("crm-1", phone, NOW - MINUTE, "marketing_zalo");
    expect(await lookup(phone)).toEqual([]);
    const gone = await answer<Problem>(get(`/v1/profiles/${profile?.id ?? ""}`), 404);
    expect(gone.code).toBe("not_found");
    await answer(get(`/v1/profiles/${profile?.id ?? ""}/timeline`), 404);
  });

  test("who asked to be kept and not used shows nothing but that", async () => {
    const { phone, key } = await shopper(6105);
    await settle(NOW);
    await env.DB.prepare("INSERT INTO restrictions VALUES (?, 'rq-6105', ?)").bind(key, NOW).run();
    const [profile] = await lookup(phone);
    expect(Object.keys(profile ?? {})).toEqual([
      "id",
      "realms",
      "previousIds",
      "redacted",
      "version",
      "updatedAt",
    ]);
    expect(new Set(Object.values(profile ? reasonsOf(profile) : {}))).toEqual(new Set(["restricted"]));
    const timeline = TimelineView.parse(await answer(get(`/v1/profiles/${profile?.id ?? ""}/timeline`)));
    expect(timeline.data).toEqual([]);
  });

  test("with two devices at once was there once", async () => {
    const { phone, key } = await shopper(6106);
    const at = NOW - 2 * DAY;
    await visit(
      "crm-1",
      key,
      new Date(at).toISOString().slice(0, 10),
      [[at + 5 * MINUTE, at + 40 * MINUTE]],
      "6106/watch",
    );
    await settle(NOW);
    const [profile] = await lookup(phone);
    expect(profile?.visits).toMatchObject({ total: 2, byBranch: [{ medianDwellMs: 30 * MINUTE }] });
  });

  test("is found by a verified e-mail, under the name that the own page was told, as long as the phone is", async () => {
    const { phone } = await shopper(6108, ["visit_recognition"]);
    const { rights } = portalPorts(testServices());
    const person = { kind: "phone" as const, phone: phone as PhoneNumber };
    const ask = { language: "vi", origin: "https://quen.test", brand: "Quen", now: NOW - MINUTE } as const;
    const proof = { kind: "otp", messageId: "otp_6108" } as const;
    const kept = await rights.correct(
      person,
      { name: "Trần Bình", email: "Binh@Example.vn" },
      { ...ask, proof },
    );
    const token = kept.kind === "kept" ? (kept.localLink ?? "").split("/").at(-1) : "";
    await rights.verifyEmail(token ?? "", NOW - MINUTE);
    await settle(NOW);
    const [profile] = await lookup("binh@example.vn", "email");
    expect(profile?.identifiers).toMatchObject([
      { value: phone },
      { kind: "email", value: "binh@example.vn" },
    ]);
    expect(profile?.traits).toMatchObject({ name: { value: "Trần Bình", source: "portal" } });
    await withdraw("crm-1", phone, NOW);
    expect(await lookup("binh@example.vn", "email")).toEqual([]);
  });

  test("nobody has decided about yet is not found", async () => {
    await till("+84912346107", "KH-6107");
    expect(await lookup("KH-6107", "customer:pos")).toEqual([]);
    await settle(NOW);
    expect(await lookup("KH-6107", "customer:pos")).toHaveLength(1);
  });
});

describe("a reader", () => {
  test("without crm:personal sees no value, and only readers of values are written down", async () => {
    const { phone } = await shopper(6201);
    await till(phone, "KH-6201");
    await settle(NOW);
    const [profile] = await lookup(phone, "phone", await keyWith("crm:read"));
    expect(JSON.stringify(profile)).not.toMatch(/912346201|KH-6201|Lan/);
    expect(profile && reasonsOf(profile)).toEqual({ "identifiers.value": "scope", traits: "scope" });
    expect(profile).toMatchObject({ visits: { total: 2 }, orders: { count: 1 } });
    const path = `/v1/profiles/${profile?.id ?? ""}`;
    for (const [scopes, rows] of [
      ["crm:read", 0],
      ["crm:personal", 1],
    ] as const) {
      const bearer = await keyWith(scopes);
      for (const [address, action] of [
        [path, "profile"],
        [`${path}/timeline`, "timeline"],
      ] as const) {
        const reply = await get(address, { bearer });
        expect(reply.status).toBe(200);
        const written = await accessRows(reply.headers.get("x-request-id") ?? "");
        expect(written).toHaveLength(rows);
        for (const row of written)
          expect(row).toMatchObject({
            action,
            profileId: profile?.id,
            actor: expect.stringMatching(/^key_/),
          });
      }
    }
  });

  test.each(["/v1/profiles/pr_00000000000000000000000000000000", "/v1/profiles"])(
    "of %s needs a key with one of the CRM's scopes",
    async (path) => {
      const status = async (bearer: string | null) => (await get(path, { bearer })).status;
      expect(await status(null)).toBe(401);
      expect(await status(await keyWith("marketing:read"))).toBe(403);
      expect(await status(await keyWith("privacy"))).toBe(403);
    },
  );

  test("is told which value is none of its kind", async () => {
    const by = [
      { kind: "phone", value: "0912346101" },
      { kind: "phone", value: "0000000000" },
      { kind: "customer:pos", value: "KH" },
      { kind: "device", value: "AAAAAAAAAAAAAAAAAAAAAA" },
    ];
    const problem = await answer<Problem>(get("/v1/profiles/lookup", { json: { by } }), 400);
    expect(problem.errors?.map(({ path }) => path)).toEqual(["by.1.value", "by.3.kind"]);
    const many = Array.from({ length: 101 }, (_, n) => ({ kind: "customer:pos", value: `${n}` }));
    await answer(get("/v1/profiles/lookup", { json: { by: many } }), 400);
    const most = LookupView.parse(await answer(get("/v1/profiles/lookup", { json: { by: many.slice(1) } })));
    expect(most.data.map(({ by: { value } }) => value)).toEqual(many.slice(1).map(({ value }) => value));
  });

  test("is told everything but a value that does not open, which is named", async () => {
    const { phone, key } = await shopper(6203);
    await till(phone, "KH-6203");
    await settle(NOW);
    const [profile] = await lookup(phone);
    const code = await keyOf("commerce", "customer:pos", "KH-6203");
    await env.DB.batch([
      env.DB.prepare("UPDATE identifiers SET sealed = 'gone.AAAA' WHERE key = ?").bind(key),
      env.DB.prepare("UPDATE traits SET sealed = substr(sealed, 1, 30) WHERE key = ?").bind(code),
    ]);
    const [short] = await lookup(phone);
    expect(short).toMatchObject({ id: profile?.id, visits: { total: 2 }, orders: { count: 1 }, traits: {} });
    expect(short?.identifiers?.filter(({ value }) => value === undefined)).toHaveLength(1);
    expect(short?.identifiers).toHaveLength(profile?.identifiers?.length ?? 0);
    expect(short && reasonsOf(short)).toEqual({ "identifiers.value": "unreadable", traits: "unreadable" });
    expect((await get("/v1/profiles?format=csv")).status).toBe(200);
    const why = ExplainView.parse(await answer(get(`/v1/profiles/${profile?.id ?? ""}/explain`)));
    expect(why.redacted).toEqual([{ field: "identifiers.value", reason: "unreadable" }]);
    // Who may read no values is told why as before.
    const [redacted] = await lookup(phone, "phone", await keyWith("crm:read"));
    expect(redacted && reasonsOf(redacted)).toMatchObject({ "identifiers.value": "scope", traits: "scope" });
  });

  test("who has the answer already is told so, until it is another", async () => {
    const { phone } = await shopper(6202);
    await settle(NOW);
    const [profile] = await lookup(phone);
    const path = `/v1/profiles/${profile?.id ?? ""}`;
    const tag = (await get(path)).headers.get("etag") ?? "";
    expect(tag).toMatch(/^"[\w-]{43}"$/);
    for (const known of [tag, `"other", W/${tag}`, "*"]) {
      const reply = await get(path, { headers: { "if-none-match": known } });
      expect([reply.status, await reply.text(), reply.headers.get("etag")]).toEqual([304, "", tag]);
    }
    await withdraw("crm-1", phone, NOW - MINUTE);
    const reply = await get(path, { headers: { "if-none-match": tag } });
    expect(reply.status).toBe(200);
    expect(reply.headers.get("etag")).not.toBe(tag);
  });

  test("of an id that never was, or names nobody, finds nothing", async () => {
    for (const id of [
      "pr_00000000000000000000000000000000",
      "nobody",
      await keyOf("store", "phone", "+84912346101"),
    ])
      expect([id, (await get(`/v1/profiles/${id}`)).status]).toEqual([id, 404]);
  });
});
