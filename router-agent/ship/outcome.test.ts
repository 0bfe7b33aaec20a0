import { describe, expect, test } from "vitest";
import { backoffMs } from "./backoff.ts";
import type { HttpReply } from "./http.ts";
import type { Outcome } from "./outcome.ts";
import { outcomeOf, retryAfterMs } from "./outcome.ts";
import { nextWaitMs } from "./pace.ts";

const NOW = Date.UTC(2026, 10, 22);

const reply = (status: number, body: unknown, headers: Record<string, string> = {}): HttpReply => ({
  kind: "reply",
  status,
  headers,
  body: typeof body === "string" ? body : JSON.stringify(body),
});

const DONE = { accepted: 1, dropped: [], report: { intervalMs: 30_000 }, grants: [] };

describe("a reply", () => {
  const rows: [string, HttpReply, Partial<Outcome>][] = [
    ["200 is done", reply(200, DONE), { kind: "done" }],
    [
      "200 of somebody else (a captive portal) is retried",
      reply(200, "<html>"),
      { kind: "retry", reason: "unexpected" },
    ],
    ["302 of a captive portal is retried", reply(302, ""), { kind: "retry", reason: "unexpected" }],
    ["400 of our server is refused for good", reply(400, { code: "invalid_body" }), { kind: "refused" }],
    ["400 of a proxy is retried", reply(400, "Bad Request"), { kind: "retry", reason: "unexpected" }],
    ["401 is retried", reply(401, { code: "unauthorized" }), { kind: "retry", reason: "credentials" }],
    ["401 for time is retried", reply(401, { code: "clock_skew" }), { kind: "retry", reason: "clock_skew" }],
    ["403 is retried", reply(403, { code: "forbidden" }), { kind: "retry", reason: "credentials" }],
    ["403 for the branch stops", reply(403, { code: "branch_gone" }), { kind: "branch_gone" }],
    ["404 is retried", reply(404, { code: "not_found" }), { kind: "retry", reason: "unexpected" }],
    [
      "413 says the limits",
      reply(413, { code: "too_large", limits: { maxObservations: 10, maxBytes: 99 } }),
      { kind: "too_large", maxObservations: 10, maxBytes: 99 },
    ],
    [
      "429 waits as told",
      reply(429, {}, { "retry-after": "7" }),
      { kind: "retry", reason: "busy", afterMs: 7_000 },
    ],
    [
      "503 waits as told",
      reply(503, {}, { "retry-after": "7" }),
      { kind: "retry", reason: "busy", afterMs: 7_000 },
    ],
    ["500 backs off", reply(500, {}), { kind: "retry", reason: "server", afterMs: null }],
    [
      "no reply backs off",
      { kind: "failed", reason: "tls", detail: "x" },
      { kind: "retry", reason: "tls", afterMs: null },
    ],
  ];
  test.each(rows)("%s", (_, given, expected) => {
    expect(outcomeOf(given, NOW)).toMatchObject(expected);
  });

  test("may say when to come back in seconds or as a date, and never for more than an hour", () => {
    expect(retryAfterMs("Sun, 22 Nov 2026 00:01:00 GMT", NOW)).toBe(60_000);
    expect(retryAfterMs("999999", NOW)).toBe(3_600_000);
    expect(retryAfterMs("-5", NOW)).toBe(0);
    expect(retryAfterMs("later", NOW)).toBeNull();
  });
});

describe("the pace", () => {
  const pace = { intervalMs: 30_000, backlogMs: 300, backoff: { baseMs: 1_000, capMs: 300_000 } };
  const busy: Outcome = { kind: "retry", reason: "busy", afterMs: 60_000, detail: "" };
  const down: Outcome = { kind: "retry", reason: "network", afterMs: null, detail: "" };
  const input = (outcome: Outcome, failures = 1) => ({
    outcome,
    failures,
    backlog: false,
    clockCorrected: false,
  });

  test("never comes back before Retry-After, and not exactly then", () => {
    expect(nextWaitMs(pace, input(busy), 0)).toBe(60_000);
    expect(nextWaitMs(pace, input(busy, 20), 0.999)).toBeGreaterThan(70_000);
    expect(nextWaitMs(pace, input(busy, 20), 0.999)).toBeLessThan(77_000);
  });

  test("doubles up to its cap, with full jitter", () => {
    const most = [1, 2, 3, 4, 30, 1_000].map((failures) => backoffMs(pace.backoff, failures, 0.999_999));
    expect(most.map((ms) => Math.round(ms / 1000))).toEqual([2, 4, 8, 16, 300, 300]);
    expect(nextWaitMs(pace, input(down, 9), 0)).toBe(0);
  });

  test("is the server's interval when all is well, and a breath between the batches of a backlog", () => {
    const done = outcomeOf(reply(200, DONE), NOW);
    expect(nextWaitMs(pace, input(done), 0.5)).toBe(30_000);
    expect(nextWaitMs(pace, { ...input(done), backlog: true }, 0.5)).toBe(300);
  });

  test("slows down after a refusal, so that a broken server does not eat the spool", () => {
    expect(nextWaitMs(pace, input({ kind: "refused", detail: "" }), 0)).toBeGreaterThanOrEqual(4_000);
  });

  test("repeats at once when the reply has corrected the signing clock", () => {
    const skew: Outcome = { kind: "retry", reason: "clock_skew", afterMs: null, detail: "" };
    expect(nextWaitMs(pace, { ...input(skew), clockCorrected: true }, 0.9)).toBe(0);
    expect(nextWaitMs(pace, { ...input(skew), clockCorrected: false }, 0.9)).toBeGreaterThan(0);
  });
});
