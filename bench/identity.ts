// Who is one person? Ours beside rules like those of others (re-implemented from their documentation), on made customer
// bases with known truth: pairwise precision, recall and F0.5, and what share of clusters changes with arrival order.

import { parseArgs } from "node:util";
import { chance } from "../scripts/demo/world/chance.ts";
import { emit, say } from "./emit.ts";
import { CONTESTANTS } from "./identity/contestants.ts";
import { makeWorld } from "./identity/households.ts";
import { MIXES } from "./identity/mixes.ts";
import { orderChange } from "./identity/order-change.ts";
import { isStrong, score, soleOwners } from "./identity/score.ts";
import { sharesOf } from "./identity/shares.ts";
import { DEVELOPMENT_SEEDS, HELD_OUT_SEEDS } from "./identity/seeds.ts";

const { values: flags } = parseArgs({
  options: {
    "held-out": { type: "boolean", default: false },
    mix: { type: "string" },
    shuffles: { type: "string", default: "3" },
  },
});

const thousandths = (value: number): number => Math.round(value * 1_000) / 1_000;
const tenThousandths = (value: number): number => Math.round(value * 10_000) / 10_000;
const mapped = (shares: Readonly<Record<string, number>>) =>
  Object.fromEntries(Object.entries(shares).map(([name, share]) => [name, thousandths(share)]));

const seeds: readonly number[] = flags["held-out"] ? HELD_OUT_SEEDS : DEVELOPMENT_SEEDS;
const mixes = Object.entries(MIXES).filter(([name]) => flags.mix === undefined || name === flags.mix);
if (mixes.length === 0)
  throw new Error(`There is no mix ${flags.mix}; there are ${Object.keys(MIXES).join(", ")}.`);

say(
  `${flags["held-out"] ? "Held-out" : "Development"} seeds; all but ours are re-implementations from documentation.`,
);
for (const [mix, settings] of mixes) {
  for (const seed of seeds) {
    const world = makeWorld(settings, seed);
    const { evidence, owners } = world;
    const { people, facts, identifiers, ...shares } = sharesOf(world);
    emit({ bench: "identity-world", mix, seed, people, facts, identifiers, ...mapped(shares) });
    const sole = soleOwners(owners);
    const strong = new Map([...sole].filter(([key]) => isStrong(key)));
    for (const [resolver, resolve] of Object.entries(CONTESTANTS)) {
      const clusters = resolve(evidence);
      const { precision, recall, f05 } = score(clusters, strong);
      const change = orderChange(resolve, evidence, clusters, Number(flags.shuffles), chance(seed, "order"));
      emit({
        bench: "identity",
        mix,
        seed,
        resolver,
        precision: thousandths(precision),
        recall: thousandths(recall),
        f05: thousandths(f05),
        // The same with the personal anonymous ids among the identifiers.
        f05Weak: thousandths(score(clusters, sole).f05),
        changed: tenThousandths(change.clusters),
        changedIds: tenThousandths(change.identifiers),
      });
    }
  }
}
