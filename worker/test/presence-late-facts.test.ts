// Facts that come after the numbers were published: what they change is published again, at the next turn.

import { describe, expect, test } from "vitest";
import { DEFAULT_DEFINITIONS } from "../../schema/definitions.ts";
import {
  AN,
  BINH,
  branchOf,
  DAY,
  exclusion,
  HOUR,
  inObject,
  MINUTE,
  NOON,
  OTHER,
  signIn,
  word,
} from "./branch-rows.ts";

describe("a grant that is learned after the visit was published", () => {
  test("publishes the recognised visit and its share of the footfall", () =>
    inObject((sql) => {
      const branch = branchOf(sql);
      branch.see(NOON - 40 * MINUTE, NOON - 10 * MINUTE);
      branch.publishAt(NOON + HOUR);
      expect(branch.footfall()?.counts.hours).toMatchObject([{ visits: 1, recognisedVisits: 0 }]);
      branch.learn(signIn(NOON - 40 * MINUTE), word(NOON - 40 * MINUTE, "granted"));
      branch.publishAt(NOON + 2 * HOUR);
      expect(branch.visits()?.visits).toMatchObject([{ subject: AN, startedAt: NOON - 40 * MINUTE }]);
      expect(branch.footfall()?.counts.hours).toMatchObject([{ visits: 1, recognisedVisits: 1 }]);
    }));
});

describe("a withdrawal that is learned after the visit was published", () => {
  test("takes the visit back and its share of the footfall", () =>
    inObject((sql) => {
      const branch = branchOf(sql);
      branch.learn(signIn(NOON - 40 * MINUTE), word(NOON - 41 * MINUTE, "granted"));
      branch.see(NOON - 40 * MINUTE, NOON - 10 * MINUTE);
      branch.publishAt(NOON + HOUR);
      expect(branch.footfall()?.counts.hours).toMatchObject([{ visits: 1, recognisedVisits: 1 }]);
      branch.learn(word(NOON - 40 * MINUTE, "withdrawn"));
      branch.publishAt(NOON + 2 * HOUR);
      expect(branch.visits()).toMatchObject({ revision: 2, visits: [] });
      expect(branch.footfall()?.counts.hours).toMatchObject([{ visits: 1, recognisedVisits: 0 }]);
    }));
});

describe("a sign-in by another person that is learned late", () => {
  test("gives the later part of the visit to that person and ends the first one's there", () =>
    inObject((sql) => {
      const branch = branchOf(sql);
      branch.learn(signIn(NOON - HOUR), word(NOON - HOUR, "granted"), word(NOON - HOUR, "granted", BINH));
      branch.see(NOON - HOUR, NOON - 10 * MINUTE);
      branch.publishAt(NOON + HOUR);
      expect(branch.visits()?.visits).toMatchObject([{ subject: AN, endedAt: NOON - 10 * MINUTE }]);
      branch.learn(signIn(NOON - 30 * MINUTE, BINH));
      branch.publishAt(NOON + 2 * HOUR);
      expect(branch.visits()).toMatchObject({
        revision: 2,
        visits: [
          { subject: AN, startedAt: NOON - HOUR, endedAt: NOON - 30 * MINUTE - 1, estimated: true },
          { subject: BINH, startedAt: NOON - 30 * MINUTE, endedAt: NOON - 10 * MINUTE, estimated: false },
        ],
      });
    }));

  test("who allowed no recognition leaves that part to nobody", () =>
    inObject((sql) => {
      const branch = branchOf(sql);
      branch.learn(signIn(NOON - HOUR), word(NOON - HOUR, "granted"));
      branch.see(NOON - HOUR, NOON - 10 * MINUTE);
      branch.publishAt(NOON + HOUR);
      branch.learn(signIn(NOON - 30 * MINUTE, null));
      branch.publishAt(NOON + 2 * HOUR);
      expect(branch.visits()?.visits).toMatchObject([{ subject: AN, endedAt: NOON - 30 * MINUTE - 1 }]);
    }));
});

