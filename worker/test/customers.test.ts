// Customers of tills and files over HTTP and into D1: happy, refused, repeated, raced; and what an import may never do.

import { describe, expect, test, vi } from "vitest";
import type { Problem } from "../../schema/problems.ts";
import type { CustomersReply } from "../../schema/wire/channels.ts";
import { eventually } from "./eventually.ts";
import { answer, call } from "./http.ts";
import { lookup } from "./crm-asks.ts";
import { signIn, testServices } from "./person.ts";
import { addSource, anchorsOf, AT, keyOf, NOW, order, rows, tell } from "./tills.ts";

const DAY = 86_400_000;

const tellCustomers = (source: string, customers: readonly unknown[]) =>
  answer<CustomersReply>(call("/v1/customers", { json: { source, customers }, now: NOW }));

const identifiersOf = (...keys: string[]) =>
  rows<{ key: string; kind: string; user_initiated: number; sealed: string; first_seen_at: number }>(
    "SELECT * FROM identifiers WHERE key IN (SELECT value FROM json_each(?)) ORDER BY kind",
    JSON.stringify(keys),
  );
const stored = (count: number, ...keys: string[]) =>
  eventually(async () => {
    const found = await identifiersOf(...keys);
    if (found.length !== count) throw new Error(`${found.length} identifiers and not ${count}`);
    return found;
  });

describe("customers of a till", () => {
  test("are one person by what is told together, with their traits, and the same again changes nothing", async () => {
    await addSource("cust-happy");
    const customers = [
      { code: "KH1", phone: "091 300 1001", email: "Lan@Quen.VN", name: "Lan", updatedAt: AT },
      { phone: "0913001002", traits: { tier: "gold" }, updatedAt: AT },
    ];
    const reply = await tellCustomers("cust-happy", customers);
    expect(reply).toEqual({ success: true, accepted: 2, rejected: [], leftOut: [] });
    const keys = await Promise.all([
      keyOf("customer:cust-happy", "KH1"),
      keyOf("phone", "+84913001001"),
      keyOf("email", "lan@quen.vn"),
      keyOf("phone", "+84913001002"),
    ]);
    await stored(4, ...keys);
    const anchors = await anchorsOf(keys);
    expect(new Set(anchors.slice(0, 3)).size).toBe(1);
    expect(anchors[3]).not.toBe(anchors[0]);
    const all = async () =>
      JSON.stringify([
        await identifiersOf(...keys),
        await rows("SELECT * FROM traits WHERE source = 'cust-happy' ORDER BY key"),
        await rows("SELECT * FROM evidence WHERE source = 'cust-happy' ORDER BY id"),
      ]);
    const before = await all();
    await Promise.all([tellCustomers("cust-happy", customers), tellCustomers("cust-happy", customers)]);
    await tellCustomers("cust-happy", [{ code: "after" }]);
    await stored(1, await keyOf("customer:cust-happy", "after"));
    expect(await all()).toBe(before);
  });

  test("are each judged for themselves, and what is not used is named and counted", async () => {
    await addSource("cust-judge");
    const services = testServices();
    const counted = vi.spyOn(services, "count");
    const reply = await tellCustomers("cust-judge", [
      { code: "KH1", phone: "028 3822 9999" },
      { code: "KH2", updatedAt: "2027-01-01T00:00:00+07:00" },
      { name: "Khách lẻ" },
      { code: "KH4", phoneNumber: "0913001003" },
      "no customer",
    ]);
    expect(reply).toMatchObject({ success: false, accepted: 1 });
    expect(reply.rejected.map(({ index, id, code }) => [index, id, code])).toEqual([
      [1, "KH2", "future"],
      [2, null, "no_identifier"],
      [3, "KH4", "invalid"],
      [4, null, "invalid"],
    ]);
    expect(reply.leftOut).toEqual([
      { index: 0, field: "phone", reason: "not_mobile" },
      { index: 2, field: "name", reason: "blocked_value" },
    ]);
    expect(counted.mock.calls.map(([, reason, n]) => [reason, n])).toEqual(
      expect.arrayContaining([
        ["customer_future", 1],
        ["customer_no_identifier", 1],
        ["customer_invalid", 2],
        ["told_not_mobile", 1],
      ]),
    );
    counted.mockRestore();
  });

  test("are refused whole: without the scope, by another source's key, over the limits, without a queue", async () => {
    await addSource("cust-refused");
    const json = { source: "cust-refused", customers: [{ code: "KH1" }] };
    await answer(call("/v1/customers", { json, bearer: null }), 401);
    const made = (source?: string, scope = "events:write") =>
      answer<{ key: string }>(
        call("/v1/admin/keys", { json: { name: "till", scopes: [scope], ...(source ? { source } : {}) } }),
        201,
      ).then(({ key }) => key);
    await answer(call("/v1/customers", { json, bearer: await made(undefined, "crm:read") }), 403);
    await addSource("cust-other");
    await answer(call("/v1/customers", { json, bearer: await made("cust-other") }), 403);
    await answer(call("/v1/customers", { json, bearer: await made("cust-refused") }), 200);
    const unknown = { ...json, source: "nobody" };
    expect((await answer<Problem>(call("/v1/customers", { json: unknown }), 400)).errors?.[0]?.path).toBe(
      "source",
    );
    const many = { ...json, customers: Array.from({ length: 501 }, () => ({ code: "1" })) };
    const large = await answer<Problem>(call("/v1/customers", { json: many }), 413);
    expect(large.limits).toEqual({ customers: 500, bytes: 500_000 });
    const services = testServices();
    const down = vi.spyOn(services, "tell").mockRejectedValueOnce(new Error("Queue is overloaded"));
    const quiet = vi.spyOn(console, "error").mockReturnValue(undefined);
    expect((await call("/v1/customers", { json })).headers.get("retry-after")).toBe("5");
    down.mockRestore();
    quiet.mockRestore();
  });
});

