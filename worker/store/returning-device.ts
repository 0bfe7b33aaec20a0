// Whether a device may come back with one tap. Answers yes or no and never whose it is.

import { and, desc, eq, or } from "drizzle-orm";
import type { DeviceToken } from "../../schema/ids.ts";
import { deviceFacts } from "../../schema/tables.ts";
import type { Database } from "./database.ts";

export const isReturning = async (
  db: Database,
  device: DeviceToken,
  { now, withinMs }: { now: number; withinMs: number },
): Promise<boolean> => {
  const of = eq(deviceFacts.device, device);
  const facts = await db
    .select()
    .from(deviceFacts)
    .where(and(of, or(eq(deviceFacts.kind, "sign_in"), eq(deviceFacts.kind, "exclusion"))))
    .orderBy(desc(deviceFacts.at), desc(deviceFacts.seq));
  const latest = facts.find(({ kind }) => kind === "sign_in");
  const excluded = facts.find(({ kind }) => kind === "exclusion")?.state === "on";
  if (!latest || latest.subject === null || excluded || now - latest.at > withinMs) return false;
  const [permission] = await db
    .select({ state: deviceFacts.state })
    .from(deviceFacts)
    .where(and(eq(deviceFacts.subject, latest.subject), eq(deviceFacts.kind, "permission")))
    .orderBy(desc(deviceFacts.at), desc(deviceFacts.seq))
    .limit(1);
  return permission?.state === "granted";
};