describe("an exclusion", () => {
  test("takes back all of the day's numbers of that device, and only of that", () =>
    inObject((sql) => {
      const branch = branchOf(sql);
      branch.learn(signIn(NOON - HOUR), word(NOON - HOUR, "granted"));
      branch.see(NOON - HOUR, NOON - 10 * MINUTE);
      branch.see(NOON - HOUR, NOON - 10 * MINUTE, OTHER);
      branch.publishAt(NOON + HOUR);
      expect(branch.footfall()?.counts.devices).toBe(2);
      branch.learn(exclusion("on"));
      expect(branch.see(NOON, NOON + MINUTE).dropped).toEqual([{ index: 0, reason: "excluded_device" }]);
      branch.publishAt(NOON + 2 * HOUR);
      expect(branch.footfall()?.counts.devices).toBe(1);
      expect(branch.visits()).toMatchObject({ revision: 2, visits: [] });
    }));

  test("that is taken back lets new observations in, to which earlier sign-ins still belong", () =>
    inObject((sql) => {
      const branch = branchOf(sql);
      const at = NOON - 40 * MINUTE;
      branch.learn(signIn(at), word(at, "granted"));
      branch.learn(exclusion("on"));
      branch.learn(exclusion("off"));
      branch.see(at - MINUTE, at + MINUTE);
      branch.publishAt(NOON + HOUR);
      expect(branch.visits()?.visits).toMatchObject([{ counted: true, signedIn: true }]);
      expect(branch.footfall()?.counts.hours).toMatchObject([{ visits: 1, passers: 0, recognisedVisits: 1 }]);
    }));
});

describe("what changes nothing", () => {
  test("publishes nothing: repeated facts, repeated observations, a consent for somebody never seen", () =>
    inObject((sql) => {
      const branch = branchOf(sql);
      const known = [signIn(NOON - HOUR), word(NOON - HOUR, "granted")];
      branch.learn(...known);
      branch.see(NOON - HOUR, NOON - 10 * MINUTE);
      branch.publishAt(NOON + HOUR);
      const before = branch.messages();
      branch.learn(...known, word(NOON, "granted", BINH), word(NOON + MINUTE, "withdrawn", BINH));
      branch.see(NOON - HOUR, NOON - 10 * MINUTE);
      branch.see(NOON - 50 * MINUTE, NOON - 20 * MINUTE);
      branch.publishAt(NOON + 2 * HOUR);
      expect(branch.messages()).toEqual(before);
    }));
});

describe("an observation that comes after its day closed", () => {
  test("amends the recognised visits, is counted as too late for footfall, and changes no frozen count", () =>
    inObject((sql) => {
      const branch = branchOf(sql);
      branch.learn(signIn(NOON - HOUR), word(NOON - HOUR, "granted"));
      branch.see(NOON - HOUR, NOON - 10 * MINUTE);
      branch.publishAt(DAY.end + 36 * HOUR);
      const frozen = branch.footfall();
      expect(frozen?.closed).toBe(true);
      const taken = branch.see(NOON - 20 * MINUTE, NOON);
      expect(taken).toEqual({ dropped: [], counted: { too_late_for_footfall: 1 } });
      branch.publishAt(DAY.end + 38 * HOUR);
      expect(branch.visits()).toMatchObject({ revision: 2, visits: [{ endedAt: NOON }] });
      expect(branch.footfall()).toEqual(frozen);
    }));

  test("is dropped as too late if nobody consented to be recognised", () =>
    inObject((sql) => {
      const branch = branchOf(sql);
      branch.publishAt(DAY.end + 36 * HOUR);
      expect(branch.see(NOON - HOUR, NOON)).toEqual({
        dropped: [{ index: 0, reason: "too_late" }],
        counted: { too_late: 1 },
      });
    }));

  test("is dropped for everybody 30 days after the day", () =>
    inObject((sql) => {
      const branch = branchOf(sql);
      branch.learn(signIn(NOON - HOUR), word(NOON - HOUR, "granted"));
      branch.publishAt(DAY.end + 30 * 24 * HOUR);
      expect(branch.see(NOON - HOUR, NOON).dropped).toEqual([{ index: 0, reason: "too_late" }]);
    }));
});

test("where counting before consent is off, a device without consent leaves no row and is counted as not used", () =>
  inObject((sql) => {
    const branch = branchOf(sql, { ...DEFAULT_DEFINITIONS, countBeforeConsent: false });
    branch.learn(signIn(NOON - 30 * MINUTE), word(NOON - 30 * MINUTE, "granted"));
    const counted = { not_counted_before_consent: 1 };
    expect(branch.see(NOON - HOUR, NOON - 10 * MINUTE, OTHER)).toEqual({ dropped: [], counted });
    expect(branch.see(NOON - HOUR, NOON - 10 * MINUTE)).toEqual({ dropped: [], counted: {} });
    branch.publishAt(NOON + HOUR);
    expect(branch.footfall()?.counts).toMatchObject({
      devices: 1,
      hours: [{ visits: 1, recognisedVisits: 1 }],
    });
    expect(sql.exec("SELECT * FROM footfall").toArray()).toHaveLength(1);
  }));
