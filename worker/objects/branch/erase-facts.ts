// Forgets a person who was erased: whose the named facts were, what was published under that name and what still waits
// to be. Devices stay, as devices of nobody. The log names facts by their `seq` alone, so it never says who it was.

import type { DeviceToken } from "../../../schema/ids.ts";
import { FactMessage } from "../../../schema/messages.ts";
import type { DeviceFact } from "../../core/presence/device-fact.ts";

type ErasureFact = Extract<DeviceFact, { kind: "erasure" }>;

/** Answers the devices whose owner is another, or nobody, now. */
export const eraseFacts = (sql: SqlStorage, facts: readonly DeviceFact[]): DeviceToken[] => {
  const erasures = facts.filter((fact): fact is ErasureFact => fact.kind === "erasure");
  const seqs = JSON.stringify(erasures.flatMap((fact) => fact.seqs));
  const named = sql
    .exec<{ device: string | null; subject: string }>(
      "SELECT device, subject FROM facts WHERE seq IN (SELECT value FROM json_each(?)) AND subject IS NOT NULL",
      seqs,
    )
    .toArray();
  const devices = [...new Set(named.flatMap((row) => row.device ?? []))];
  // The claim of nobody stays where an earlier owner would get the device back without it.
  sql.exec(
    "UPDATE facts SET subject = NULL WHERE kind = 'sign_in' AND seq IN (SELECT value FROM json_each(?))",
    seqs,
  );
  sql.exec("DELETE FROM facts WHERE kind = 'permission' AND seq IN (SELECT value FROM json_each(?))", seqs);
  sql.exec(
    `DELETE FROM facts WHERE kind = 'sign_in' AND device IN (SELECT value FROM json_each(?1)) AND device NOT IN (
      SELECT device FROM facts WHERE kind = 'sign_in' AND subject IS NOT NULL)`,
    JSON.stringify(devices),
  );
  for (const subject of new Set(named.map((row) => row.subject))) {
    erasePublished(sql, subject);
    eraseOutbox(sql, subject);
  }
  return devices as DeviceToken[];
};

interface Visit {
  subject: string;
}

/** What D1 holds after its own erasure, so that the next publication compares with that. */
const erasePublished = (sql: SqlStorage, subject: string): void => {
  for (const { device, day, published } of sql
    .exec<{ device: string; day: string; published: string }>(
      "SELECT device, day, published FROM recognised WHERE instr(published, ?) > 0",
      subject,
    )
    .toArray()) {
    const [randomised, visits] = JSON.parse(published) as [boolean, Visit[]];
    const rest = visits.filter((visit) => visit.subject !== subject);
    sql.exec(
      "UPDATE recognised SET published = ? WHERE device = ? AND day = ?",
      JSON.stringify([randomised, rest]),
      device,
      day,
    );
  }
};

const eraseOutbox = (sql: SqlStorage, subject: string): void => {
  for (const { id, body } of sql
    .exec<{ id: number; body: string }>("SELECT id, body FROM outbox WHERE instr(body, ?) > 0", subject)
    .toArray()) {
    const message = FactMessage.parse(JSON.parse(body));
    if (message.kind === "visit_started") sql.exec("DELETE FROM outbox WHERE id = ?", id);
    if (message.kind !== "visits") continue;
    const visits = message.visits.filter((visit) => visit.subject !== subject);
    sql.exec("UPDATE outbox SET body = ? WHERE id = ?", JSON.stringify({ ...message, visits }), id);
  }
};
