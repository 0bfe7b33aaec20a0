// A profile as text for a terminal: who it is, store and orders side by side, what may be done, and what is left out and why.

import type { ProfileView, TimelineEntry } from "../../schema/wire/crm.ts";
import { table } from "./table.ts";

const day = (at: string | null): string => at?.slice(0, 10) ?? "-";
const minutes = (ms: number): string => `${Math.round(ms / 60_000)} min`;
export const vnd = (amount: number | null): string =>
  amount === null ? "-" : `${amount.toLocaleString("en").replaceAll(",", ".")} ₫`;

const identifierLines = ({ identifiers }: ProfileView): string[] =>
  (identifiers ?? []).map(
    ({ kind, value, verified, userInitiated, firstSeenAt }) =>
      `  ${kind} ${value ?? "(not shown)"}${verified ? ", proven" : ""}${userInitiated ? "" : ", only imported"}, since ${day(firstSeenAt)}`,
  );

const visitLines = ({ visits }: ProfileView): string[] => {
  if (visits === undefined) return [];
  const days = Math.round(visits.typicalGapDays ?? 0);
  const gap = visits.typicalGapDays === null ? "" : days <= 1 ? ", daily" : `, every ${days} days`;
  return [
    `  store      ${visits.total} visits, ${visits.last30Days} in 30 days${gap}, last ${day(visits.lastAt)}`,
    ...visits.byBranch.map(
      ({ branchId, visits: n, medianDwellMs }) =>
        `             ${branchId}: ${n}, ${minutes(medianDwellMs)} in the middle`,
    ),
  ];
};

const orderLines = ({ orders }: ProfileView): string[] =>
  orders === undefined
    ? []
    : [
        `  orders     ${orders.count}, ${vnd(orders.totalVnd)} in all, ${vnd(orders.averageVnd)} each, last ${day(orders.lastAt)}`,
      ];

const traitLines = ({ traits }: ProfileView): string[] =>
  Object.entries(traits ?? {}).map(
    ([name, { value, source, at }]) => `  ${name}: ${value} (${source}, ${day(at)})`,
  );

const channelLine = ({ channels }: ProfileView): string[] => {
  const met = (channels ?? []).map(({ channel, events, lastAt }) => `${channel} ${events} (${day(lastAt)})`);
  return met.length === 0 ? [] : [`  met at     ${met.join(", ")}`];
};

const consentLine = ({ consent }: ProfileView): string[] => {
  const given = Object.entries(consent ?? {}).flatMap(([purpose, answer]) =>
    answer === undefined ? [] : [`${purpose} ${answer.state}`],
  );
  return given.length === 0 ? [] : [`  consent    ${given.join(", ")}`];
};

const contactLine = ({ contact }: ProfileView): string[] => {
  if (contact === undefined) return [];
  const by = Object.entries(contact).flatMap(([channel, { allowed }]) => (allowed ? [channel] : []));
  return [`  contact    ${by.length === 0 ? "by nothing" : `by ${by.join(", ")}`}`];
};

export const profileText = (profile: ProfileView): string =>
  [
    `Profile ${profile.id} (${profile.realms.join(" and ")})`,
    ...identifierLines(profile),
    ...traitLines(profile),
    ...visitLines(profile),
    ...orderLines(profile),
    ...channelLine(profile),
    ...(profile.lifecycle === undefined ? [] : [`  stage      ${profile.lifecycle.stage}`]),
    ...consentLine(profile),
    ...contactLine(profile),
    ...(profile.redacted.length === 0
      ? []
      : [`  not shown  ${profile.redacted.map(({ field, reason }) => `${field} (${reason})`).join(", ")}`]),
  ].join("\n");

type Entry<Type> = Extract<TimelineEntry, { type: Type }>;

const amountOf = ({ worthVnd, totalVnd, total, currency }: Entry<"order">): string => {
  if (worthVnd === null || totalVnd === null) return `${total} ${currency}`;
  return worthVnd === totalVnd ? vnd(totalVnd) : `${vnd(worthVnd)} of ${vnd(totalVnd)}`;
};

const eventWords = ({ campaign, direction, sentiment, products, valueVnd }: Entry<"event">): string[] => [
  ...(direction === null ? [] : [direction === "in" ? "from the person" : "to the person"]),
  ...(sentiment === null ? [] : [sentiment]),
  ...(products ?? []).slice(0, 3).flatMap(({ name, sku, id }) => name ?? sku ?? id ?? []),
  ...(valueVnd === null ? [] : [vnd(valueVnd)]),
  ...(campaign === null ? [] : [`by ${[campaign.source, campaign.name].filter(Boolean).join(" ")}`]),
];

const told = (entry: TimelineEntry): string => {
  switch (entry.type) {
    case "visit":
      return `${entry.branchId}, ${minutes(entry.dwellMs)}`;
    case "sign_in":
      return entry.branchId ?? "-";
    case "order":
      return `${entry.channel} ${entry.orderId}, ${entry.status}, ${amountOf(entry)}`;
    case "event":
      return [`${entry.channel} ${entry.name}`, ...eventWords(entry)].join(", ");
    case "consent":
      return `${entry.purpose} ${entry.state}`;
    case "created":
    case "merged":
    case "split":
      return [entry.profileId, ...entry.previousIds].join(" ");
  }
};

export const timelineText = (entries: readonly TimelineEntry[]): string =>
  entries.length === 0
    ? "Nothing yet."
    : table(
        ["when", "what", ""],
        entries.map((entry) => [entry.at, entry.type, told(entry)]),
      );