describe("an imported contact", () => {
  const IMPORTED = { userInitiated: false, updatedAt: AT };

  test("is no act of the person's own until there is one, and another import does not undo it", async () => {
    await addSource("cust-import");
    const phone = await keyOf("phone", "+84913002001");
    const told = [{ phone: "0913002001", name: "Lan", ...IMPORTED }];
    await tellCustomers("cust-import", told);
    expect((await stored(1, phone))[0]?.user_initiated).toBe(0);
    // An order of a file is imported too.
    const json = {
      source: "cust-import",
      orders: [order("old", { phone: "0913002001" })],
      userInitiated: false,
    };
    await answer(call("/v1/orders", { json, now: NOW }));
    await eventually(async () =>
      expect(await rows("SELECT 1 FROM orders WHERE source = 'cust-import'")).toHaveLength(1),
    );
    expect((await identifiersOf(phone))[0]?.user_initiated).toBe(0);
    await tell("cust-import", [order("own", { phone: "0913002001" })]);
    await eventually(async () => expect((await identifiersOf(phone))[0]?.user_initiated).toBe(1));
    await tellCustomers("cust-import", [...told, { code: "after-own" }]);
    await stored(1, await keyOf("customer:cust-import", "after-own"));
    expect((await identifiersOf(phone))[0]?.user_initiated).toBe(1);
  });

  test("may never be written to by the import alone; the person's own sign-in allows what it grants", async () => {
    await addSource("cust-contact");
    const phone = "+84913002002";
    const [imported, own] = [await keyOf("phone", phone), await keyOf("phone", phone, "store")];
    await tellCustomers("cust-contact", [{ phone, email: "hoa@quen.vn", ...IMPORTED }]);
    await stored(1, imported);
    await anchorsOf([imported]);
    const contacts = async () =>
      (await lookup(phone)).flatMap(({ identifiers = [], contact }) => [
        ...identifiers.flatMap((one) => one.contact ?? []),
        ...Object.entries(contact ?? {}).flatMap(([channel, { allowed }]) => (allowed ? [channel] : [])),
      ]);
    expect(await contacts()).toEqual([]);
    await signIn("cust-1", "02:00:00:00:c0:01", phone, NOW - DAY, ["profile_linking", "marketing_sms"]);
    await anchorsOf([imported, own]);
    expect(new Set(await contacts())).toEqual(new Set(["sms"]));
    const known = await identifiersOf(imported, own);
    const initiated = Object.fromEntries(known.map(({ key, user_initiated }) => [key, user_initiated]));
    expect(initiated).toEqual({ [imported]: 0, [own]: 1 });
  });
});
