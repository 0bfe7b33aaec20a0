import { expect, test } from "vitest";
import { dashboard } from "./app.tsx";
import { docsPage } from "./docs.tsx";
import type { DashboardPorts, SignInOutcome } from "./ports.ts";

const NOW = Date.parse("2026-11-21T15:20:00+07:00");

function site(given: Partial<DashboardPorts> = {}) {
  const consumed: string[] = [];
  const ended: Request[] = [];
  const app = dashboard({
    session: async (request) =>
      /quen_session=good/.test(request.headers.get("Cookie") ?? "")
        ? { ok: true, operator: "<b>op</b>", csrf: "c1", may: ["privacy"] }
        : { ok: false },
    consumeSignIn: async (token): Promise<SignInOutcome> => {
      consumed.push(token);
      if (consumed.length > 1) return { ok: false, reason: "used" };
      return { ok: true, cookie: "good", maxAgeSeconds: 600 };
    },
    endSession: async (request) => void ended.push(request),
    now: () => NOW,
    mode: "deployed",
    ...given,
  });
  const form = (path: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
    app.request(path, { method: "POST", body: new URLSearchParams(fields), headers });
  return { app, form, consumed, ended };
}
const signedIn = { headers: { Cookie: "quen_session=good" } };

test("opening a sign-in link, however often, does not use it up", async () => {
  const { app, consumed } = site();
  for (const method of ["GET", "HEAD", "GET"]) {
    const response = await app.request("/dashboard/sign-in?token=t1", { method });
    expect(response.status).toBe(200);
    expect(response.headers.get("Set-Cookie")).toBeNull();
  }
  expect(consumed).toEqual([]);
});

test("pressing the button signs in once; the second press is refused in words", async () => {
  const { form, consumed } = site();
  const first = await form("/dashboard/sign-in", { token: "t1" });
  expect(first.status).toBe(303);
  expect(first.headers.get("Location")).toBe("/dashboard?lang=vi");
  expect(first.headers.get("Set-Cookie")).toBe(
    "quen_session=good; Max-Age=600; Path=/; HttpOnly; SameSite=Strict",
  );
  const second = await form("/dashboard/sign-in", { token: "t1" });
  expect(second.status).toBe(410);
  expect(second.headers.get("Set-Cookie")).toBeNull();
  expect(await second.text()).toContain("đã được dùng");
  expect(consumed).toEqual(["t1", "t1"]);
});

test("over HTTPS the cookie is Secure and bound to this host", async () => {
  const response = await site().form("https://quen.test/dashboard/sign-in", { token: "t1" });
  expect(response.headers.get("Set-Cookie")).toBe(
    "__Host-quen_session=good; Max-Age=600; Path=/; HttpOnly; Secure; SameSite=Strict",
  );
});

test.each([
  ["used", "has been used"],
  ["expired", "has expired"],
  ["unknown", "is not known"],
] as const)("a link that is %s says so", async (reason, words) => {
  const { form } = site({ consumeSignIn: async () => ({ ok: false, reason }) });
  const response = await form("/dashboard/sign-in?lang=en", { token: "t1" });
  expect(response.status).toBe(410);
  expect(await response.text()).toContain(words);
});

test("another site cannot press the button for a visitor", async () => {
  const { form, consumed } = site();
  const response = await form("/dashboard/sign-in", { token: "t1" }, { "Sec-Fetch-Site": "cross-site" });
  expect(response.status).toBe(403);
  expect(consumed).toEqual([]);
});

test("a link without its token asks no port", async () => {
  const { app, consumed } = site();
  expect((await app.request("/dashboard/sign-in")).status).toBe(400);
  expect(consumed).toEqual([]);
});

test("without a session the page holds no board and says which command helps", async () => {
  const response = await site().app.request("/dashboard");
  expect(response.status).toBe(401);
  const page = await response.text();
  expect(page).toContain("npm run quen -- sign-in");
  expect(page).not.toContain("dashboard.js");
});

test("with a session the board comes with today's clock, and names are text and never markup", async () => {
  const response = await site().app.request("/dashboard", signedIn);
  expect(response.status).toBe(200);
  const page = await response.text();
  expect(page).toMatch(/^<!doctype html>/);
  expect(page).toContain(`data-now="${NOW}"`);
  expect(page).toContain("&lt;b&gt;op&lt;/b&gt;");
  expect(page).not.toContain("Chế độ cục bộ");
});

test("local mode is visible on every page", async () => {
  const { app } = site({ mode: "local" });
  for (const path of ["/dashboard", "/dashboard/sign-in?token=t", "/dashboard/sign-in"]) {
    expect(await (await app.request(path)).text()).toContain("Chế độ cục bộ");
  }
  expect(await (await app.request("/dashboard", signedIn)).text()).toContain("Chế độ cục bộ");
});

test.each([
  ["c1", 1, "/dashboard?signed-out&lang=vi"],
  ["forged", 0, "/dashboard"],
  ["", 0, "/dashboard"],
])("signing out with the csrf '%s' ends %i sessions", async (csrf, count, location) => {
  const { form, ended } = site();
  const response = await form("/dashboard/sign-out", { csrf }, signedIn.headers);
  expect(response.status).toBe(303);
  expect(response.headers.get("Location")).toBe(location);
  expect(ended).toHaveLength(count);
  expect(response.headers.get("Set-Cookie")?.includes("Max-Age=0") ?? false).toBe(count === 1);
});

test("no page may run inline script, be framed, leak its address or be kept, and none holds inline code", async () => {
  const { app } = site();
  const responses = [
    await app.request("/dashboard", signedIn),
    await app.request("/dashboard"),
    await app.request("/dashboard/sign-in?token=t"),
    await docsPage().request("/docs"),
  ];
  for (const response of responses) {
    const policy = response.headers.get("Content-Security-Policy") ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain("unsafe");
    expect(response.headers.get("Referrer-Policy")).toBe("no-referrer");
    expect(response.headers.get("X-Content-Type-Options")).toBe("nosniff");
    expect(response.headers.get("Strict-Transport-Security")).toContain("max-age=31536000");
    expect(response.headers.get("Cache-Control")).toBe("no-store");
    const page = await response.text();
    expect(page).not.toMatch(/<script(?![^>]*src=)|\sstyle=|\son\w+=|https?:\/\//);
  }
});
