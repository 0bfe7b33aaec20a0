// The events of a request, each by itself: what stands at the batch's level (context, integrations, when it was sent) is in
// each, so it makes no difference how events were batched.

import { isLoose, type Loose, looseOf } from "./loose.ts";

export const SDK_METHODS = ["identify", "track", "page", "screen", "group", "alias"] as const;
export type SdkMethod = (typeof SDK_METHODS)[number];

/** One event as it was sent; not looked at yet. */
export interface SentEvent {
  /** By the address or by the event itself; null: none that we know. */
  readonly type: SdkMethod | null;
  /** As it came, for its size. */
  readonly raw: unknown;
  readonly event: Loose;
}

const methodOf = (type: unknown): SdkMethod | null => SDK_METHODS.find((one) => one === type) ?? null;

const MOST_SHARED_UNITS = 32 * 1024;
/** It is read again with each event: 2,500 times 32 KB were 17 s of computing for one request, and this is at most 2 s. */
const MOST_READ_UNITS = 8 * 1024 * 1024;

const isModest = (context: Loose, integrations: Loose, events: number): boolean => {
  try {
    const { length } = JSON.stringify([context, integrations]);
    return length <= MOST_SHARED_UNITS && length * events <= MOST_READ_UNITS;
  } catch {
    return false;
  }
};

/** Null where the body holds no list of events, or too much beside it. */
export const sentEvents = (body: Loose, method: SdkMethod | "batch"): readonly SentEvent[] | null => {
  if (method !== "batch") return [{ type: method, raw: body, event: body }];
  const { batch } = body;
  if (!Array.isArray(batch)) return null;
  const [context, integrations] = [looseOf(body["context"]), looseOf(body["integrations"])];
  if (!isModest(context, integrations, batch.length)) return null;
  return batch.map((raw: unknown) => {
    const item = looseOf(raw);
    return {
      type: isLoose(raw) ? methodOf(item["type"]) : null,
      raw,
      event: {
        ...item,
        context: { ...context, ...looseOf(item["context"]) },
        integrations: { ...integrations, ...looseOf(item["integrations"]) },
        sentAt: item["sentAt"] ?? body["sentAt"],
      },
    };
  });
};
