// What a receiver reads: made when it is sent, never kept. It names profiles by id and tells of visits; it holds no value
// of a person.

import { TEST_TYPE } from "../../../schema/webhooks.ts";
import { webhookType } from "../../../schema/changes.ts";
import type { ChangeData } from "../../core/webhooks/permitted.ts";
import type { LoggedChange } from "../../store/webhook-log.ts";

const rfc3339 = (at: number): string => new Date(at).toISOString();

/** Times are kept as epoch ms in fields that end in `At`. */
const isTime = (name: string, value: unknown): value is number =>
  typeof value === "number" && (name === "at" || name.endsWith("At"));

const written = (data: ChangeData): ChangeData =>
  Object.fromEntries(
    Object.entries(data).map(([name, value]) => {
      if (isTime(name, value)) return [name, rfc3339(value)];
      const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
      return [name, isObject ? written(value as ChangeData) : value];
    }),
  );

export const payloadOf = ({ type, profileId, previousIds, at }: LoggedChange, data: ChangeData): string =>
  JSON.stringify({
    type: webhookType(type),
    timestamp: rfc3339(at),
    data: { profileId, ...(previousIds.length > 0 ? { previousIds } : {}), ...written(data) },
  });

export const testPayload = (now: number): string =>
  JSON.stringify({ type: TEST_TYPE, timestamp: rfc3339(now), data: {} });
