// For tests of the shopper's rights: the rights over the real database and objects, and a search that knows the person.

import { env } from "cloudflare:workers";
import type { EraseAsk } from "../../captive-portal/rights.ts";
import type { Person } from "../../captive-portal/person.ts";
import type { PhoneNumber } from "../../schema/phone.ts";
import { personKeys } from "../portal/keys.ts";
import { portalPorts } from "../portal/portal-ports.ts";
import { databaseDump, everyObjectDump, textOf } from "./leak-search.ts";
import { testServices } from "./person.ts";

export const ports = () => portalPorts(testServices());
export const rights = () => ports().rights;

export const phonePerson = (phone: string) => ({ kind: "phone", phone: phone as PhoneNumber }) as const;

export const subjectOf = (person: Person): Promise<string> =>
  personKeys(testServices().settings.IDENTIFIER_KEYS)(person);

export const WORDING = { id: "erasure", version: "1", language: "vi", text: "Xoá dữ liệu của tôi" } as const;

export const eraseAsk = (now: number, id: string = crypto.randomUUID()): EraseAsk => ({
  id,
  wording: WORDING,
  proof: { kind: "otp", messageId: `otp_${id}` },
  now,
});

/** Erases and answers the certificate's id. */
export const eraseNow = async (phone: string, now: number, id?: string): Promise<string> => {
  const outcome = await rights().erase(phonePerson(phone), eraseAsk(now, id));
  if (outcome.kind !== "erased") throw new Error(`The erasure was ${outcome.kind}`);
  return outcome.certificateId;
};

/** Where the person can be found in D1 and in every object, by phone, by node key or by another value. */
export const placesOfPerson = async (phone: string, ...values: string[]): Promise<string[]> => {
  const local = phone.replace("+84", "");
  const wanted = [local, await subjectOf(phonePerson(phone)), ...values].map((value) => value.toLowerCase());
  const dump = [...(await databaseDump()), ...(await everyObjectDump())];
  return dump
    .filter(({ value }) => wanted.some((one) => textOf(value).includes(one)))
    .map(({ place }) => place);
};

export const rows = async <T>(query: string, ...values: unknown[]): Promise<T[]> =>
  (
    await env.DB.prepare(query)
      .bind(...values)
      .all<T>()
  ).results;
