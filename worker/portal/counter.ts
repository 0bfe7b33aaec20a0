// The portal's codes for the counter (guarantees: captive-portal/ports.ts).

import { createHash, randomBytes } from "node:crypto";
import type { CounterCodes } from "../../captive-portal/ports.ts";
import type { Person } from "../../captive-portal/person.ts";
import type { SubjectKey } from "../../schema/ids.ts";
import { insertCounterCode } from "../store/counter-codes.ts";
import type { Database } from "../store/database.ts";

const LIFE_MS = 120_000;
const MOST = 5;

/** How a code is known. */
export const counterCodeHash = (code: string): string =>
  createHash("sha256").update(`quen-counter/${code}`).digest("base64url");

export const counterCodes = (db: Database, keyOf: (person: Person) => Promise<SubjectKey>): CounterCodes => ({
  issue: async (person, { origin, now }) => {
    const code = randomBytes(16).toString("base64url");
    const expiresAt = now + LIFE_MS;
    const row = { hash: counterCodeHash(code), subject: await keyOf(person), expiresAt };
    const inserted = await insertCounterCode(db, row, { most: MOST, now });
    return inserted ? { url: `${origin}/counter/q/${code}`, expiresAt } : null;
  },
});
