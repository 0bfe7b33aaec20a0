// The counter over HTTP: who may stand there, what a scanned code opens, once, and that every look is written down.

import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, test } from "vitest";
import type { Purpose } from "../../schema/consent.ts";
import { parsePhone } from "../../schema/phone.ts";
import { portalPorts } from "../portal/portal-ports.ts";
import { makeBranch } from "./agent.ts";
import { accessRows, DAY, keyOf, MINUTE, settle, tell, visit } from "./crm-people.ts";
import { answer, call } from "./http.ts";
import { signIn, testServices, withdraw } from "./person.ts";

/** 14 October 2026, 10:00 in Saigon. */
const NOW = Date.UTC(2026, 9, 14, 3, 0);
const LINKING = ["visit_recognition", "profile_linking", "marketing_zalo"] as const;

interface Staff {
  readonly keyId: string;
  readonly cookie: string;
  readonly csrf: string;
}

const newKey = (...scopes: string[]) =>
  answer<{ id: string; key: string }>(call("/v1/admin/keys", { json: { name: "Quầy", scopes } }), 201);

const page = (path: string, more: { cookie?: string; form?: Record<string, string>; now?: number } = {}) =>
  call(path, {
    bearer: null,
    now: more.now ?? NOW,
    headers: { cookie: more.cookie ?? "", "sec-fetch-site": "same-origin" },
    ...(more.form === undefined ? {} : { body: new URLSearchParams(more.form) }),
  });

const cookieOf = (reply: Response): string => reply.headers.getSetCookie()[0]?.split(";")[0] ?? "";
const csrfOf = (html: string): string => /name="csrf" value="([^"]*)"/.exec(html)?.[1] ?? "";

const staff = async (): Promise<Staff> => {
  const { id, key } = await newKey("counter");
  const signedIn = await page("/counter/sign-in", { form: { key } });
  expect(signedIn.status).toBe(303);
  const cookie = cookieOf(signedIn);
  return { keyId: id, cookie, csrf: csrfOf(await (await page("/counter", { cookie })).text()) };
};

const find = ({ cookie, csrf }: Staff, phone: string, more: Record<string, string> = {}) =>
  page("/counter/find", { cookie, form: { csrf, phone, ...more } });
const open = ({ cookie, csrf }: Staff, code: string, now = NOW) =>
  page("/counter/open", { cookie, form: { csrf, code }, now });

/** Was at the branch two days ago; a till knows the phone, a name, an e-mail and one order. */
const customer = async (number: number, granted: readonly Purpose[] = LINKING): Promise<string> => {
  const phone = `+8493555${number}`;
  const mac = `02:00:00:0c:${String(number).slice(0, 2)}:${String(number).slice(2)}`;
  await signIn("counter-1", mac, phone, NOW - 9 * DAY, granted);
  const key = await keyOf("store", "phone", phone);
  const at = NOW - 2 * DAY;
  await visit("counter-1", key, new Date(at).toISOString().slice(0, 10), [[at, at + 20 * MINUTE]]);
  await tell({
    at: NOW - DAY,
    identifiers: [
      ["customer:pos", `K${number}`],
      ["phone", phone],
      ["email", `k${number}@example.vn`],
    ],
    traits: { name: "Lan Anh", interests: "trà sen, bánh" },
    order: { orderId: `K${number}`, items: [{ name: "Trà sen", quantity: 2, category: "Trà" }] },
  });
  await settle(NOW);
  return phone;
};

const codeFor = async (phone: string, now = NOW): Promise<string> => {
  const parsed = parsePhone(phone);
  if (!parsed.ok) throw new Error("Not a phone");
  const person = { kind: "phone", phone: parsed.phone } as const;
  const made = await portalPorts(testServices()).counter.issue(person, { origin: "https://quen.test", now });
  return made?.url.slice(made.url.lastIndexOf("/") + 1) ?? "";
};

const textOf = async (reply: Response): Promise<string> =>
  (await reply.text()).replaceAll(/<[^>]+>/g, " ").replaceAll(/\s+/g, " ");

