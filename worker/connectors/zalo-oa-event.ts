// One event of a Zalo Official Account as it was sent, in our words. Texts are only labelled by their mood; they are in
// nothing that leaves this file.

import { z } from "zod";
import { TOLD_PARSERS } from "../../schema/told-parsers.ts";
import { readCustomer } from "../core/intake/read-customer.ts";
import { NOTHING_SAID, type Said, type SaidEvent } from "../core/intake/said.ts";
import { classify } from "../core/sentiment/classify.ts";
import { type Account, NOTHING_TOLD, type Translation } from "./connector.ts";
import { contentId, otherEvent, plainEvent } from "./other-event.ts";
import { peopleOf, type ZaloPeople } from "./zalo-people.ts";

const CHANNEL = "zalo_oa";

const Text = z.string().max(2_000).nullish().catch(null);
const Event = z.looseObject({
  event_name: z.string().min(1).max(200),
  message: z
    .looseObject({
      msg_id: z
        .union([z.string().min(1).max(120), z.number().transform(String)])
        .optional()
        .catch(undefined),
      text: z.string().nullish().catch(null),
      conversation_id: z.string().min(1).max(120).optional().catch(undefined),
      delivery_time: z.unknown().optional(),
    })
    .optional()
    .catch(undefined),
  source: z.string().max(60).optional().catch(undefined),
  info: z
    .looseObject({
      name: Text,
      phone: z.union([Text, z.number().transform(String)]),
      user_dob: Text,
      gender: Text,
    })
    .optional()
    .catch(undefined),
});
type Event = z.infer<typeof Event>;

interface Reading {
  readonly account: Account;
  readonly at: number;
  readonly isZns: boolean;
}

/** Wishes to be forgotten: of the account, of the app and of a Mini App. */
const FORGET = new Set(["user_withdraw", "user.remove.info", "user.revoke.consent"]);

const eventOf = (event: Event): SaidEvent => {
  const name = event.event_name;
  const plain = plainEvent("other", name, CHANNEL);
  // Of a group nobody in particular is told.
  if (/^(?:user|oa)_send_group_/.test(name)) return plain;
  if (/^(?:user|anonymous)_send_/.test(name)) {
    const text = event.message?.text ?? "";
    return {
      ...plain,
      type: "message",
      stage: "chat",
      direction: "in",
      sentiment: text === "" ? null : classify(text),
    };
  }
  if (name.startsWith("oa_send_")) return { ...plain, type: "message", direction: "out" };
  if (name.startsWith("user_click_")) return { ...plain, type: "click" };
  if (name === "user_submit_info") return { ...plain, type: "form" };
  if (name !== "follow" && name !== "unfollow") return plain;
  return { ...plain, type: name, details: event.source === undefined ? null : { source: event.source } };
};

const isAnonymous = (name: string): boolean => name.includes("anonymous");

const messageIdOf = (event: Event, people: ZaloPeople, at: number): string => {
  const id = event.message?.msg_id;
  const kind = event.event_name.slice(0, 60);
  // What names a person must not stand in an id: only its hash does.
  return id === undefined
    ? `${kind}/${contentId(event.event_name, people.user ?? "", people.appUser ?? "", String(at))}`
    : `${kind}/${id}`;
};

const birthdayOf = (text: string | null | undefined): string | null => {
  const [, day, month, year] = /^\s*(\d{1,2})\/(\d{1,2})\/(\d{4})\s*$/.exec(text ?? "") ?? [];
  return day && month && year ? `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}` : (text ?? null);
};

/** What the person typed into the form and sent: asserted, not proven. */
const formOf = (info: Event["info"], account: Account) =>
  readCustomer(
    { name: info?.name, phone: info?.phone, gender: info?.gender, birthday: birthdayOf(info?.user_dob) },
    account.source,
    TOLD_PARSERS,
  );

export const readZaloOaEvent = (payload: unknown, { account, at, isZns }: Reading): Translation => {
  const parsed = Event.safeParse(payload);
  if (!parsed.success)
    return { ...NOTHING_TOLD, drops: [{ reason: "unreadable", detail: "no object with an event_name" }] };
  const event = parsed.data;
  const name = event.event_name;
  const people = peopleOf(payload, account);
  if (people === null)
    return { ...NOTHING_TOLD, drops: [{ reason: "not_ours", detail: `${name}: of another account or app` }] };
  const messageId = messageIdOf(event, people, at);
  const nobody = otherEvent(messageId, at, name, CHANNEL);
  if (FORGET.has(name)) {
    // Both ids: a person who was only ever told of by one of them is not joined with the other.
    const erase = people.identifiers.map(({ kind, value }) => ({ messageId, kind, value }));
    return erase.length === 0
      ? { ...NOTHING_TOLD, drops: [{ reason: "no_identifier", detail: `${name}: names nobody` }] }
      : { ...NOTHING_TOLD, said: [nobody], erase };
  }
  const notice = isZns || event.message?.delivery_time !== undefined;
  const said = eventOf(event);
  if (notice || name.includes("_send_group_")) return { ...NOTHING_TOLD, said: [nobody] };
  if (isAnonymous(name)) {
    const anonymous = event.message?.conversation_id ?? null;
    return { ...NOTHING_TOLD, said: [{ ...nobody, event: { ...said, anonymous } }] };
  }
  if (people.identifiers.length === 0)
    return {
      ...NOTHING_TOLD,
      said: said.type === "other" ? [nobody] : [],
      drops: said.type === "other" ? [] : [{ reason: "no_identifier", detail: `${name}: names nobody` }],
    };
  const form = name === "user_submit_info" ? formOf(event.info, account) : null;
  const typed = form?.identifiers ?? [];
  const proven = people.identifiers.length;
  const one: Said = {
    ...NOTHING_SAID,
    messageId,
    at,
    identifiers: [
      ...people.identifiers.map((identifier) => ({ ...identifier, proven: true, userInitiated: true })),
      ...typed.map((identifier) => ({ ...identifier, proven: false, userInitiated: true })),
    ],
    edges: [
      ...(proven === 2 ? [{ a: 0, b: 1, trust: 1 as const }] : []),
      ...typed.map((_, place) => ({ a: 0, b: proven + place, trust: 2 as const })),
    ],
    traits: (form?.traits ?? []).map((trait) => ({ ...trait, proven: false })),
    event: { ...said, subject: 0 },
  };
  return { ...NOTHING_TOLD, said: [one], left: form?.left ?? [] };
};
