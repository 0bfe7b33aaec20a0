import * as fc from "fast-check";
import { expect, test } from "vitest";
import { FactMessage } from "../../../schema/messages.ts";
import type { ToldMessage } from "../../../schema/messages-channels.ts";
import { packTold, toldIn } from "./pack.ts";

const told = (messageId: string, name: string): ToldMessage => ({
  kind: "told",
  source: "web",
  messageId,
  at: 1,
  identifiers: [],
  evidence: [],
  traits: [{ key: "k".repeat(21).concat("A"), name: "note", sealed: name, proven: false }],
  order: null,
  mark: null,
  event: null,
});

test("packs hold everything once and in order, and are messages that the consumer reads", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 20_000 }), { maxLength: 120 }), (sizes) => {
      const messages = sizes.map((size, index) => told(`m${index}`, "x".repeat(size)));
      const packs = packTold(messages);
      expect(packs.flatMap(toldIn)).toEqual(messages);
      for (const pack of packs) {
        expect(FactMessage.parse(pack)).toEqual(pack);
        const inside = toldIn(pack);
        expect(inside.length).toBeLessThanOrEqual(20);
        expect(inside.length === 1 || JSON.stringify(inside).length < 16_100).toBe(true);
        expect(pack.kind).toBe(inside.length > 1 ? "told_pack" : "told");
      }
      for (const [index, pack] of packs.slice(1).entries()) {
        const both = [...toldIn(packs[index] ?? pack), ...toldIn(pack).slice(0, 1)];
        expect(both.length > 20 || JSON.stringify(both).length > 16_000).toBe(true);
      }
    }),
    { numRuns: 60 },
  );
});