beforeAll(() => makeBranch("counter-1"));

describe("who stands at the counter", () => {
  test("needs a key of the scope counter: no other scope signs in, and no key opens the API by it", async () => {
    const { key } = await newKey("crm:read", "crm:personal", "marketing:read");
    const refused = await page("/counter/sign-in", { form: { key } });
    expect([refused.status, refused.headers.getSetCookie()]).toEqual([401, []]);
    const counterKey = await newKey("counter");
    const asked = { json: { by: [{ kind: "phone", value: "0935550000" }] }, bearer: counterKey.key };
    expect((await call("/v1/profiles/lookup", asked)).status).toBe(403);
  });

  test("is nobody any more the moment the key is revoked", async () => {
    const one = await staff();
    expect((await page("/counter", { cookie: one.cookie })).status).toBe(200);
    await call(`/v1/admin/keys/${one.keyId}`, { method: "DELETE" });
    expect((await page("/counter", { cookie: one.cookie })).status).toBe(401);
    expect((await find(one, "0935551000")).status).toBe(401);
  });

  test("is nobody any more after 12 hours and after signing out, and keeps no secret in the database", async () => {
    const one = await staff();
    const secret = one.cookie.slice(one.cookie.indexOf("=") + 1);
    const rows = await env.DB.prepare("SELECT * FROM counter_sessions WHERE key_id = ?")
      .bind(one.keyId)
      .all();
    expect(JSON.stringify(rows.results)).not.toContain(secret);
    await env.DB.prepare("UPDATE counter_sessions SET expires_at = ? WHERE key_id = ?")
      .bind(Date.now() - 1, one.keyId)
      .run();
    expect((await page("/counter", { cookie: one.cookie })).status).toBe(401);
    const two = await staff();
    await page("/counter/sign-out", { cookie: two.cookie, form: { csrf: two.csrf } });
    expect((await page("/counter", { cookie: two.cookie })).status).toBe(401);
  });

  test("an operator signed in on the dashboard may stand there; the dashboard is not opened from there", async () => {
    const { url } = await answer<{ url: string }>(
      call("/v1/admin/sign-in", { json: { also: ["counter"] } }),
      201,
    );
    const form = { token: new URL(url).searchParams.get("token") ?? "" };
    const cookie = cookieOf(await page("/dashboard/sign-in", { form }));
    expect((await page("/counter", { cookie })).status).toBe(200);
    const one = await staff();
    const forged = one.cookie.replace("quen_counter", "quen_session");
    expect((await page("/dashboard", { cookie: forged })).status).toBe(401);
  });
});

describe("a customer's phone at the counter", () => {
  test("shows name, interests, visits and orders of one person, no e-mail and no whole phone, and is written down", async () => {
    const phone = await customer(1001);
    // Since then a part was given back, and the customer wrote on Zalo.
    await env.DB.batch([
      env.DB.prepare(
        `INSERT INTO order_marks SELECT source, order_id, 'r1', 'refund', updated_at + 1, 30000 FROM orders WHERE order_id LIKE '%1001%'`,
      ),
      env.DB.prepare(
        `INSERT INTO events (source, message_id, at, type, name, channel, subject) SELECT 'oa', 'm1001', at, 'message', 'user_send_text', 'zalo_oa', subject FROM orders WHERE order_id LIKE '%1001%'`,
      ),
    ]);
    const one = await staff();
    const reply = await find(one, `0${phone.slice(3)}`, { branch: "counter-1" });
    expect(reply.status).toBe(200);
    const html = await reply.text();
    for (const part of [
      "Lan Anh",
      "trà sen",
      "Trà sen",
      "Branch counter-1",
      "093 ••• 001",
      "70.000",
      "Zalo OA",
    ])
      expect(html).toContain(part);
    expect(html).not.toMatch(/example\.vn|935551001|K1001|pr_[0-9a-f]/);
    const rows = await accessRows(reply.headers.get("x-request-id") ?? "");
    expect(rows).toMatchObject([{ actor: one.keyId, action: "counter" }]);
    expect(rows[0]?.profileId).toMatch(/^pr_/);
  });

  test("shows two people where the customer did not allow them to be one", async () => {
    const phone = await customer(1002, ["visit_recognition"]);
    const text = await textOf(await find(await staff(), phone));
    expect(text).toContain("Số này có hai hồ sơ");
    expect(text).toContain("Khách chưa cho phép nối lượt ghé với đơn hàng.");
    expect(text).toContain("Khách chưa cho phép nối đơn hàng với lượt ghé cửa hàng.");
  });

  test("shows visits only while that is allowed, and nobody once nothing is", async () => {
    const phone = "+84935551003";
    await signIn("counter-1", "02:00:00:0c:10:03", phone, NOW - 3 * DAY, ["visit_recognition"]);
    await settle(NOW);
    const one = await staff();
    expect((await find(one, phone)).status).toBe(200);
    await withdraw("counter-1", phone, NOW - DAY);
    await settle(NOW);
    const gone = await find(one, phone);
    expect([gone.status, (await textOf(gone)).includes("Không tìm thấy hồ sơ")]).toEqual([404, true]);
    expect((await find(one, "0935559999")).status).toBe(404);
  });
});

