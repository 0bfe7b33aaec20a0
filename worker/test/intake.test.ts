// Orders of a till, from the request through the real queue to D1: happy, refused, repeated, raced.

import { env } from "cloudflare:workers";
import { describe, expect, test } from "vitest";
import type { Problem } from "../../schema/problems.ts";
import { makeApp } from "../http/app.ts";
import { makeSeal } from "../portal/seal.ts";
import type { Services } from "../services.ts";
import { database } from "../store/database.ts";
import { eraseNow } from "./erasing.ts";
import { eventually } from "./eventually.ts";
import { answer, call } from "./http.ts";
import { signIn, testServices } from "./person.ts";
import { addSource, AT, keyOf, NOW, order, profilesOf, rows, storedOrders, tell } from "./tills.ts";

const counters = async (): Promise<Record<string, number>> => {
  const { data } = await answer<{ data: { branchId: string | null; dropped: Record<string, number> }[] }>(
    call("/v1/admin/counters"),
  );
  return data.find(({ branchId }) => branchId === null)?.dropped ?? {};
};

describe("orders of a till", () => {
  test("are stored with their customer's identifiers, sealed, under one spelling", async () => {
    await addSource("till-happy");
    const customer = {
      code: " KH001 ",
      phone: "091 200 1001",
      email: "Hoa@Quen.VN",
      name: "Hoa",
      birthday: "1990-02-28",
    };
    const reply = await tell("till-happy", [order("1", customer)]);
    expect(reply).toEqual({ success: true, accepted: 1, rejected: [], leftOut: [] });
    const [row] = await storedOrders("till-happy", 1);
    const code = await keyOf("customer:till-happy", "KH001");
    const phone = await keyOf("phone", "+84912001001");
    const email = await keyOf("email", "hoa@quen.vn");
    expect(row).toMatchObject({
      subject: code,
      total_vnd: 85_000,
      total: "85000",
      channel: "pos",
      branch_id: null,
    });
    const seal = makeSeal(testServices().settings.SEAL_KEYS);
    const identifiers = await rows<{ key: string; sealed: string; realm: string; kind: string }>(
      "SELECT * FROM identifiers WHERE key IN (?, ?, ?)",
      code,
      phone,
      email,
    );
    const values = await Promise.all(
      identifiers.map(async ({ key, kind, sealed }) => [kind, await seal.open(sealed, `identifier/${key}`)]),
    );
    expect(Object.fromEntries(values)).toEqual({
      "customer:till-happy": "KH001",
      phone: "+84912001001",
      email: "hoa@quen.vn",
    });
    const evidence = await rows<{ a: string; b: string }>(
      "SELECT a, b FROM evidence WHERE source = 'till-happy'",
    );
    expect(evidence.map(({ a, b }) => [a, b].toSorted())).toEqual(
      expect.arrayContaining([[code, phone].toSorted(), [code, email].toSorted()]),
    );
    const [name] = await rows<{ sealed: string; at: number }>(
      "SELECT * FROM traits WHERE key = ? AND name = 'name'",
      code,
    );
    expect(await seal.open(name?.sealed ?? "", `trait/${code}/name/till-happy`)).toBe("Hoa");
    expect(name?.at).toBe(Date.parse(AT));
  });

  test("are each judged for themselves, with the reason, and every reason is counted", async () => {
    await addSource("till-judge");
    const before = await counters();
    const reply = await tell("till-judge", [
      order("1", { phone: "0912 001 002" }),
      order("2", { phone: "0000000000" }),
      order("3", { code: "KH3", phone: "028 3822 9999", email: "test@gmail.com" }),
      order("4", { code: "KH4" }, { at: "2027-01-01T00:00:00+07:00" }),
      order("5", { code: "KH5" }, { total: "85000.5" }),
      { id: "6" },
      order("7", { code: "Khách lẻ" }),
      order("8", { code: "KH8" }, { branchId: "no-such-branch", currency: "usd", total: "19.90" }),
      order("9", {}),
      order("10\u0000", { code: "KH10" }),
    ]);
    expect(reply).toMatchObject({ success: false, accepted: 3 });
    expect(reply.rejected.map(({ id, code }) => [id, code])).toEqual([
      ["2", "no_identifier"],
      ["4", "future"],
      ["5", "invalid"],
      ["6", "invalid"],
      ["7", "no_identifier"],
      ["9", "no_identifier"],
      ["10\u0000", "invalid"],
    ]);
    expect(reply.leftOut).toEqual([
      { index: 1, field: "customer.phone", reason: "blocked_value" },
      { index: 2, field: "customer.phone", reason: "not_mobile" },
      { index: 2, field: "customer.email", reason: "blocked_value" },
      { index: 6, field: "customer.code", reason: "blocked_value" },
      { index: 7, field: "branchId", reason: "unknown_branch" },
    ]);
    const found = await storedOrders("till-judge", 3);
    expect(found[2]).toMatchObject({ order_id: "8", currency: "USD", total: "19.9", total_vnd: null });
    await eventually(async () => {
      const after = await counters();
      const more = (reason: string) => (after[reason] ?? 0) - (before[reason] ?? 0);
      expect([more("order_no_identifier"), more("order_invalid"), more("order_future")]).toEqual([3, 3, 1]);
      expect([more("told_blocked_value"), more("told_not_mobile"), more("told_unknown_branch")]).toEqual([
        3, 1, 1,
      ]);
    });
  });

  test("change nothing when they are told again, also at the same moment", async () => {
    await addSource("till-again");
    const orders = [
      order("1", { code: "KH1", name: "Lan", phone: "0912001003" }),
      order("2", { phone: "0912001003" }),
    ];
    await Promise.all([tell("till-again", orders), tell("till-again", orders), tell("till-again", orders)]);
    await storedOrders("till-again", 2);
    const all = async () =>
      JSON.stringify([
        await rows("SELECT * FROM orders WHERE source = 'till-again' ORDER BY order_id"),
        await rows("SELECT * FROM evidence WHERE source = 'till-again' ORDER BY id"),
        await rows("SELECT * FROM identifiers WHERE kind = 'customer:till-again'"),
        // Sealed the same each time: a repeat is no other value.
        await rows("SELECT * FROM traits WHERE source = 'till-again'"),
      ]);
    const before = await all();
    await tell("till-again", orders);
    await tell("till-again", [order("3", { code: "KH1" })]);
    await storedOrders("till-again", 3);
    await env.DB.exec("DELETE FROM orders WHERE source = 'till-again' AND order_id = '3'");
    expect(await all()).toBe(before);
  });

  test("are replaced by a newer telling only", async () => {
    await addSource("till-newer");
    const told = (updatedAt: string, status: string, total: number) =>
      tell("till-newer", [order("1", { code: "KH1" }, { updatedAt, status, total })]);
    await told("2026-10-14T11:00:00+07:00", "refunded", 0);
    await storedOrders("till-newer", 1);
    await told("2026-10-14T10:30:00+07:00", "completed", 85_000);
    await tell("till-newer", [order("2", { code: "KH1" })]);
    await storedOrders("till-newer", 2);
    expect((await storedOrders("till-newer", 2))[0]).toMatchObject({ status: "refunded", total_vnd: 0 });
  });

  test("are refused whole: without the scope, without a source that stands, over the limits", async () => {
    await answer(call("/v1/orders", { json: { source: "x", orders: [] }, bearer: null }), 401);
    const { key } = await answer<{ key: string }>(
      call("/v1/admin/keys", { json: { name: "crm", scopes: ["crm:read"] } }),
      201,
    );
    await answer(call("/v1/orders", { json: { source: "x", orders: [] }, bearer: key }), 403);
    const unknown = await answer<Problem>(
      call("/v1/orders", { json: { source: "nobody", orders: [order("1", { code: "1" })] } }),
      400,
    );
    expect(unknown.errors).toEqual([{ path: "source", message: expect.stringContaining("no source") }]);
    await answer(
      call("/v1/orders", { json: { source: "portal", orders: [order("1", { code: "1" })] } }),
      400,
    );
    await addSource("till-gone");
    await answer(call("/v1/admin/sources/till-gone", { method: "DELETE" }), 204);
    await answer(call("/v1/admin/sources/till-gone", { method: "DELETE" }), 404);
    await answer(
      call("/v1/admin/sources", { json: { id: "till-gone", kind: "pos", name: "x", basis: "consent" } }),
      409,
    );
    await answer(
      call("/v1/orders", { json: { source: "till-gone", orders: [order("1", { code: "1" })] } }),
      400,
    );
    await addSource("till-large");
    const many = Array.from({ length: 501 }, (_, index) => order(String(index), { code: "1" }));
    const large = await answer<Problem>(
      call("/v1/orders", { json: { source: "till-large", orders: many } }),
      413,
    );
    expect(large.limits).toEqual({ orders: 500, bytes: 500_000 });
    await answer(call("/v1/orders", { json: { source: "till-large", orders: [] } }), 400);
  });
});

