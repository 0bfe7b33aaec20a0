// Asks for the whole preview of rules step by step and adds the steps up, telling how far it is. A step holds a part of the
// brand, so a brand of any size can be previewed.

import type { PreviewView } from "../../schema/wire/identity.ts";
import type { Client } from "./client.ts";

const SAMPLES = 10;

export type WholePreview = Omit<PreviewView, "next" | "of"> & { steps: number };

type Changes = PreviewView["merged"];
const NONE: Changes = { count: 0, samples: [] };
const NOTHING = {
  steps: 0,
  looked: 0,
  profilesBefore: 0,
  profilesAfter: 0,
  merged: NONE,
  split: NONE,
  becomesShared: 0,
  noLongerShared: 0,
};

const together = (one: Changes, other: Changes): Changes => ({
  count: one.count + other.count,
  samples: [...one.samples, ...other.samples].slice(0, SAMPLES),
});

const withStep = (sum: typeof NOTHING, step: PreviewView): WholePreview => ({
  rulesBefore: step.rulesBefore,
  rulesAfter: step.rulesAfter,
  steps: sum.steps + 1,
  looked: sum.looked + step.looked,
  profilesBefore: sum.profilesBefore + step.profilesBefore,
  profilesAfter: sum.profilesAfter + step.profilesAfter,
  merged: together(sum.merged, step.merged),
  split: together(sum.split, step.split),
  becomesShared: sum.becomesShared + step.becomesShared,
  noLongerShared: sum.noLongerShared + step.noLongerShared,
});

export const previewRules = async (
  client: Pick<Client, "post">,
  version: string,
  progress: (looked: number, of: number) => void,
): Promise<WholePreview> => {
  const path = `/v1/admin/identity/rules/${encodeURIComponent(version)}/preview`;
  const first = await client.post<PreviewView>(path, { cursor: null });
  const of = first.of ?? first.looked;
  let whole = withStep(NOTHING, first);
  let { next } = first;
  progress(whole.looked, of);
  while (next !== null) {
    // Each step names the next one.
    const step: PreviewView = await client.post<PreviewView>(path, { cursor: next });
    if (step.rulesBefore !== whole.rulesBefore)
      throw new Error("Other rules were activated meanwhile: preview again.");
    whole = withStep(whole, step);
    progress(whole.looked, of);
    ({ next } = step);
  }
  return whole;
};
