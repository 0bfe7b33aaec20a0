// What branch objects follow: device facts in commit order. D1 has one writer, so `seq` order is commit order.

import { asc, gt } from "drizzle-orm";
import type { BranchId, DeviceToken, SubjectKey } from "../../schema/ids.ts";
import { deviceFacts } from "../../schema/tables.ts";
import type { DeviceFact } from "../core/presence/device-fact.ts";
import type { Database } from "./database.ts";

type Row = typeof deviceFacts.$inferSelect;

const toFact = (row: Row): DeviceFact | null => {
  const { seq, at } = row;
  switch (row.kind) {
    case "sign_in":
      return {
        seq,
        at,
        kind: "sign_in",
        device: row.device as DeviceToken,
        subject: row.subject as SubjectKey | null,
        branchId: row.branchId as BranchId,
      };
    case "permission": {
      const state = row.state === "granted" ? "granted" : "withdrawn";
      return { seq, at, kind: "permission", subject: row.subject as SubjectKey, state };
    }
    case "exclusion":
      return {
        seq,
        at,
        kind: "exclusion",
        device: row.device as DeviceToken,
        state: row.state === "on" ? "on" : "off",
      };
    case "erasure": {
      const seqs = JSON.parse(row.state ?? "[]") as number[];
      return { seq, at, kind: "erasure", device: row.device as DeviceToken | null, seqs };
    }
    default:
      return null;
  }
};

export const factsAfter = async (db: Database, seq: number, limit: number): Promise<DeviceFact[]> => {
  const rows = await db
    .select()
    .from(deviceFacts)
    .where(gt(deviceFacts.seq, seq))
    .orderBy(asc(deviceFacts.seq))
    .limit(limit);
  return rows.flatMap((row) => toFact(row) ?? []);
};
