// One way to ask for profiles and the people whom the tests of the CRM ask for: shoppers who came twice, and what a till
// knows of them.

import type { SubjectKey } from "../../schema/ids.ts";
import { LookupView, ProfileView } from "../../schema/wire/crm.ts";
import { DAY, keyOf, MINUTE, tell, visit } from "./crm-people.ts";
import { answer, call } from "./http.ts";
import { signIn } from "./person.ts";

/** 14 October 2026, 10:00 in Saigon. */
export const NOW = Date.UTC(2026, 9, 14, 3, 0);
const LINKING = ["visit_recognition", "profile_linking"] as const;

export const lookup = async (value: string, kind = "phone", bearer?: string): Promise<ProfileView[]> => {
  const asked = call("/v1/profiles/lookup", {
    now: NOW,
    json: { by: [{ kind, value }] },
    ...(bearer === undefined ? {} : { bearer }),
  });
  return LookupView.parse(await answer(asked)).data[0]?.profiles ?? [];
};
export const get = (path: string, more: Parameters<typeof call>[1] = {}) => call(path, { now: NOW, ...more });
export const profileOf = async (id: string): Promise<ProfileView> =>
  ProfileView.parse(await answer(get(`/v1/profiles/${id}`)));
export const reasonsOf = ({ redacted }: ProfileView) =>
  Object.fromEntries(redacted.map(({ field, reason }) => [field, reason]));

interface Shopper {
  phone: string;
  key: SubjectKey;
}

/** Was at the branch four and two days ago, each time for 20 minutes. */
export const shopper = async (
  number: number,
  granted: Parameters<typeof signIn>[4] = LINKING,
): Promise<Shopper> => {
  const phone = `+8491234${number}`;
  await signIn(
    "crm-1",
    `02:00:00:00:${String(number).slice(0, 2)}:${String(number).slice(2)}`,
    phone,
    NOW - 9 * DAY,
    granted,
  );
  const key = await keyOf("store", "phone", phone);
  for (const ago of [4, 2]) {
    const at = NOW - ago * DAY;
    await visit("crm-1", key, new Date(at).toISOString().slice(0, 10), [[at, at + 20 * MINUTE]]);
  }
  return { phone, key };
};

/** The till knows the phone under a code, and a name, and sold something the day before. */
export const till = (phone: string, code: string, name = "Lan Anh"): Promise<SubjectKey[]> =>
  tell({
    at: NOW - DAY,
    identifiers: [
      ["customer:pos", code],
      ["phone", phone],
    ],
    traits: { name },
    order: { orderId: code, items: [{ name: "Cà phê sữa", quantity: 2 }] },
  });
