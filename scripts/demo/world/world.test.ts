import { describe, expect, test } from "vitest";
import { addressOf, phoneNumberOf } from "./address.ts";
import { BRANCHES } from "./people.ts";
import { CLOSES_AT, DAY_MS, HOUR_MS, MINUTE_MS, localDayOf, startOf } from "./rhythm.ts";
import { between, brandDays } from "./world.ts";

const first = localDayOf(Date.UTC(2026, 9, 5));
const weeks = [...brandDays(7, first, first + 27)];
const allLines = weeks.flatMap((day) => BRANCHES.flatMap(({ id }) => day.lines[id]));

const seen = (phone: "rotating" | "private") =>
  new Set(weeks.map(({ day }) => addressOf(7, "somebody", phone, day))).size;

describe("the demo's shoppers", () => {
  test("the same seed gives the same days, another seed others", () => {
    expect([...brandDays(7, first, first + 2)]).toEqual(weeks.slice(0, 3));
    expect([...brandDays(8, first, first)][0]).not.toEqual(weeks[0]);
  });

  test("lines of a branch never go back in time, and a day stays within its date", () => {
    for (const day of weeks)
      for (const { id } of BRANCHES) {
        const times = day.lines[id].map((line) => line.at);
        expect(times).toEqual(times.toSorted((a, b) => a - b));
        expect(times[0]).toBeGreaterThanOrEqual(startOf(day.day));
        expect(times.at(-1)).toBeLessThan(startOf(day.day) + DAY_MS);
      }
  });

  test("each branch has between 70 and 400 stays a day", () => {
    for (const day of weeks)
      for (const { id } of BRANCHES) {
        const joins = day.lines[id].filter((line) => line.event === "join").length;
        expect(joins).toBeGreaterThan(70);
        expect(joins).toBeLessThan(400);
      }
  });

  test("at night nobody comes: the printer is all that is heard", () => {
    const nightly = weeks.flatMap((day) =>
      day.lines.q1.filter(({ at, event }) => event === "join" && at - startOf(day.day) > CLOSES_AT),
    );
    expect(nightly).toEqual([]);
  });

  test("a sign-in happens in the first minutes of a stay, once for each address", () => {
    const signIns = weeks.flatMap((day) => day.signIns);
    expect(signIns.length).toBeGreaterThan(300);
    expect(new Set(signIns.map(({ mac }) => mac)).size).toBe(signIns.length);
    for (const { at, branchId, mac } of signIns.slice(0, 50)) {
      const day = weeks.find((each) => each.day === localDayOf(at));
      const join = day?.lines[branchId].find((line) => line.mac === mac && line.event === "join");
      expect(at - (join?.at ?? 0)).toBeLessThanOrEqual(2 * MINUTE_MS);
    }
  });

  test("a rotating phone changes its address about every two weeks, a private one never", () => {
    expect(seen("rotating")).toBeGreaterThanOrEqual(2);
    expect(seen("rotating")).toBeLessThanOrEqual(3);
    expect(seen("private")).toBe(1);
  });

  test("addresses say truly whether they are randomised, and none is a group address", () => {
    for (const line of allLines.slice(0, 5_000))
      expect(Number.parseInt(line.mac.slice(0, 2), 16) & 1).toBe(0);
    expect(Number.parseInt(addressOf(7, "x", "private", first).slice(0, 2), 16) & 2).toBe(2);
    expect(Number.parseInt(addressOf(7, "x", "factory", first).slice(0, 2), 16) & 2).toBe(0);
  });

  test("phone numbers have ten digits of a Vietnamese mobile number", () => {
    for (let number = 0; number < 200; number += 1)
      expect(phoneNumberOf(7, `owner-${number}`)).toMatch(/^0(3|7|8|9)\d{8}$/);
  });

  test("members buy during their stays and give one code each; few phones are a household's, some are mistyped", () => {
    const bought = weeks.flatMap((day) => day.purchases);
    expect(bought.length).toBeGreaterThan(400);
    expect(new Set(bought.map(({ id }) => id)).size).toBe(bought.length);
    const typed = (text: string) => text.replaceAll(/[ .]/g, "").replace(/^\+?84/, "0");
    const [codesOf, phonesOf] = [new Map<string, Set<string>>(), new Map<string, Set<string>>()];
    for (const { customer } of bought) {
      const phone = typed(customer.phone);
      expect(phone).toMatch(/^0\d{9}$/);
      codesOf.set(phone, (codesOf.get(phone) ?? new Set()).add(customer.code));
      phonesOf.set(customer.code, (phonesOf.get(customer.code) ?? new Set()).add(phone));
    }
    const several = (sets: Map<string, Set<string>>) =>
      [...sets.values()].filter((set) => set.size > 1).length;
    expect(several(codesOf)).toBeGreaterThan(3);
    expect(several(codesOf)).toBeLessThan(codesOf.size / 8);
    expect(several(phonesOf)).toBeGreaterThan(0);
    expect(several(phonesOf)).toBeLessThan(phonesOf.size / 10);
    expect(new Set(bought.map(({ customer }) => customer.phone.slice(0, 1))).size).toBeGreaterThan(2);
  });

  test("some come by an advert or write first: each act is told once, on its evening, and who logs in does so in their own browser", () => {
    const acts = weeks.flatMap((day) => day.online.map((act) => ({ ...act, day: day.day })));
    expect(acts.length).toBeGreaterThan(600);
    expect(new Set(acts.map(({ id }) => id)).size).toBe(acts.length);
    for (const { at, day } of acts) {
      expect(at).toBeGreaterThanOrEqual(startOf(day) + 18 * HOUR_MS);
      expect(at).toBeLessThan(startOf(day) + DAY_MS);
    }
    const phones = new Map<number, string>();
    for (const { person, phone } of acts)
      expect(phones.get(person) ?? phones.set(person, phone).get(person)).toBe(phone);
    const kinds = ["ad", "view", "cart", "log_in", "message", "share_phone"] as const;
    for (const kind of kinds) expect(acts.filter((act) => act.kind === kind).length).toBeGreaterThan(20);
    expect(acts.some(({ remembered }) => !remembered)).toBe(true);
  });

  test("a day cut in two loses and repeats nothing", () => {
    const [day] = weeks;
    if (day === undefined) throw new Error("no day was made");
    const noon = startOf(day.day) + DAY_MS / 2;
    const morning = between(day, 0, noon);
    const rest = between(day, noon, startOf(day.day) + DAY_MS);
    expect([...morning.lines.q1, ...rest.lines.q1]).toEqual(day.lines.q1);
    expect([...morning.signIns, ...rest.signIns]).toEqual(day.signIns);
    expect([...morning.purchases, ...rest.purchases]).toEqual(day.purchases);
    expect([...morning.online, ...rest.online]).toEqual(day.online);
  });
});
