import { describe, expect, test } from "vitest";
import { Clock, EARLIEST_WALL_MS, parseDateHeader } from "./clock.ts";

const NOW = Date.UTC(2026, 10, 22);
const S = 1_000;

const learn = (clock: Clock, wallMs: number, dateMs: number, roundTripMs = 100) =>
  clock.learn({ dateMs, sentMonoMs: 5_000 - roundTripMs, receivedMonoMs: 5_000 }, { wallMs, monoMs: 5_000 });

describe("the clock", () => {
  const rows: [string, number, number, number, number | null][] = [
    ["is the wall clock when the server agrees to the second", NOW, NOW, 100, NOW],
    ["is the wall clock when it is some seconds off", NOW + 8 * S, NOW, 100, NOW + 8 * S],
    ["is the server's when the router is in 1970", 12_000, NOW, 100, NOW + 550],
    ["is the server's when the router is a day ahead", NOW + 86_400 * S, NOW, 100, NOW + 550],
    ["is not learnt from a reply that took too long", 12_000, NOW, 30_000, null],
  ];
  test.each(rows)("%s", (_, wallMs, dateMs, roundTripMs, expected) => {
    const clock = new Clock();
    const anchor = learn(clock, wallMs, dateMs, roundTripMs);
    expect(anchor?.wallMs ?? null).toBe(expected);
    expect(clock.now(wallMs)).toBe(expected ?? wallMs);
  });

  test("forgets a correction when NTP has set the wall clock meanwhile", () => {
    const clock = new Clock();
    learn(clock, 12_000, NOW);
    learn(clock, NOW, NOW);
    expect(clock.now(NOW)).toBe(NOW);
  });

  test("is vouched for by the system only when it is synchronised and later than this software", () => {
    const clock = new Clock();
    expect(clock.vouch(true, { wallMs: NOW, monoMs: 1 })).toEqual({ wallMs: NOW, monoMs: 1 });
    expect(clock.vouch(false, { wallMs: NOW, monoMs: 1 })).toBeNull();
    expect(clock.vouch(true, { wallMs: EARLIEST_WALL_MS - 1, monoMs: 1 })).toBeNull();
  });

  test("reads the Date header and nothing else", () => {
    expect(parseDateHeader("Sun, 22 Nov 2026 00:00:00 GMT")).toBe(NOW);
    expect(parseDateHeader("soon")).toBeNull();
    expect(parseDateHeader(undefined)).toBeNull();
  });
});
