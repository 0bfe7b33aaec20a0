// What the roster's tests share: what sources say as a list of steps, and what the roster makes of it.

import type { SourceKind } from "../roster/policy.ts";
import { DEFAULT_POLICY } from "../roster/policy.ts";
import type { RosterObservation } from "../roster/roster.ts";
import { Roster } from "../roster/roster.ts";
import type { Mac, StationEvent } from "../station.ts";

export const PHONE = "5af70b02a36e" as Mac;
export const OTHER = "701a2b3c4d5e" as Mac;
export const S = 1_000;
export const MIN = 60 * S;

export type Step =
  | {
      at: number;
      from: SourceKind;
      does: "join" | "leave" | "seen";
      ap: string;
      mac?: Mac;
      inactive?: number;
    }
  | { at: number; from: SourceKind; does: "list"; ap: string; macs: Mac[]; inactive?: number }
  | { at: number; from: SourceKind; does: "reset"; ap: string }
  | { at: number; does: "wait" };

export const eventOf = (step: Exclude<Step, { does: "wait" }>): StationEvent => {
  switch (step.does) {
    case "list":
      return {
        kind: "list",
        ap: step.ap,
        stations: step.macs.map((mac) => ({ mac, inactiveMs: step.inactive ?? 0 })),
      };
    case "reset":
      return { kind: "reset", ap: step.ap };
    case "join":
    case "leave":
    case "seen":
      return {
        kind: step.does,
        ap: step.ap,
        station: { mac: step.mac ?? PHONE, inactiveMs: step.inactive ?? 0 },
      };
  }
};

export const play = (
  steps: Step[],
  policy = { ...DEFAULT_POLICY, reportAtJoin: false, extendMs: 1e12 },
): RosterObservation[] => {
  const roster = new Roster(policy);
  return steps.flatMap((step) =>
    step.does === "wait" ? roster.advance(step.at) : roster.apply(step.from, eventOf(step), step.at),
  );
};

export const shape = (observations: RosterObservation[]) =>
  observations.map(({ from, to, left }) => [from, to, left]);

/** The time that observations cover, as the server sees it: what touches or overlaps is one. */
export const cover = (spans: readonly { from: number; to: number }[]): [number, number][] => {
  const covered: [number, number][] = [];
  for (const { from, to } of spans.toSorted((a, b) => a.from - b.from)) {
    const last = covered.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else covered.push([from, to]);
  }
  return covered;
};

export const OFTEN = { ...DEFAULT_POLICY, reportAtJoin: true, extendMs: 1 };

export const ofPhone = (observations: RosterObservation[]) => observations.filter(({ mac }) => mac === PHONE);
