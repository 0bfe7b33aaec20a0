// Judges each observation of a batch apart: one bad observation costs itself, not the batch.

import { type DeviceToken, parseDeviceToken } from "../../../schema/ids.ts";
import type { PresenceDrop, ServerCounter } from "../../../schema/reasons.ts";
import type { Observation } from "../../../schema/wire/agents.ts";
import { judge } from "../../core/presence/verdict.ts";
import type { JudgedObservation } from "../../objects/branch/ingest.ts";
import { readObservation } from "./read-observation.ts";

export interface JudgedBatch {
  observations: JudgedObservation[];
  dropped: { index: number; reason: PresenceDrop }[];
  counted: Partial<Record<ServerCounter, number>>;
}

type Verdict = { device: DeviceToken; observation: Observation } | PresenceDrop;

const judgeOne = (raw: unknown, keyIds: ReadonlySet<string>, now: number): Verdict => {
  const observation = readObservation(raw);
  const device = observation === null ? null : parseDeviceToken(observation.device);
  if (observation === null || device === null) return "invalid";
  if (!keyIds.has(observation.keyId)) return "unknown_key";
  return judge(observation, now) ?? { device, observation };
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
