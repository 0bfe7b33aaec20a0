// The rows of one branch object without its shell: tests say what is seen and learned, move the clock and read what
// would be published.

import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { type BranchSettings, DEFAULT_DEFINITIONS } from "../../schema/definitions.ts";
import type { BranchId, BusinessDay, DeviceToken, SubjectKey } from "../../schema/ids.ts";
import type { FactMessage } from "../../schema/messages.ts";
import { boundsOf } from "../core/presence/day.ts";
import type { DeviceFact } from "../core/presence/device-fact.ts";
import { applyFacts } from "../objects/branch/apply-facts.ts";
import { type JudgedObservation, takeObservations } from "../objects/branch/ingest.ts";
import { forgetOld, publishFootfall, publishVisits } from "../objects/branch/publish.ts";
import { DEVICES, SUBJECTS } from "./model/scenario.ts";

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
const BRANCH = "q1" as BranchId;
export const [PHONE, OTHER] = DEVICES.map((device) => device as DeviceToken) as [DeviceToken, DeviceToken];
export const [AN, BINH] = SUBJECTS.map((subject) => subject as SubjectKey) as [SubjectKey, SubjectKey];
const PLACE = { timezone: "Asia/Ho_Chi_Minh", dayStartHour: 4 };
export const DAY = boundsOf("2026-11-02" as BusinessDay, PLACE);
export const NOON = DAY.start + 8 * HOUR;

type NewFact = DeviceFact extends infer F ? (F extends DeviceFact ? Omit<F, "seq"> : never) : never;
export const signIn = (at: number, subject: SubjectKey | null = AN): NewFact => ({
  kind: "sign_in",
  device: PHONE,
  subject,
  branchId: BRANCH,
  at,
});
export const word = (at: number, state: "granted" | "withdrawn", subject = AN): NewFact => ({
  kind: "permission",
  subject,
  at,
  state,
});
export const exclusion = (state: "on" | "off"): NewFact => ({
  kind: "exclusion",
  device: PHONE,
  at: NOON,
  state,
});

/** One branch's rows and a clock that only goes forward. */
export const branchOf = (sql: SqlStorage, definitions = DEFAULT_DEFINITIONS) => {
  for (const table of ["facts", "days", "footfall", "recognised", "outbox"]) sql.exec(`DELETE FROM ${table}`);
  const settings: BranchSettings = { ...PLACE, definitions, definitionsVersion: "test" };
  let seq = 0;
  let now = NOON;
  const messages = () =>
    sql
      .exec<{ body: string }>("SELECT body FROM outbox ORDER BY id")
      .toArray()
      .map((row) => JSON.parse(row.body) as FactMessage);
  return {
    sql,
    learn: (...facts: NewFact[]) =>
      applyFacts(
        sql,
        facts.map((fact): DeviceFact => ({ ...fact, seq: ++seq })),
        BRANCH,
        settings,
        now,
      ),
    see: (from: number, to: number, device = PHONE) => {
      const seen: JudgedObservation = { index: 0, device, from, to, left: true, randomised: false };
      return takeObservations(sql, [seen], BRANCH, settings, now);
    },
    publishAt: (at: number) => {
      now = at;
      publishVisits(sql, BRANCH, settings, now);
      publishFootfall(sql, BRANCH, settings, now);
      forgetOld(sql, settings, now);
    },
    visits: () => messages().findLast((message) => message.kind === "visits"),
    footfall: () => messages().findLast((message) => message.kind === "footfall"),
    messages,
  };
};

export const inObject = (work: (sql: SqlStorage) => void): Promise<void> =>
  runInDurableObject(env.BRANCH.get(env.BRANCH.idFromName("late")), (_, state) => work(state.storage.sql));
