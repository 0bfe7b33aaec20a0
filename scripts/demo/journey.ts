// One person's way from an advert to the till as the CRM reads it, and what all such ways came to by channel: the demo's
// last table.

import type { ProfileView, TimelineEntry, TimelineView } from "../../schema/wire/crm.ts";
import type { JourneysView } from "../../schema/wire/journeys.ts";
import type { Client } from "../quen/client.ts";
import { vnd } from "../quen/profile-text.ts";
import { type Cell, table } from "../quen/table.ts";
import type { BrandDay } from "./world/day.ts";

const AT_ONCE = 100;
const PAGE = 200;
const LINES = 12;
const UTC_OFFSET_MS = 7 * 3_600_000;

/** Of these phones those whose owners came from an advert and wrote to the Official Account, who did most first. */
export const mixedPhones = (
  days: Iterable<Pick<BrandDay, "online">>,
  phones: readonly string[],
): string[] => {
  const did = new Map<string, Map<string, number>>();
  for (const { online } of days)
    for (const { phone, kind } of online) {
      const kinds = did.get(phone) ?? new Map<string, number>();
      did.set(phone, kinds.set(kind, (kinds.get(kind) ?? 0) + 1));
    }
  const times = (phone: string, kind: string): number => did.get(phone)?.get(kind) ?? 0;
  return phones
    .filter((phone) => ["ad", "log_in", "message", "share_phone"].every((kind) => times(phone, kind) > 0))
    .toSorted((a, b) => times(b, "ad") - times(a, "ad"));
};

/** Branch-local, as the demo's branches are all in Việt Nam. */
const local = (at: string): string =>
  new Date(Date.parse(at) + UTC_OFFSET_MS).toISOString().slice(0, 16).replace("T", " ");

type Lived = Extract<TimelineEntry, { type: "visit" | "sign_in" | "order" | "event" }>;

const isLived = (entry: TimelineEntry): entry is Lived =>
  ["visit", "sign_in", "order", "event"].includes(entry.type);

const row = (entry: Lived): Cell[] => {
  const at = local(entry.at);
  switch (entry.type) {
    case "visit":
      return [at, `store ${entry.branchId}`, `visit, ${Math.round(entry.dwellMs / 60_000)} min`];
    case "sign_in":
      return [at, `store ${entry.branchId ?? ""}`.trim(), "signs in at the portal"];
    case "order":
      return [at, `till ${entry.branchId ?? ""}`.trim(), `order, ${vnd(entry.worthVnd)}`];
    case "event": {
      const { campaign, products = [], sentiment } = entry;
      const more = [
        ...(campaign === null ? [] : [`advert ${campaign.source ?? ""} / ${campaign.name ?? ""}`]),
        ...products.flatMap(({ name }) => name ?? []),
        ...(sentiment === null ? [] : [sentiment]),
      ];
      return [at, entry.channel, [entry.name, ...more].join(", ")];
    }
  }
};

/** From an advert to the first order after a visit that followed it; null where there is none such. */
export const wayOf = (entries: readonly TimelineEntry[]): Lived[] | null => {
  const lived = entries.filter(isLived).toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
  const starts = lived.flatMap((entry, index) =>
    entry.type === "event" && entry.campaign !== null ? [index] : [],
  );
  const ways = starts.flatMap((start) => {
    const visit = lived.findIndex(({ type }, index) => index > start && type === "visit");
    const order = lived.findIndex(({ type }, index) => visit >= 0 && index > visit && type === "order");
    return order < 0 ? [] : [lived.slice(start, order + 1)];
  });
  const chatted = (way: readonly Lived[]): boolean =>
    way.some((entry) => entry.type === "event" && entry.eventType === "message");
  const fitting = ways.filter((way) => way.length <= LINES);
  return fitting.find(chatted) ?? fitting[0] ?? null;
};

const richness = ({ visits, orders, channels = [] }: ProfileView): number =>
  channels.length * 10 + Math.min(visits?.total ?? 0, orders?.count ?? 0, 9);

export const journeyText = async (crm: Client, phones: readonly string[]): Promise<string | null> => {
  const by = phones.slice(0, AT_ONCE).map((value) => ({ kind: "phone", value }));
  if (by.length === 0) return null;
  const { data } = await crm.post<{ data: { profiles: ProfileView[] }[] }>("/v1/profiles/lookup", { by });
  const known = data
    .flatMap(({ profiles }) => profiles)
    .filter(({ realms }) => realms.length === 2)
    .toSorted((a, b) => richness(b) - richness(a));
  for (const { id } of known.slice(0, 10)) {
    // The first whose way is there is enough.
    const { data: entries } = await crm.get<TimelineView>(`/v1/profiles/${id}/timeline?limit=${PAGE}`);
    const way = wayOf(entries);
    if (way !== null)
      return [
        `The journey of one person, ${id}, from an advert to the till:`,
        "",
        table(["when", "where", "what"], way.map(row)),
      ].join("\n");
  }
  return null;
};

const money = (amount: number | null): Cell => (amount === null ? "(few people)" : vnd(amount));

/** `from` and `to` are business days, inclusive. */
export const onlineText = async (marketing: Client, from: string, to: string): Promise<string> => {
  const found = await marketing.get<JourneysView>(`/v1/journeys/online-to-store?from=${from}&to=${to}`);
  const { events, orders } = found.quality.covered;
  const rows = found.channels.map(({ channel, firstTouch, lastTouch }): Cell[] => [
    channel ?? "no touch online",
    firstTouch.people,
    firstTouch.visits,
    firstTouch.orders,
    money(firstTouch.valueVnd),
    lastTouch.visits,
    lastTouch.orders,
    money(lastTouch.valueVnd),
  ]);
  return [
    `From online to the store, ${from} to ${to}, touches up to ${found.windowDays} days before. Only who agreed to link store and`,
    `purchases is counted: ${orders.counted} of ${orders.all} orders. ${events.identified} of ${events.all} touches came with consent.`,
    `Money is shown where at least ${found.minimumPeople} people stand behind it.`,
    "",
    table(
      [
        "channel",
        "people",
        "first touch: visits",
        "orders",
        "value",
        "last touch: visits",
        "orders",
        "value",
      ],
      rows,
    ),
  ].join("\n");
};
