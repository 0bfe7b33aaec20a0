// A brand with its online channels, made from a seed: browsers of nobody, people who are named after a while, a third of
// whom let themselves be recognised in the stores, and their visits and orders.

import { createHash } from "node:crypto";
import type { LocalDatabase } from "../scripts/runtime/types.ts";
import type { DayRange } from "../worker/core/analytics/range.ts";
import { addDays, boundsOf, daysBetween } from "../worker/core/presence/day.ts";
import { type Cell, insertRows } from "./insert-rows.ts";
import { randomOf } from "./random-of.ts";

const PLACE = { timezone: "Asia/Ho_Chi_Minh", dayStartHour: 4 };
const MINUTE = 60_000;
const BRANCHES = 10;
/** Of ten events four are of people whom somebody named, at some time. */
const NAMED_SHARE = 0.4;
const EVENTS_A_PERSON = 4;
const EVENTS_A_BROWSER = 4;
const STAGES = ["arrive", "view", "view", "view", "chat", "cart", "checkout"];
const CHANNELS = ["web", "web", "web", "zalo_oa", "mini_app", "facebook"];
const CAMPAIGNS = 40;

export interface JourneySize {
  /** Touches a month; the seed makes them for each of the range's days. */
  readonly events: number;
  readonly range: DayRange;
}

/** 16 bytes without order, like a real key. */
const token = (kind: string, index: number): string =>
  createHash("sha256").update(`${kind}/${index}`).digest().subarray(0, 16).toString("base64url");

const campaignOf = (random: () => number): string | null =>
  random() < 0.5
    ? null
    : JSON.stringify({
        source: "facebook",
        medium: "cpc",
        name: `campaign-${Math.floor(random() * CAMPAIGNS)}`,
      });

const ORDERS = `orders (source, order_id, subject, at, updated_at, branch_id, channel, status, total_vnd, net, currency,
  total, items)`;

/** By parts, so that a million rows are never held at once. */
const PART = 20_000;

export const seedJourneys = async (d1: LocalDatabase, { events, range }: JourneySize): Promise<void> => {
  const random = randomOf(events);
  const days = daysBetween(range.from, range.to) + 1;
  const total = Math.round((events * days) / 30);
  const people = Math.round((total * NAMED_SHARE) / EVENTS_A_PERSON);
  const browsers = Math.round((total * (1 - NAMED_SHARE)) / EVENTS_A_BROWSER);
  const starts = boundsOf(range.from, PLACE).start;
  const moment = (): number => starts + Math.floor(random() * days * 24 * 60) * MINUTE;
  const consents = (person: number): boolean => person % 3 === 0;
  const anchor = (person: number): string => token(consents(person) ? "store" : "web", person);
  const inParts = async (count: number, into: string, rowsOf: (index: number) => Cell[][]): Promise<void> => {
    for (let from = 0; from < count; from += PART) {
      const length = Math.min(PART, count - from);
      await insertRows(d1, into, Array.from({ length }, (_, index) => rowsOf(from + index)).flat());
    }
  };
  const branchRows = Array.from({ length: BRANCHES }, (_, index): Cell[] => {
    return [`j${index}`, `j${index}`, PLACE.timezone, PLACE.dayStartHour, "{}", index, null];
  });
  await insertRows(d1, "branches", branchRows);
  await inParts(
    total,
    "events (source, message_id, at, type, name, channel, stage, campaign, subject, anonymous)",
    (index) => {
      const at = moment();
      const stage = STAGES[Math.floor(random() * STAGES.length)] ?? "view";
      const channel = CHANNELS[Math.floor(random() * CHANNELS.length)] ?? "web";
      const head = ["web", `m${index}`, at, "track", stage, channel, stage, campaignOf(random)];
      if (random() >= NAMED_SHARE)
        return [[...head, null, token("browser", Math.floor(random() * browsers))]];
      const person = Math.floor(people * random() ** 1.5);
      // A third of what people do is before they are named.
      return [[...head, random() < 0.33 ? null : token("web", person), token("own", person)]];
    },
  );
  await inParts(people, "assignments", (person) => [
    [token("web", person), anchor(person)],
    ...(consents(person) ? [[token("store", person), anchor(person)]] : []),
  ]);
  await inParts(people, "consents", (person) =>
    consents(person)
      ? ["visit_recognition", "profile_linking"].map((purpose, index): Cell[] => {
          const id = `${token("store", person)}/${index}`;
          const record = "x".repeat(600);
          return [
            id,
            token("store", person),
            index + 1,
            purpose,
            "granted",
            1,
            record,
            id,
            id,
            "k",
            id,
            null,
          ];
        })
      : [],
  );
  await inParts(people, "visits", (person) =>
    consents(person) && random() < 0.5
      ? Array.from({ length: 1 + Math.floor(random() * 4) }, (_, visit): Cell[] => {
          const { day, start } = boundsOf(addDays(range.from, Math.floor(random() * days)), PLACE);
          const at = start + Math.floor(random() * 1_000) * MINUTE;
          const branch = `j${Math.floor(random() * BRANCHES)}`;
          const device = token("device", person);
          return [
            branch,
            day,
            device,
            at,
            at + 20 * MINUTE + visit,
            token("store", person),
            1,
            0,
            0,
            1,
            "2026-1",
          ];
        })
      : [],
  );
  await inParts(people, ORDERS, (person) =>
    random() < 0.4
      ? Array.from({ length: 1 + Math.floor(random() * 3) }, (_, order): Cell[] => {
          const at = moment();
          const branch = random() < 0.6 ? `j${Math.floor(random() * BRANCHES)}` : null;
          const paid = 50_000 + Math.floor(random() * 400) * 1_000;
          const channel = branch === null ? "web" : "pos";
          const id = `${person}-${order}`;
          return [
            "pos",
            id,
            token("web", person),
            at,
            at,
            branch,
            channel,
            "completed",
            paid,
            1,
            "VND",
            `${paid}`,
            "[]",
          ];
        })
      : [],
  );
};
