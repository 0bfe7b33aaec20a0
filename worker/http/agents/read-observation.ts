// Reads one observation as the wire's schema does, by hand: there are thousands a second, and a schema library without
// code generation costs more than the rest of the judgement. The test holds it to the schema.

import { type Observation, SOURCES } from "../../../schema/wire/agents.ts";

const DEVICE = /^[A-Za-z0-9_-]{22}$/;
const sources: ReadonlySet<unknown> = new Set(SOURCES);

const isText = (value: unknown, least: number, most: number): value is string =>
  typeof value === "string" && value.length >= least && value.length <= most;

const isOptionalText = (value: unknown, most: number): boolean =>
  value === undefined || isText(value, 0, most);

const isDbm = (value: unknown): boolean =>
  value === undefined || (typeof value === "number" && value >= -150 && value <= 50);

/** Null where the schema would refuse. */
export const readObservation = (raw: unknown): Observation | null => {
  if (typeof raw !== "object" || raw === null || Array.isArray(raw)) return null;
  const value = raw as Record<keyof Observation, unknown>;
  const whole =
    typeof value.device === "string" &&
    DEVICE.test(value.device) &&
    isText(value.keyId, 1, 40) &&
    Number.isSafeInteger(value.from) &&
    Number.isSafeInteger(value.to) &&
    typeof value.left === "boolean" &&
    typeof value.randomised === "boolean" &&
    sources.has(value.source) &&
    isOptionalText(value.ap, 64) &&
    isOptionalText(value.ssid, 64) &&
    isDbm(value.rssi);
  return whole ? (raw as Observation) : null;
};