test("somebody who asked that the data not be used is shown in no part, by phone and by code", async () => {
  const phone = await customer(1004);
  await env.DB.prepare("INSERT INTO restrictions (subject, request_id, at) VALUES (?, 'rq_counter', ?)")
    .bind(await keyOf("store", "phone", phone), NOW - DAY)
    .run();
  const one = await staff();
  for (const reply of [await find(one, phone), await open(one, await codeFor(phone))]) {
    const text = await textOf(reply);
    expect([reply.status, text.includes("Không được xem hồ sơ này")]).toEqual([403, true]);
    expect(text).not.toContain("Lan Anh");
  }
});

describe("a code at the counter", () => {
  test("opens the profile of who showed it, for one of two that scan it at once, and is written down", async () => {
    const phone = await customer(1010);
    const code = await codeFor(phone);
    const staffs = [await staff(), await staff()];
    const both = await Promise.all(staffs.map((one) => open(one, code)));
    expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 410]);
    for (const reply of both) {
      const text = await textOf(reply);
      expect(text).toContain(reply.status === 200 ? "Lan Anh" : "Mã này đã được dùng");
      const rows = await accessRows(reply.headers.get("x-request-id") ?? "");
      expect(rows).toHaveLength(reply.status === 200 ? 1 : 0);
    }
  });

  test("is not used by opening its address, however often", async () => {
    const code = await codeFor(await customer(1011));
    const one = await staff();
    for (const cookie of [one.cookie, one.cookie, ""]) await page(`/counter/q/${code}`, { cookie });
    expect((await open(one, code)).status).toBe(200);
  });

  test("opens nothing after 2 min, and is nowhere in the database as it is", async () => {
    const code = await codeFor(await customer(1012));
    const kept = await env.DB.prepare("SELECT * FROM counter_codes").all();
    expect(JSON.stringify(kept.results)).not.toContain(code);
    const late = await open(await staff(), code, NOW + 120_000);
    expect([late.status, (await textOf(late)).includes("Mã đã hết hạn")]).toEqual([410, true]);
  });

  test("that is guessed is limited to 30 an hour and key; another key is not held up", async () => {
    const one = await staff();
    const statuses: number[] = [];
    for (let n = 0; n < 32; n += 1) statuses.push((await open(one, `${"x".repeat(20)}${10 + n}`)).status);
    expect(statuses).toEqual([...Array<number>(30).fill(410), 429, 429]);
    const held = await open(one, await codeFor(await customer(1013)));
    expect([held.status, Number(held.headers.get("retry-after")) > 0]).toEqual([429, true]);
    expect((await open(await staff(), await codeFor("+84935551013"))).status).toBe(200);
  });
});
