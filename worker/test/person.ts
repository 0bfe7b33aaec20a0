// A person who signs in on a device, committed through the portal's real ledger.

import { env } from "cloudflare:workers";
import type { Person } from "../../captive-portal/person.ts";
import { PURPOSES, type Purpose } from "../../schema/consent.ts";
import type { BranchId, DeviceToken, GatewayId } from "../../schema/ids.ts";
import type { PhoneNumber } from "../../schema/phone.ts";
import { servicesOf } from "../compose.ts";
import type { Env } from "../env.ts";
import { portalPorts } from "../portal/portal-ports.ts";
import { tokenOf } from "./agent.ts";

export const testServices = () => {
  const result = servicesOf(env as unknown as Env);
  if (!result.ok) throw new Error(result.problems.join(", "));
  return result.services;
};

const wording = (purpose: Purpose) =>
  ({ id: purpose, version: "1", language: "vi", text: `Nội dung: ${purpose}` }) as const;

const place = (branchId: string) => ({
  branchId: branchId as BranchId,
  gatewayId: "gw_00000000" as GatewayId,
});

export const signIn = async (
  branchId: string,
  mac: string,
  who: string | Person,
  now: number,
  granted: readonly Purpose[] = ["visit_recognition"],
): Promise<void> => {
  const id = crypto.randomUUID();
  const outcome = await portalPorts(testServices()).ledger.commit({
    ...place(branchId),
    id,
    proof: { kind: "otp", messageId: `otp_${id}` },
    person: typeof who === "string" ? { kind: "phone", phone: who as PhoneNumber } : who,
    device: tokenOf(mac) as DeviceToken,
    choices: PURPOSES.map((purpose) => ({
      purpose,
      state: granted.includes(purpose) ? "granted" : "refused",
      wording: wording(purpose),
      toldSensitive: purpose === "visit_recognition",
    })),
    now,
  });
  if (outcome.kind !== "committed") throw new Error("The sign-in was not committed");
};

export const withdraw = async (
  branchId: string,
  phone: string,
  now: number,
  purpose: Purpose = "visit_recognition",
): Promise<void> => {
  const id = crypto.randomUUID();
  const outcome = await portalPorts(testServices()).ledger.withdraw({
    ...place(branchId),
    id,
    proof: { kind: "otp", messageId: `otp_${id}` },
    person: { kind: "phone", phone: phone as PhoneNumber },
    purpose,
    wording: wording(purpose),
    now,
  });
  if (outcome.kind !== "withdrawn") throw new Error("The withdrawal was not committed");
};
