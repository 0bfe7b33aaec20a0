// One-time codes through the built Worker: by Zalo with a token that is refreshed once, by SMS when Zalo cannot or says
// nothing, and by SMS when the shopper wants it. No page shows a code.

import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { formsOf, textOf } from "../../captive-portal/testing/shopper.ts";
import { makeBranch } from "../lab/branch.ts";
import { openLab } from "../lab/lab.ts";
import { FIRST_REFRESH_TOKEN, type MessageServers, startMessageServers } from "../lab/message-servers.ts";
import { type LabWorker, startWorker } from "../lab/worker.ts";

const lab = openLab();
afterAll(() => lab.close());

let servers: MessageServers;
let worker: LabWorker;
let gateway = "";
let shoppers = 0;

beforeAll(async () => {
  servers = await startMessageServers(lab);
  worker = await startWorker(lab, {
    vars: {
      ZALO_APP_ID: "1234567890",
      ZALO_APP_SECRET: "app-secret",
      ZALO_OAUTH_URL: servers.url,
      ZALO_BUSINESS_URL: servers.url,
      ZALO_OA_REFRESH_TOKEN: FIRST_REFRESH_TOKEN,
      ZNS_TEMPLATE_ID: "203972",
      ESMS_API_KEY: "api-key-1",
      ESMS_SECRET_KEY: "secret-1",
      ESMS_BRANDNAME: "QUEN",
      ESMS_URL: servers.url,
    },
  });
  const { id: branchId } = await makeBranch(worker, "codes");
  const made = await worker.admin.post<{ id: string }>("/v1/admin/gateways", { kind: "link", branchId });
  gateway = made.id;
});
beforeEach(() => {
  servers.taken.length = 0;
  Object.assign(servers, { zalo: 0, esms: "100" });
});

interface Page {
  url: string;
  status: number;
  text: string;
  html: string;
}

const read = async (reply: Response): Promise<Page> => {
  const html = await reply.text();
  return { url: reply.url, status: reply.status, html, text: textOf(html) };
};
/** Posts the form of `page` whose action ends as given, as a browser does. */
const submit = async (page: Page, ending: RegExp, fields: Record<string, string> = {}): Promise<Page> => {
  const form = formsOf(page.html).find(({ action }) => ending.test(action));
  if (form === undefined) throw new Error(`${page.url} has no form to ${ending}`);
  const body = new URLSearchParams({ ...form.hidden, ...fields });
  const headers = { origin: new URL(page.url).origin, "sec-fetch-site": "same-origin" };
  return read(await fetch(new URL(form.action, page.url), { method: "POST", body, headers }));
};
const askForCode = async (): Promise<{ page: Page; phone: string }> => {
  shoppers += 1;
  const phone = `09123456${70 + shoppers}`;
  const mac = `02:00:00:00:00:${(16 + shoppers).toString(16)}`;
  const first = await read(await fetch(`${worker.url}/w/${gateway}?mac=${mac}`));
  return { page: await submit(first, /\/s\/[\w-]+$/, { phone, adult: "yes" }), phone };
};
const signIn = (page: Page, code = ""): Promise<Page> => submit(page, /\/code$/, { code });

describe("a one-time code", () => {
  test("goes by Zalo, is on no page, and signs in; five shoppers at once cost one refresh", async () => {
    const asked = await Promise.all(Array.from({ length: 5 }, askForCode));
    expect(servers.refreshes).toBe(1);
    expect(servers.taken.map(({ by }) => by)).toEqual(Array.from({ length: 5 }, () => "zalo"));
    for (const { page, phone } of asked) {
      expect(page.text).toContain("qua Zalo");
      const code = servers.taken.find((one) => one.phone === phone.replace(/^0/, "84"))?.code ?? "";
      expect(page.html).not.toContain(code);
      expect((await signIn(page, code)).text).toContain("Bạn đã vào mạng");
    }
  });

  test("goes by SMS when the number has no Zalo account, with the reason counted", async () => {
    servers.zalo = -118;
    const { page } = await askForCode();
    expect(page.text).toContain("bằng SMS");
    expect(servers.taken).toMatchObject([{ by: "sms", phone: expect.stringMatching(/^0912/) }]);
    expect((await signIn(page, servers.taken[0]?.code)).status).toBe(200);
    await expect
      .poll(async () => JSON.stringify(await worker.admin.get("/v1/admin/counters")), { timeout: 20_000 })
      .toContain("portal_zns_no_account");
  });

  test("goes by SMS after 10 s in which Zalo says nothing", async () => {
    servers.zalo = "silent";
    const begun = performance.now();
    const { page } = await askForCode();
    const waited = performance.now() - begun;
    expect(page.text).toContain("bằng SMS");
    expect(waited).toBeGreaterThan(9_500);
    expect(waited).toBeLessThan(13_000);
  });

  test("goes by SMS at once when the shopper wants it, and the one by Zalo stays good", async () => {
    const { page } = await askForCode();
    const after = await submit(page, /\/code\/sms$/);
    expect(after.text).toContain("bằng SMS");
    const [zalo, sms] = servers.taken;
    expect([zalo?.by, sms?.by]).toEqual(["zalo", "sms"]);
    expect((await signIn(after, zalo?.code)).text).toContain("Bạn đã vào mạng");
  });

  test("has a helpful page when nobody can send it, and none of Zalo's secrets is in the log", async () => {
    Object.assign(servers, { zalo: -144, esms: "103" });
    const { page } = await askForCode();
    expect(page.status).toBe(503);
    expect(page.text).toContain("Chưa gửi được mã lúc này");
    const log = worker.log.join("\n");
    expect(log).toContain("quota");
    for (const secret of [
      FIRST_REFRESH_TOKEN,
      "access-1",
      "refresh-1",
      "app-secret",
      "09123456",
      "849123456",
    ])
      expect(log).not.toContain(secret);
  });

  test("goes by SMS once when another refresh ended Zalo's token, which is then renewed", async () => {
    servers.endAccess();
    const before = servers.refreshes;
    await askForCode();
    expect(servers.refreshes - before).toBeLessThanOrEqual(1);
    expect(servers.taken).toHaveLength(1);
  });
});

test("the operator sees that codes go by Zalo, and that a wrong token is refused", async () => {
  const path = "/v1/admin/zalo/oa-token";
  expect(await worker.admin.get(path)).toMatchObject({ health: "working" });
  expect(await worker.admin.put(path, { refreshToken: "not a token of Zalo" })).toMatchObject({
    health: "refused",
    refusal: { code: -14_014 },
  });
  expect(await worker.admin.get("/v1/admin/health")).toMatchObject({ ok: false, zaloToken: "refused" });
  const { page } = await askForCode();
  expect(page.text).toContain("bằng SMS");
});
