// What Meta tells of a Page, in our words: each entry by itself, for one webhook carries up to a thousand. Texts are only
// labelled by their mood.

import { z } from "zod";
import { AHEAD_MS } from "../core/intake/read-told.ts";
import { NOTHING_SAID, type Said } from "../core/intake/said.ts";
import { classify } from "../core/sentiment/classify.ts";
import type { Account, Answers, HookDrop, Translation } from "./connector.ts";
import { readLead } from "./facebook-lead.ts";
import { contentId, otherEvent, plainEvent } from "./other-event.ts";

const CHANNEL = "facebook";
/** 2010: less is no time in milliseconds. */
const EARLIEST_MS = 1_262_304_000_000;

const Text = z.union([z.string(), z.number().transform(String)]);
const Id = Text.pipe(z.string().regex(/^\d{1,30}$/))
  .nullish()
  .catch(null);
const Side = z.looseObject({ id: Id }).nullish().catch(null);
const Messaging = z.looseObject({
  sender: Side,
  recipient: Side,
  timestamp: z.number().nonnegative().optional().catch(undefined),
  message: z
    .looseObject({
      mid: z.string().min(1).max(180).optional().catch(undefined),
      text: z.string().optional().catch(undefined),
      is_echo: z.boolean().optional().catch(undefined),
    })
    .optional()
    .catch(undefined),
});
const Change = z.looseObject({
  field: z.string().min(1).max(200),
  value: z
    .looseObject({
      leadgen_id: Id,
      page_id: Id,
      created_time: z.number().nonnegative().optional().catch(undefined),
    })
    .optional()
    .catch(undefined),
});
const Entry = z.looseObject({
  id: Id,
  time: z.number().nonnegative().optional().catch(undefined),
  messaging: z.array(z.unknown()).max(1_000).optional().catch(undefined),
  /** What another app answers to. */
  standby: z.array(z.unknown()).max(1_000).optional().catch(undefined),
  changes: z.array(z.unknown()).max(1_000).optional().catch(undefined),
});
const Body = z.looseObject({ object: z.string().max(60), entry: z.array(z.unknown()).max(1_000) });

type Told = { readonly said: Said } | { readonly drop: HookDrop };
const drop = (reason: HookDrop["reason"], detail: string): Told => ({ drop: { reason, detail } });

/** Some of Meta's times are seconds; one that cannot be is as good as none. */
const msOf = (time: number | undefined, now: number): number => {
  const at = time === undefined ? now : Math.floor(time < EARLIEST_MS ? time * 1_000 : time);
  return at < EARLIEST_MS || at > now + AHEAD_MS ? now : at;
};

const KINDS = ["postback", "optin", "referral", "reaction", "read", "delivery"];

const messagingTold = (raw: unknown, { settings }: Account, now: number): Told => {
  const parsed = Messaging.safeParse(raw);
  if (!parsed.success) return drop("unreadable", "messaging: no object");
  const { sender, recipient, timestamp, message } = parsed.data;
  const page = settings["pageId"];
  const ends = [sender?.id, recipient?.id];
  if (!ends.includes(page)) return drop("not_ours", "messaging: of another page");
  const person = ends.find((id) => typeof id === "string" && id !== page);
  const at = msOf(timestamp, now);
  const name = message === undefined ? (KINDS.find((kind) => kind in parsed.data) ?? "messaging") : "message";
  const id = message?.mid ?? contentId(JSON.stringify(raw));
  if (!person) return drop("no_identifier", `${name}: names nobody`);
  const out = message?.is_echo === true || sender?.id === page;
  const plain = plainEvent("other", out && message !== undefined ? "message_echo" : name, CHANNEL);
  const text = message?.text ?? "";
  const event =
    message === undefined
      ? name === "postback"
        ? { ...plain, type: "click" as const }
        : plain
      : out
        ? { ...plain, type: "message" as const, direction: "out" as const }
        : {
            ...plain,
            type: "message" as const,
            stage: "chat" as const,
            direction: "in" as const,
            sentiment: text === "" ? null : classify(text),
          };
  return {
    said: {
      ...NOTHING_SAID,
      messageId: `${name}/${id}`,
      at,
      identifiers: [{ kind: `facebook:${page ?? ""}`, value: person, proven: true, userInitiated: true }],
      event: { ...event, subject: 0 },
    },
  };
};

