// How to get to each of the data protection officer's pages, on a laptop and on a phone.
import type { BrowserContextOptions, Page } from "playwright-core";
import type { Look } from "./look.ts";

const LAPTOP = { viewport: { width: 1366, height: 768 }, locale: "vi-VN" } satisfies BrowserContextOptions;
const PHONE = {
  viewport: { width: 390, height: 844 },
  locale: "vi-VN",
  hasTouch: true,
} satisfies BrowserContextOptions;
const COPY = "/privacy/requests/rq_19ab20c47f6d8e3512a0b4c6";
const ERASE = "/privacy/requests/rq_5d90e1f8a2b7c3640d1e8f95";
const CLOSED = "/privacy/requests/rq_8a7b6c5d4e3f2a1b0c9d8e7f";

const wrongForm = async (page: Page): Promise<void> => {
  await page.fill("#value", "12");
  await page.click("button.primary");
};
const refuse = async (page: Page): Promise<void> => {
  await page.locator("summary").last().click();
  await page.fill("#refuse-words", "Điều 19: đang có tranh chấp");
  await page.locator('form[action*="/refuse"] button').click();
};
const closeBare = async (page: Page): Promise<void> => page.locator('form[action*="/close"] button').click();
const erase = async (page: Page): Promise<void> => {
  await page.selectOption("#asked-by", "in_person");
  await page.locator('form[action*="/erase"] button').click();
};
const paper = async (page: Page): Promise<void> => page.emulateMedia({ media: "print" });

const both = (look: Omit<Look, "options">): Look[] => [
  { ...look, name: `privacy-laptop-${look.name}`, options: LAPTOP },
  { ...look, name: `privacy-phone-${look.name}`, options: PHONE },
];

export const PRIVACY_LOOKS: readonly Look[] = [
  ...both({ name: "queue", path: "/privacy" }),
  ...both({ name: "closed", path: "/privacy?state=closed" }),
  ...both({ name: "empty", path: "/privacy", dev: "none" }),
  ...both({ name: "failing", path: "/privacy", dev: "fail" }),
  ...both({ name: "copy", path: COPY }),
  ...both({ name: "erase", path: ERASE }),
  ...both({ name: "closed-one", path: CLOSED }),
  ...both({ name: "no-proof", path: COPY, act: closeBare }),
  ...both({ name: "confirm-refuse", path: COPY, act: refuse }),
  ...both({ name: "confirm-erase", path: ERASE, act: erase }),
  ...both({ name: "new", path: "/privacy/new" }),
  ...both({ name: "new-wrong", path: "/privacy/new", act: wrongForm }),
  { name: "privacy-dark", path: "/privacy?lang=en", options: { ...LAPTOP, colorScheme: "dark" } },
  { name: "privacy-dark-copy", path: `${COPY}?lang=en`, options: { ...LAPTOP, colorScheme: "dark" } },
  { name: "privacy-narrow", path: COPY, options: { ...PHONE, viewport: { width: 320, height: 640 } } },
  { name: "privacy-paper", path: CLOSED, options: LAPTOP, act: paper },
  { name: "privacy-paper-open", path: COPY, options: LAPTOP, act: paper },
  { name: "privacy-signed-out", path: "/privacy", options: LAPTOP, signedOut: true },
];