const ask = (source: string) =>
  new Request("http://quen.test/v1/orders", {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${env.ADMIN_TOKEN}` },
    body: JSON.stringify({ source, orders: [order("1", { code: "KH1" })] }),
  });
const askOf = async (services: Services, source: string): Promise<Response> =>
  makeApp(
    services,
    () => NOW,
    () => "request",
  ).fetch(ask(source));

describe("what cannot be taken now", () => {
  test("is 503 while the queue does not take it, and the same again is taken", async () => {
    await addSource("till-down");
    const failing = { ...testServices(), tell: () => Promise.reject(new Error("Queue is overloaded")) };
    const reply = await askOf(failing, "till-down");
    expect([reply.status, reply.headers.get("retry-after")]).toEqual([503, "5"]);
    expect(await rows("SELECT * FROM orders WHERE source = 'till-down'")).toEqual([]);
    expect((await askOf(testServices(), "till-down")).status).toBe(200);
    await storedOrders("till-down", 1);
  });

  test("is 503 while the database does not say whose source it is", async () => {
    const gone = new Proxy(env.DB, {
      get: () => () => {
        throw new Error("D1_ERROR: Network connection lost.");
      },
    });
    const reply = await askOf({ ...testServices(), db: database(gone) }, "till-down");
    expect(reply.status).toBe(503);
  });
});

test("orders of somebody who was erased do not come back, and it is counted", async () => {
  await addSource("till-erased");
  const phone = "+84912001009";
  const told = [order("1", { code: "KH9", phone })];
  await signIn("till-erased", "02:00:00:00:a9:09", phone, NOW - 60_000, [
    "visit_recognition",
    "profile_linking",
  ]);
  await tell("till-erased", told);
  await storedOrders("till-erased", 1);
  const keys = [
    await keyOf("phone", phone),
    await keyOf("customer:till-erased", "KH9"),
    await keyOf("phone", phone, "store"),
  ];
  expect(await profilesOf(keys)).toBe(1);
  await eraseNow(phone, NOW + 60_000);
  await storedOrders("till-erased", 0);
  const before = (await counters())["erased_told"] ?? 0;
  await tell("till-erased", [
    ...told,
    order("2", { code: "KH9", phone }, { updatedAt: "2026-10-14T12:05:00+07:00" }),
  ]);
  await eventually(async () => expect(((await counters())["erased_told"] ?? 0) - before).toBe(2));
  expect(await rows("SELECT key FROM identifiers WHERE key IN (?, ?, ?)", ...keys)).toEqual([]);
  await storedOrders("till-erased", 0);
});
