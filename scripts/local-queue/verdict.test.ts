import { describe, expect, test } from "vitest";
import { type BatchResult, type ConsumerSettings, judge } from "./verdict.ts";

const settings: ConsumerSettings = {
  maxBatchSize: 10,
  maxBatchTimeoutMs: 0,
  maxRetries: 2,
  retryDelayMs: 2_000,
  deadLetterQueue: "dead",
};
const ok: BatchResult = {
  outcome: "ok",
  ackAll: false,
  retryBatch: { retry: false },
  explicitAcks: [],
  retryMessages: [],
};
const batch = [
  { id: "a", attempts: 0 },
  { id: "b", attempts: 2 },
];

describe("what becomes of a delivered message", () => {
  test("a handler that returns acknowledges every message", () => {
    expect(judge(batch, ok, settings).map((each) => each.kind)).toEqual(["done", "done"]);
  });

  test("a handler that throws retries, and a message out of retries goes to the dead-letter queue", () => {
    expect(judge(batch, null, settings)).toEqual([
      { kind: "retry", id: "a", afterMs: 2_000 },
      { kind: "dead", id: "b", queue: "dead" },
    ]);
  });

  test("an explicit acknowledgement stands when the handler throws afterwards", () => {
    const result = { ...ok, outcome: "exception", explicitAcks: ["b"] };
    expect(judge(batch, result, settings)).toEqual([
      { kind: "retry", id: "a", afterMs: 2_000 },
      { kind: "done", id: "b" },
    ]);
  });

  test("a message that asks for a delay gets it and the others are acknowledged", () => {
    const result = { ...ok, retryMessages: [{ msgId: "a", delaySeconds: 7 }] };
    expect(judge(batch, result, settings)).toEqual([
      { kind: "retry", id: "a", afterMs: 7_000 },
      { kind: "done", id: "b" },
    ]);
  });

  test("a retry of the whole batch spares what was acknowledged", () => {
    const result = { ...ok, retryBatch: { retry: true, delaySeconds: 1 }, explicitAcks: ["a"] };
    expect(judge(batch, result, settings)).toEqual([
      { kind: "done", id: "a" },
      { kind: "dead", id: "b", queue: "dead" },
    ]);
  });

  test("a message out of retries stays where there is no dead-letter queue, whatever the consumer does", () => {
    const last = { ...settings, deadLetterQueue: null };
    expect(judge(batch, null, last)).toEqual([
      { kind: "retry", id: "a", afterMs: 2_000 },
      { kind: "retry", id: "b", afterMs: 2_000 },
    ]);
    const asked = { ...ok, retryMessages: [{ msgId: "b", delaySeconds: 3_600 }] };
    expect(judge(batch, asked, last)[1]).toEqual({ kind: "retry", id: "b", afterMs: 3_600_000 });
  });
});
