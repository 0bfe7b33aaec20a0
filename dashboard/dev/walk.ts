// `node dashboard/dev/walk.ts`: walks through the dashboard in Chromium as an operator does, with mouse and keyboard,
// and stops at the first step that does not do what it says.
import { strict as assert } from "node:assert";
import path from "node:path";
import { chromium } from "playwright-core";
import { ASSETS, loadDevServer } from "./load.ts";
import { openapiSample } from "./openapi-sample.ts";

const PORT = 8792;
const NOW = Date.parse("2026-11-21T15:20:00+07:00");

const { startDevServer } = await loadDevServer();
const server = await startDevServer(PORT, ASSETS, openapiSample, () => NOW);
const browser = await chromium.launch({
  executablePath: "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu"],
});
const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: "vi-VN" });
const page = await context.newPage();
page.setDefaultTimeout(8_000);
const address = (): URL => new URL(page.url());
const current = (): Promise<string> => page.locator(".strip-list a[aria-current] .strip-name").innerText();
const step = (text: string): void => console.log(`ok ${text}`);

await page.goto(`http://127.0.0.1:${PORT}/dashboard/sign-in?token=dev`);
await page.getByRole("button", { name: "Đăng nhập" }).click();
await page.locator(".plot canvas").waitFor();
assert.equal(address().pathname, "/dashboard");
step("a link and its button sign in");

await page.locator(".strip-list a", { hasText: "Đà Nẵng" }).click();
await page.locator(".strip-list a[aria-current]", { hasText: "Đà Nẵng" }).waitFor();
assert.equal(address().searchParams.get("branch"), "br_danang");
assert.equal(await page.locator("#branch").inputValue(), "br_danang");
step("a branch of the strip is shown, and the address and the picker say so");

await page.getByRole("radio", { name: "90 ngày" }).check();
await page.waitForFunction(() => document.querySelector("#range-line")?.textContent?.includes("24/08/2026"));
assert.equal(address().searchParams.get("days"), "90");
await page.goBack();
await page.waitForFunction(() => document.querySelector("#range-line")?.textContent?.includes("25/10/2026"));
assert.equal(await page.locator("input[name=days]:checked").inputValue(), "28");
step("presets change the address, and going back undoes them");

await page.getByRole("radio", { name: "Tự chọn" }).check();
await page.locator("#from").fill("2026-11-10");
await page.locator("#to").fill("2026-11-01");
await page.locator("#range-line.wrong").waitFor();
await page.locator("#to").fill("2026-11-16");
await page.waitForFunction(() => location.search.includes("from=2026-11-10&to=2026-11-16"));
step("a range the wrong way round is named, a right one is in the address");

const shared = await context.newPage();
await shared.goto(page.url());
await shared.locator(".plot canvas").waitFor();
assert.match(await shared.locator("#range-line").innerText(), /10\/11\/2026.*16\/11\/2026/);
assert.equal(await shared.locator(".strip-list a[aria-current] .strip-name").innerText(), "Đà Nẵng");
await shared.close();
step("the address shared shows the same view");

const toggle = page.locator("#card-visits .card-actions button");
await toggle.focus();
await page.keyboard.press("Enter");
assert.equal(await page.locator("#card-visits table.data tbody tr").count(), 7);
assert.equal(await page.locator("#card-visits .plot").isVisible(), false);
await page.locator("#branch").selectOption("br_cantho");
await page.locator(".strip-list a[aria-current]", { hasText: "Cần Thơ" }).waitFor();
await page.locator("#card-visits[aria-busy=false] table.data").waitFor();
await toggle.press("Enter");
await page.locator("#card-visits .plot canvas").waitFor();
step("the keyboard turns a picture into its table and back, and the choice outlives a change of branch");

assert.match(
  (await page.locator("#card-frequency .card-actions a").getAttribute("href")) ?? "",
  /frequency\?.*&format=csv$/,
);
await context.addCookies([{ name: "dev", value: "fail", url: page.url() }]);
await page.locator("#branch").selectOption("br_quan1");
await page.locator("#card-visits .error-box").waitFor();
await context.clearCookies({ name: "dev" });
await page.locator("#card-visits .error-box button").click();
await page.locator("#card-visits .plot canvas").waitFor();
assert.equal(await page.locator("#card-heatmap .error-box").isVisible(), true);
step("a failed card is retried alone");

await page.emulateMedia({ media: "print" });
await page.pdf({
  path: path.resolve(import.meta.dirname, "../../artifacts/dashboard/print.pdf"),
  format: "A4",
});
await page.emulateMedia({ media: "screen" });
await page.getByText("English").click();
await page.getByRole("heading", { name: "Compare branches" }).waitFor();
await page.locator(".strip-list a[aria-current]").waitFor();
assert.equal(await current(), "Quận 1");
step("the other language keeps the view");

const started = await page.evaluate(async () => {
  performance.clearResourceTimings();
  const begin = performance.now();
  document.querySelector<HTMLElement>(".strip-list a:not([aria-current])")?.click();
  const busy = (): boolean => document.querySelector(".card[aria-busy=true]") !== null;
  while (busy()) await new Promise(requestAnimationFrame);
  return performance.now() - begin;
});
assert.ok(started < 1000, `a change of branch took ${started} ms`);
step(`a change of branch is on the screen after ${Math.round(started)} ms`);

await page.getByRole("button", { name: "Sign out" }).click();
await page.getByText("You are signed out.").waitFor();
step("signing out ends on a page that says so");
await browser.close();
server.close();
