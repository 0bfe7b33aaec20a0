// A shopper at the own page: at its door, and inside after a code.

import { type Page, PHONE, Shopper } from "./shopper.ts";

export const ALLOW = { allow: ["visit_recognition", "marketing_zalo"] };

/** A shopper who signed in at a store and comes to the own page from home, up to the code. */
export const atTheDoor = async (phone = PHONE): Promise<{ shopper: Shopper; code: Page }> => {
  const shopper = new Shopper();
  await shopper.typeCode(await shopper.askForCode(ALLOW));
  shopper.now += 60_000;
  const door = await shopper.get("/me");
  return { shopper, code: await shopper.submit(door, new URL(door.url).pathname, { phone }) };
};

export const inside = async (): Promise<{ shopper: Shopper; page: Page }> => {
  const { shopper, code } = await atTheDoor();
  return { shopper, page: await shopper.typeCode(code) };
};

export const pathOf = (page: Page): string => new URL(page.url).pathname;