const changesOf = (
  payload: unknown,
): readonly { change: z.infer<typeof Change> | null; time: number | undefined; page: string | null }[] => {
  const body = Body.safeParse(payload);
  return (body.success ? body.data.entry : []).flatMap((raw) => {
    const entry = Entry.safeParse(raw);
    if (!entry.success) return [];
    return (entry.data.changes ?? []).map((one) => {
      const change = Change.safeParse(one);
      const page = (change.success ? change.data.value?.page_id : null) ?? entry.data.id ?? null;
      return { change: change.success ? change.data : null, time: entry.data.time, page };
    });
  });
};

/** After that a lead is kept without what was written into it: Meta tries a webhook again for a day and a half. */
const ASKED_FOR_MS = 24 * 3_600_000;

/** The ids of the leads that must be asked for. */
export const leadAsks = (payload: unknown, { settings }: Account, now: number): readonly string[] => [
  ...new Set(
    changesOf(payload).flatMap(({ change, time, page }) => {
      const id = change?.field === "leadgen" && page === settings["pageId"] ? change.value?.leadgen_id : null;
      const isNew = msOf(change?.value?.created_time ?? time, now) > now - ASKED_FOR_MS;
      return id && isNew ? [id] : [];
    }),
  ),
];

export const readFacebook = (
  payload: unknown,
  account: Account,
  now: number,
  answers: Answers,
): Translation => {
  const body = Body.safeParse(payload);
  if (!body.success || body.data.object !== "page") {
    const detail = body.success ? "of something that is no page" : "no object with entries";
    const reason = body.success ? "not_ours" : "unreadable";
    return { said: [], erase: [], left: [], drops: [{ reason, detail }] };
  }
  const left: Translation["left"][number][] = [];
  const told: Told[] = body.data.entry.flatMap((raw) => {
    const entry = Entry.safeParse(raw);
    if (!entry.success) return [drop("unreadable", "entry: no object")];
    const { messaging, standby, changes } = entry.data;
    if (messaging === undefined && standby === undefined && changes === undefined)
      return [drop("unreadable", "entry: neither messages nor changes")];
    return [...(messaging ?? []), ...(standby ?? [])].map((one) => messagingTold(one, account, now));
  });
  for (const { change, time, page } of changesOf(payload)) {
    if (change === null) told.push(drop("unreadable", "change: no field"));
    else if (page !== account.settings["pageId"]) told.push(drop("not_ours", "change: of another page"));
    else if (change.field !== "leadgen") {
      const id = `change/${contentId(JSON.stringify([change, time ?? null]))}`;
      told.push({ said: otherEvent(id, msOf(time, now), change.field, CHANNEL) });
    } else if (!change.value?.leadgen_id) told.push(drop("unreadable", "leadgen: no leadgen_id"));
    else {
      const id = change.value.leadgen_id;
      const lead = readLead(id, answers.get(id), msOf(change.value.created_time, now), account);
      told.push({ said: lead.said });
      if (!answers.has(id)) told.push(drop("no_identifier", "leadgen: Meta did not tell what was written"));
      left.push(...lead.left);
    }
  }
  if (told.length === 0) told.push(drop("unreadable", "no entry tells anything"));
  return {
    said: told.flatMap((one) => ("said" in one ? [one.said] : [])),
    erase: [],
    left,
    drops: told.flatMap((one) => ("drop" in one ? [one.drop] : [])),
  };
};
