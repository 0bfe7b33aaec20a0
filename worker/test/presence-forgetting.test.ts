// What the branch object forgets of people who took their consent back, and when.

import { describe, expect, test } from "vitest";
import {
  BINH,
  branchOf,
  DAY,
  exclusion,
  HOUR,
  inObject,
  NOON,
  OTHER,
  PHONE,
  signIn,
  word,
} from "./branch-rows.ts";

const A_DAY = 24 * HOUR;
/** 30 days in which a visit is amended, and the day itself. */
const KEPT = 31 * A_DAY;

/** A stranger comes on the business day of `at`, and that day closes: forgetting happens then. */
const closeADay = (branch: ReturnType<typeof branchOf>, at: number): void => {
  branch.publishAt(at);
  branch.see(at - HOUR, at, OTHER);
  branch.publishAt(at + 3 * A_DAY);
};
const devicesIn = (sql: SqlStorage): unknown[] =>
  sql
    .exec("SELECT DISTINCT device FROM facts WHERE device IS NOT NULL")
    .toArray()
    .map((row) => row["device"]);

describe("the sign-ins of a device", () => {
  test("are forgotten 31 days after its owner withdrew, and with them the device", () =>
    inObject((sql) => {
      const branch = branchOf(sql);
      branch.learn(signIn(NOON - HOUR), word(NOON - HOUR, "granted"), word(NOON, "withdrawn"));
      branch.see(NOON - HOUR, NOON);
      closeADay(branch, NOON + KEPT - 4 * A_DAY);
      expect(devicesIn(sql)).toEqual([PHONE]);
      closeADay(branch, NOON + KEPT);
      const tables = ["facts", "footfall", "recognised", "days"].flatMap((table) =>
        sql.exec(`SELECT * FROM ${table}`).toArray(),
      );
      expect(JSON.stringify(tables)).not.toContain(PHONE);
    }));

  test("stay as long as the consent stands, however old they are", () =>
    inObject((sql) => {
      const branch = branchOf(sql);
      branch.learn(signIn(NOON), word(NOON, "withdrawn"), word(NOON + 1, "granted"));
      closeADay(branch, DAY.end + 300 * A_DAY);
      expect(devicesIn(sql)).toEqual([PHONE]);
    }));

  test("stay if the device was signed in by another person whose consent stands", () =>
    inObject((sql) => {
      const branch = branchOf(sql);
      branch.learn(signIn(NOON), word(NOON, "granted"), word(NOON + HOUR, "withdrawn"));
      branch.learn(signIn(NOON + HOUR, BINH), word(NOON, "granted", BINH));
      closeADay(branch, NOON + 2 * KEPT);
      branch.see(NOON + 2 * KEPT - HOUR, NOON + 2 * KEPT);
      branch.publishAt(NOON + 2 * KEPT + 4 * A_DAY);
      expect(branch.visits()?.visits).toMatchObject([{ subject: BINH }]);
    }));

  test("never fall back to an earlier owner when those of a later one are forgotten", () =>
    inObject((sql) => {
      const branch = branchOf(sql);
      branch.learn(signIn(NOON), word(NOON, "granted"));
      branch.learn(
        signIn(NOON + HOUR, BINH),
        word(NOON + HOUR, "granted", BINH),
        word(NOON + 2 * HOUR, "withdrawn", BINH),
      );
      closeADay(branch, NOON + KEPT + A_DAY);
      branch.see(NOON + 2 * KEPT - HOUR, NOON + 2 * KEPT);
      branch.publishAt(NOON + 2 * KEPT + 4 * A_DAY);
      expect(devicesIn(sql)).toEqual([]);
      expect(branch.visits()?.visits ?? []).toEqual([]);
    }));

  test("are forgotten 31 days after somebody without consent took the device over", () =>
    inObject((sql) => {
      const branch = branchOf(sql);
      branch.learn(signIn(NOON), word(NOON, "granted"), signIn(NOON + HOUR, null));
      closeADay(branch, NOON + KEPT - 4 * A_DAY);
      expect(devicesIn(sql)).toEqual([PHONE]);
      closeADay(branch, NOON + KEPT + HOUR);
      expect(devicesIn(sql)).toEqual([]);
    }));

  test("go without the exclusion of the device, which its owner alone takes back", () =>
    inObject((sql) => {
      const branch = branchOf(sql);
      branch.learn(signIn(NOON), word(NOON, "granted"), word(NOON, "withdrawn"), exclusion("on"));
      closeADay(branch, NOON + 2 * KEPT);
      expect(sql.exec("SELECT kind, device FROM facts WHERE device IS NOT NULL").toArray()).toEqual([
        { kind: "exclusion", device: PHONE },
      ]);
    }));
});
