// Recognised visits of one device and day: clipped to consent, joined person by person.

import { describe, expect, test } from "vitest";
import { DEFAULT_DEFINITIONS } from "../../../schema/definitions.ts";
import type { SubjectKey } from "../../../schema/ids.ts";
import type { OwnedWindow } from "./ownership.ts";
import { clipToWindows, recognisedVisits } from "./recognised.ts";
import type { Segment } from "./segments.ts";

const MINUTE = 60_000;
const an = "an" as SubjectKey;
const binh = "binh" as SubjectKey;
const seen = (from: number, to: number, left = true): Segment => ({
  from: from * MINUTE,
  to: to * MINUTE,
  left,
});
const window = (subject: SubjectKey, start: number, end = Infinity): OwnedWindow => ({
  subject,
  start: start * MINUTE,
  end: end * MINUTE,
});
const visits = (segments: Segment[], windows: OwnedWindow[], signIns: [SubjectKey | null, number][] = []) =>
  recognisedVisits(
    segments,
    windows,
    signIns.map(([subject, at]) => ({ subject, at: at * MINUTE })),
    DEFAULT_DEFINITIONS,
  ).map(({ startedAt, endedAt, ...rest }) => ({ ...rest, from: startedAt / MINUTE, to: endedAt / MINUTE }));

describe("recognised visits", () => {
  test("begin at the consent, whatever was seen before it", () => {
    expect(visits([seen(0, 60)], [window(an, 40)], [[an, 40]])).toEqual([
      { subject: an, from: 40, to: 60, counted: true, estimated: false, signedIn: true },
    ]);
  });

  test("are none without a window", () => {
    expect(visits([seen(0, 60)], [], [[an, 40]])).toEqual([]);
    expect(clipToWindows([seen(0, 60)], [])).toEqual([]);
  });

  test("end a millisecond before the withdrawal, and that end was not seen", () => {
    const [visit, ...rest] = visits([seen(0, 60)], [window(an, 0, 30)]);
    expect(visit).toMatchObject({ from: 0, to: 30 - 1 / MINUTE, estimated: true });
    expect(rest).toEqual([]);
  });

  test("of two people on one device are apart, however close they follow each other", () => {
    const shared = visits(
      [seen(0, 60)],
      [window(an, 0, 30), window(binh, 30)],
      [
        [an, 0],
        [binh, 30],
      ],
    );
    expect(shared).toMatchObject([
      { subject: an, from: 0, estimated: true, signedIn: true },
      { subject: binh, from: 30, to: 60, estimated: false, signedIn: true },
    ]);
  });

  test("of one person are joined over a span of up to the gap in which the consent was withdrawn", () => {
    expect(visits([seen(0, 60)], [window(an, 0, 30), window(an, 40)])).toMatchObject([{ from: 0, to: 60 }]);
    expect(visits([seen(0, 60)], [window(an, 0, 30), window(an, 50)])).toHaveLength(2);
  });

  test("shorter than the minimum are kept and not counted, unless that person signed in during them", () => {
    expect(visits([seen(0, 2)], [window(an, 0)])).toMatchObject([{ counted: false, signedIn: false }]);
    expect(visits([seen(0, 2)], [window(an, 0)], [[an, 1]])).toMatchObject([
      { counted: true, signedIn: true },
    ]);
    expect(visits([seen(0, 2)], [window(an, 0)], [[binh, 1]])).toMatchObject([{ counted: false }]);
  });

  test("never hold a fixture", () => {
    expect(visits([seen(0, 721)], [window(an, 0)])).toEqual([]);
  });

  test("are told in order of time", () => {
    const order = visits([seen(0, 5), seen(100, 110)], [window(binh, 0, 50), window(an, 50)]);
    expect(order.map((visit) => visit.subject)).toEqual([binh, an]);
  });
});
