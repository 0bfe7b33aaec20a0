// Slowly and without SQL: the people of a world whose journeys may be counted, and what of them.

import type { Purpose } from "../../../schema/consent.ts";
import type { BusinessDay, SubjectKey } from "../../../schema/ids.ts";
import { type Answer, standingSince } from "../../core/consent/permission.ts";
import type { Conversion, Person, Touch, TouchStage } from "../../core/journeys/journey.ts";
import { ownerOf } from "../../core/journeys/owners.ts";
import { orderNow } from "../../core/orders/worth.ts";
import { boundsOf } from "../../core/presence/day.ts";
import { BRANCHES } from "../visitors/world.ts";
import { HOUR, type JourneyWorld } from "./world.ts";

const campaignOf = (campaign: JourneyWorld["events"][number]["campaign"]): string => {
  const {
    source = null,
    medium = null,
    name = null,
  } = (campaign ?? {}) as Record<string, string | undefined>;
  const named = [source, medium, name];
  return named.every((part) => part === null) ? "" : JSON.stringify(named);
};

/** Whom the database must count, and what of them: rows in, values out. */
export const countedPeople = (w: JourneyWorld): Person[] => {
  const identifies = w.events.flatMap(({ anonymous, subject: named, at }) =>
    anonymous === null || named === null ? [] : [{ anonymous, subject: named, at }],
  );
  const online = BRANCHES[0]?.settings ?? { timezone: "UTC", dayStartHour: 0 };
  const last = Math.max(...BRANCHES.map(({ settings }) => boundsOf(w.range.to, settings).end));
  const silent = w.restricted === null ? null : (w.anchors[w.restricted] ?? null);
  const personOf = (anchor: string): Person => {
    const members = new Set(
      Object.keys(w.anchors).filter((key) => w.anchors[key] === anchor && key !== w.blocked),
    );
    const everybody = new Set(Object.keys(w.anchors).filter((key) => w.anchors[key] === anchor));
    const answers = w.answers
      .filter((a) => everybody.has(a.subject))
      .flatMap((a): Answer[] => {
        const one = {
          subject: a.subject as SubjectKey,
          purpose: a.purpose,
          state: a.state,
          at: a.at,
          userInitiated: true,
        };
        return a.outdatedAt === null
          ? [one]
          : [one, { ...one, state: "withdrawn", at: a.outdatedAt, outdated: true }];
      });
    const may = (purpose: Purpose) =>
      new Set(
        [...members].filter(
          (key) => standingSince(answers, { subject: key as SubjectKey, purpose }) !== null,
        ),
      );
    const recognised = may("visit_recognition");
    const joined = recognised.size > 0 && may("profile_linking").size > 0;
    const touches = w.events.flatMap((e): Touch[] => {
      const owner = ownerOf(e, identifies);
      const isTouch = e.stage !== null && e.stage !== "order" && e.direction !== "out";
      if (!isTouch || owner === null || !members.has(owner) || e.at >= last) return [];
      return [
        { at: e.at, channel: e.channel, campaign: campaignOf(e.campaign), stage: e.stage as TouchStage },
      ];
    });
    const came = w.visits.filter(
      (v) => v.counted === 1 && recognised.has(v.subject) && v.day >= w.range.from && v.day <= w.range.to,
    );
    const days = Map.groupBy(joined ? came : [], (v) => `${v.branch.id}/${v.day}`);
    const visits = [...days.values()].flatMap((own): Conversion[] => {
      const [one] = own;
      if (one === undefined) return [];
      const { start, end } = boundsOf(one.day as BusinessDay, one.branch.settings);
      const at = start + Math.min(...own.map(({ hour }) => hour)) * HOUR;
      return [{ kind: "visit", at, branchId: one.branch.id, dayStarts: start, dayEnds: end }];
    });
    const orders = w.orders.flatMap((o, index): Conversion[] => {
      const branch = BRANCHES.find(({ id }) => id === o.branchId);
      const settings = branch?.settings ?? online;
      const inside =
        o.at >= boundsOf(w.range.from, settings).start && o.at < boundsOf(w.range.to, settings).end;
      if (!members.has(o.subject) || !inside || (o.branchId !== null && !joined)) return [];
      const marks = w.marks.filter((m) => m.order === index);
      const { status, worthVnd } = orderNow({ ...o, updatedAt: o.at }, marks);
      return status === "cancelled" ? [] : [{ kind: "order", at: o.at, branchId: o.branchId, worthVnd }];
    });
    return { person: anchor, touches, conversions: [...visits, ...orders] };
  };
  return [...new Set(Object.values(w.anchors))].filter((anchor) => anchor !== silent).map(personOf);
};
