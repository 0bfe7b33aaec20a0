// Messages of the queue `quen-facts`, to D1. Those of the branch objects carry absolute values and a revision, so that a
// consumer may see them twice, late or in any order: the higher revision wins. Those of channels are sets of facts.

import { z } from "zod";
import { ToldMessage, ToldPackMessage, VisitStartedMessage } from "./messages-channels.ts";

const Hour = z.object({
  hour: z.number().int().nonnegative(),
  arrivals: z.number().int().nonnegative(),
  visits: z.number().int().nonnegative(),
  passers: z.number().int().nonnegative(),
  devices: z.number().int().nonnegative(),
  peakOccupancy: z.number().int().nonnegative(),
  estimatedVisits: z.number().int().nonnegative(),
  recognisedVisits: z.number().int().nonnegative(),
  engagedVisits: z.number().int().nonnegative(),
  dwell: z.array(z.number().int().nonnegative()),
});

export const DayCounts = z.object({
  hours: z.array(Hour).max(26),
  devices: z.number().int().nonnegative(),
  randomisedDevices: z.number().int().nonnegative(),
  peakOccupancy: z.number().int().nonnegative(),
});
export type DayCounts = z.infer<typeof DayCounts>;

/** The complete set of settled recognised visits of one (branch, device, business day). */
export const VisitSetMessage = z.object({
  kind: z.literal("visits"),
  branchId: z.string(),
  day: z.string(),
  device: z.string(),
  revision: z.number().int().positive(),
  definitions: z.string(),
  randomised: z.boolean(),
  visits: z.array(
    z.object({
      subject: z.string(),
      startedAt: z.number().int(),
      endedAt: z.number().int(),
      counted: z.boolean(),
      estimated: z.boolean(),
      signedIn: z.boolean(),
    }),
  ),
});
export type VisitSetMessage = z.infer<typeof VisitSetMessage>;

/** The absolute footfall of one branch and business day as of `at`. */
export const FootfallMessage = z.object({
  kind: z.literal("footfall"),
  branchId: z.string(),
  day: z.string(),
  revision: z.number().int().positive(),
  definitions: z.string(),
  at: z.number().int(),
  closed: z.boolean(),
  counts: DayCounts,
});
export type FootfallMessage = z.infer<typeof FootfallMessage>;

export const FactMessage = z.discriminatedUnion("kind", [
  VisitSetMessage,
  FootfallMessage,
  ToldMessage,
  ToldPackMessage,
  VisitStartedMessage,
]);
export type FactMessage = z.infer<typeof FactMessage>;
