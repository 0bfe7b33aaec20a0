// Not to be counted: a shopper's own choice, and what staff do to their phones. Branch objects follow the facts within
// 20 s of their next report; each forgets what it holds of the device.

import { randomBytes } from "node:crypto";
import type { CountingAsk, Rights } from "../../../captive-portal/rights.ts";
import type { Person } from "../../../captive-portal/person.ts";
import { excludeStaffDevice, setExclusion } from "../../store/exclusions.ts";
import { findStaffCode } from "../../store/staff-codes.ts";
import type { RightsParts } from "./parts.ts";
import { staffCodeHash } from "./staff-code.ts";

const set =
  ({ db, keyOf }: RightsParts, state: "on" | "off") =>
  async (person: Person | null, { device, every, now }: CountingAsk) => {
    const subject = person !== null && every === "all" ? await keyOf(person) : null;
    return { devices: await setExclusion(db, { device, subject }, state, now) };
  };

export const optOut = (parts: RightsParts): Rights["optOut"] => set(parts, "on");
export const optIn = (parts: RightsParts): Rights["optIn"] => set(parts, "off");

export const excludeStaff =
  ({ db }: RightsParts): Rights["excludeStaff"] =>
  async (code, device, { now }) => {
    const found = await findStaffCode(db, staffCodeHash(code));
    if (!found) return { kind: "refused", reason: "unknown" };
    if (found.expiresAt <= now) return { kind: "refused", reason: "expired" };
    if (device === null) return { kind: "refused", reason: "no_device" };
    await excludeStaffDevice(db, device, now, {
      id: `au_${randomBytes(12).toString("hex")}`,
      at: now,
      actor: "staff",
      action: "device.exclude",
      target: found.branchId,
    });
    return { kind: "excluded" };
  };
