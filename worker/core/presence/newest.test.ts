// The rule by which repeated and late messages are harmless.

import fc from "fast-check";
import { expect, test } from "vitest";
import { newestByKey } from "./newest.ts";

const message = fc.record({ key: fc.constantFrom("a", "b", "c"), revision: fc.integer({ min: 1, max: 5 }) });

test("of the messages about one thing the highest revision is kept, whatever their order and number", () => {
  fc.assert(
    fc.property(fc.array(message), (messages) => {
      const expected = new Map<string, number>();
      for (const { key, revision } of messages) expected.set(key, Math.max(revision, expected.get(key) ?? 0));
      const newest = newestByKey([...messages, ...messages].toReversed(), ({ key }) => key);
      expect(new Map(newest.map(({ key, revision }) => [key, revision]))).toEqual(expected);
      expect(newest).toHaveLength(expected.size);
    }),
    { numRuns: 1_000 },
  );
});

test("of two messages with one revision the first stays", () => {
  const twice = [
    { key: "a", revision: 1, text: "first" },
    { key: "a", revision: 1, text: "again" },
  ];
  expect(newestByKey(twice, ({ key }) => key)).toEqual([twice[0]]);
});
