// A grant as it comes over the wire, read by hand and never trusted. One that is wrong but has an id can be answered,
// so that it is not repeated for ever.

import type { Grant } from "../../schema/wire/agents.ts";
import { asObject } from "../sources/json.ts";

export type GrantRead =
  | { kind: "grant"; grant: Grant }
  | { kind: "invalid"; id: string }
  | { kind: "unreadable" };

const ID = /^[\w.:-]{1,64}$/;
const DEVICE = /^[\w-]{22}$/;
const RHID = /^[0-9a-f]{64}$/;
/** A year. */
const MAX_MINUTES = 527_040;
const MAX_PARAMS = 16;

const matches = (value: unknown, pattern: RegExp): value is string =>
  typeof value === "string" && pattern.test(value);

const readParams = (value: unknown): Record<string, string> | null => {
  if (value === undefined) return {};
  const entries = Object.entries(asObject(value) ?? { wrong: null });
  const fits =
    entries.length <= MAX_PARAMS &&
    entries.every(([name, text]) => name.length <= 40 && typeof text === "string" && text.length <= 200);
  return fits ? (Object.fromEntries(entries) as Record<string, string>) : null;
};

export const readGrant = (value: unknown): GrantRead => {
  const fields = asObject(value);
  if (fields === undefined || !matches(fields["id"], ID)) return { kind: "unreadable" };
  const { id, gatewayId, device, rhid, action, minutes, expiresAt } = fields;
  const params = readParams(fields["params"]);
  const isAddressed = device !== undefined || rhid !== undefined;
  const isTimely = isMinutes(minutes) && Number.isSafeInteger(expiresAt);
  if (
    !matches(gatewayId, ID) ||
    (device !== undefined && !matches(device, DEVICE)) ||
    (rhid !== undefined && !matches(rhid, RHID)) ||
    (action !== "allow" && action !== "deny") ||
    params === null ||
    !isAddressed ||
    !isTimely
  )
    return { kind: "invalid", id };
  const target = { ...(device !== undefined && { device }), ...(rhid !== undefined && { rhid }) };
  const times = { minutes: Number(minutes), expiresAt: Number(expiresAt) };
  return { kind: "grant", grant: { id, gatewayId, ...target, params, action, ...times } };
};

const isMinutes = (value: unknown): boolean =>
  Number.isInteger(value) && Number(value) >= 0 && Number(value) <= MAX_MINUTES;
