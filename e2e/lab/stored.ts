// What the database holds, read beside every route of the Worker: whether somebody left a trace can only be told there.

import type { LabWorker } from "./worker.ts";

export interface Stored {
  identifiers: { kind: string }[];
  consents: { purpose: string; state: string; subject: string }[];
  deviceFacts: { kind: string; device: string | null; subject: string | null }[];
  visits: { startedAt: number; endedAt: number; subject: string }[];
}

export const storedIn = async (worker: LabWorker): Promise<Stored> => {
  const database = worker.runtime().d1();
  const rows = async <T>(sql: string): Promise<T[]> => (await database.prepare(sql).all<T>()).results;
  return {
    identifiers: await rows("SELECT kind FROM identifiers"),
    consents: await rows("SELECT purpose, state, subject FROM consents ORDER BY sequence"),
    deviceFacts: await rows("SELECT kind, device, subject FROM device_facts ORDER BY seq"),
    visits: await rows("SELECT started_at AS startedAt, ended_at AS endedAt, subject FROM visits"),
  };
};
