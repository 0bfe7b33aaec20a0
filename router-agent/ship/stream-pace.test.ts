import { describe, expect, test } from "vitest";
import { readFrame } from "./stream-frame.ts";
import type { StreamEnd } from "./stream-pace.ts";
import { failuresAfter, nextConnectMs, STREAM_PACE } from "./stream-pace.ts";

const closed = (openMs: number): StreamEnd => ({ kind: "closed", openMs, detail: "" });
const refused = (status: number, clockCorrected = false): StreamEnd => ({
  kind: "refused",
  status,
  detail: "",
  clockCorrected,
});
const wait = (end: StreamEnd, failures: number, random: number): number =>
  nextConnectMs(end, failures, STREAM_PACE, random);

describe("the stream connects again", () => {
  test("soon after a connection that worked, and ever more slowly after ones that did not", () => {
    expect(failuresAfter(closed(60_000), 7, STREAM_PACE)).toBe(0);
    expect(wait(closed(60_000), 0, 0.999)).toBeLessThanOrEqual(1_000);
    expect(failuresAfter(closed(100), 7, STREAM_PACE)).toBe(8);
    const most = [1, 2, 3, 20].map((failures) => wait({ kind: "failed", detail: "" }, failures, 0.9999));
    expect(most.map((ms) => Math.round(ms / 1000))).toEqual([1, 2, 4, 30]);
  });

  test("never at once, so that a server that closes everything is not flooded", () => {
    expect(wait(closed(60_000), 0, 0)).toBe(250);
  });

  test.each([401, 403, 404, 200])("after minutes when the server says %i", (status) => {
    expect(wait(refused(status), 1, 0)).toBe(225_000);
    expect(wait(refused(status), 1, 1)).toBe(375_000);
  });

  test.each([429, 500, 503])("as after a failure when the server says %i", (status) => {
    expect(wait(refused(status), 1, 0.9999)).toBeLessThanOrEqual(1_250);
  });

  test("at once when the clock was corrected, but not twice", () => {
    expect(wait(refused(401, true), 1, 0.5)).toBe(0);
    expect(wait(refused(401, true), 2, 0.5)).toBe(300_000);
  });
});

describe("a frame", () => {
  test.each([
    ["pong", { kind: "pong" }],
    ['{"type":"grants","grants":[{"id":"g1"}]}', { kind: "grants", grants: [{ id: "g1" }] }],
    ['{"type":"grants","grants":{}}', { kind: "ignored", reason: "malformed" }],
    ['{"type":"update"}', { kind: "ignored", reason: "unknown_type" }],
    ["[]", { kind: "ignored", reason: "not_json" }],
    ["{", { kind: "ignored", reason: "not_json" }],
    ["", { kind: "ignored", reason: "not_json" }],
  ])("%j is told apart", (text, expected) => {
    expect(readFrame(text)).toEqual(expected);
  });
});
