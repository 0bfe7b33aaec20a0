// The wire of the SDKs that shops have (docs/events.md): Segment's HTTP API and its relatives. These only describe it; what
// is read of an event, and how loosely, is worker/core/intake/segment/*.

import { z } from "zod";

export const MOST_EVENTS_BYTES = 500 * 1024;
export const MOST_EVENTS = 2_500;

const Time = z.string().describe("ISO 8601; without an offset it is UTC");

/** Other fields are read where docs/events.md says so, and else passed over. */
export const SdkEvent = z.looseObject({
  type: z
    .enum(["identify", "track", "page", "screen", "group", "alias"])
    .optional()
    .describe("Of each event of a batch; elsewhere the address says it"),
  messageId: z.string().max(100).optional(),
  userId: z.union([z.string(), z.number()]).nullish(),
  anonymousId: z.string().nullish(),
  previousId: z.string().optional(),
  event: z.string().optional(),
  name: z.string().nullish(),
  properties: z.record(z.string(), z.unknown()).optional(),
  traits: z.record(z.string(), z.unknown()).optional(),
  context: z.record(z.string(), z.unknown()).optional(),
  integrations: z.record(z.string(), z.unknown()).optional(),
  timestamp: Time.optional(),
  originalTimestamp: Time.optional(),
  sentAt: Time.optional(),
  writeKey: z.string().optional(),
});

export const SdkBatch = z.looseObject({
  batch: z.array(SdkEvent).max(MOST_EVENTS),
  context: z.record(z.string(), z.unknown()).optional(),
  integrations: z.record(z.string(), z.unknown()).optional(),
  sentAt: Time.optional(),
  writeKey: z.string().optional(),
});

export const EventsReply = z.object({
  /** Whether every event was taken. */
  success: z.boolean(),
  accepted: z.number().int(),
  rejected: z.array(
    z.object({ index: z.number().int(), messageId: z.string().nullable(), code: z.string() }),
  ),
});
export type EventsReply = z.infer<typeof EventsReply>;
