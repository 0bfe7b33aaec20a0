import * as fc from "fast-check";
import { expect, test } from "vitest";
import { queueBatches } from "./queue-batches.ts";

test("every message is in one batch, in order, and no batch is over what a queue takes", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 60_000 }), { maxLength: 300 }), (sizes) => {
      const messages = sizes.map((size, index) => ({ index, text: "x".repeat(size) }));
      const batches = queueBatches(messages);
      expect(batches.flat()).toEqual(messages);
      for (const batch of batches) {
        expect(batch.length).toBeGreaterThan(0);
        expect(batch.length).toBeLessThanOrEqual(100);
        const bytes = batch.reduce((sum, message) => sum + JSON.stringify(message).length * 3, 0);
        expect(bytes).toBeLessThanOrEqual(256_000);
      }
    }),
    { numRuns: 100 },
  );
});
