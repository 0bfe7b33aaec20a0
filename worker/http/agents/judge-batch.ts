// Judges each observation of a batch apart: one bad observation costs itself, not the batch.

import { type DeviceToken, parseDeviceToken } from "../../../schema/ids.ts";
import type { PresenceDrop, ServerCounter } from "../../../schema/reasons.ts";
import { Observation } from "../../../schema/wire/agents.ts";
import { judge } from "../../core/presence/verdict.ts";
import type { JudgedObservation } from "../../objects/branch/ingest.ts";

export interface JudgedBatch {
  observations: JudgedObservation[];
  dropped: { index: number; reason: PresenceDrop }[];
  counted: Partial<Record<ServerCounter, number>>;
}

type Verdict = { device: DeviceToken; observation: Observation } | PresenceDrop;

const judgeOne = (raw: unknown, keyIds: ReadonlySet<string>, now: number): Verdict => {
  const parsed = Observation.safeParse(raw);
  if (!parsed.success) return "invalid";
  const device = parseDeviceToken(parsed.data.device);
  if (device === null) return "invalid";
  if (!keyIds.has(parsed.data.keyId)) return "unknown_key";
  return judge(parsed.data, now) ?? { device, observation: parsed.data };
};

export const judgeBatch = (
  observations: readonly unknown[],
  keyIds: ReadonlySet<string>,
  now: number,
): JudgedBatch => {
  const batch: JudgedBatch = { observations: [], dropped: [], counted: {} };
  observations.forEach((raw, index) => {
    const verdict = judgeOne(raw, keyIds, now);
    if (typeof verdict === "string") {
      batch.dropped.push({ index, reason: verdict });
      batch.counted[verdict] = (batch.counted[verdict] ?? 0) + 1;
      return;
    }
    const { from, to, left, randomised } = verdict.observation;
    batch.observations.push({ index, device: verdict.device, from, to, left, randomised });
  });
  return batch;
};
