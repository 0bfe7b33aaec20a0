// A shopper's way through Zalo: the address of the waiting page, Zalo's permission page, and back.

import { type Fields, type Page, type Shopper, sessionOf } from "./shopper.ts";

export const USER = "4958612309451234567";

export const askForZalo = async (shopper: Shopper, fields: Fields = {}, open?: Page): Promise<Page> => {
  const page = open ?? (await shopper.open());
  const action = `/w/${gatewayOf(page)}/s/${sessionOf(page)}/zalo`;
  const form = { adult: "yes", token: hidden(page, "token"), shown: hidden(page, "shown"), ...fields };
  return shopper.post(action, form);
};

/** `/z/ABCDE-FGHJK`, as the page shows it. */
export const shortAddress = (page: Page): string =>
  `/z/${/([2-9A-Z]{5}-[2-9A-Z]{5})/.exec(page.html.replace(/<style>.*?<\/style>/s, ""))?.[1] ?? ""}`;

/** Where the short address leads: Zalo's permission page. */
export const toZalo = async (shopper: Shopper, page: Page): Promise<string> =>
  (await shopper.send(shortAddress(page))).headers.get("location") ?? "";

/** Agrees on Zalo's page; the path that Zalo leads back to. */
export const agree = async (shopper: Shopper, page: Page, userId = USER): Promise<string> =>
  shopper.ports.zalo.agree(await toZalo(shopper, page), userId);

/** Comes back from Zalo and says that it was them. */
export const comeBack = async (shopper: Shopper, back: string): Promise<Page> => {
  const page = await shopper.get(back);
  return page.url.includes("/confirm") ? shopper.submit(page, "/confirm", { mine: "yes" }) : page;
};

export const person = (shopper: Shopper, userId = USER) =>
  ({ kind: "zalo", appId: shopper.ports.zalo.appId, userId }) as const;

export const pathOf = (page: Page): string => `/w/${gatewayOf(page)}/s/${sessionOf(page)}`;

const gatewayOf = (page: Page): string => /\/w\/([^/]+)\//.exec(page.url)?.[1] ?? "";

const hidden = (page: Page, name: string): string =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(page.html)?.[1] ?? "";
