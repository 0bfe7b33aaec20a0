// Profiles and their changes put into D1 as deciding about them would, for tests of what follows the log.

import { env } from "cloudflare:workers";

let made = 0;

/** 22 characters that end as 16 bytes do. */
export const newKey = (): string => {
  made += 1;
  return `${"k".repeat(10)}${String(made).padStart(11, "0")}A`;
};

export interface MadeProfile {
  readonly key: string;
  readonly id: string;
}

/** One identifier of its own, and a profile of it. */
export const makeProfile = async (key = newKey()): Promise<MadeProfile> => {
  const id = `pr_${Buffer.from(key).toString("hex").slice(-32)}`;
  await env.DB.batch([
    env.DB.prepare(
      `INSERT INTO identifiers (key, realm, kind, sealed, first_seen_at, last_seen_at) VALUES (?, 'store', 'phone', 'sealed', 1, 1)`,
    ).bind(key),
    env.DB.prepare("INSERT INTO aliases VALUES (?, ?, 0, 1)").bind(id, key),
    env.DB.prepare("INSERT INTO assignments VALUES (?, ?)").bind(key, key),
    env.DB.prepare("INSERT INTO profiles VALUES (?, ?, 0, 1, 1, 1, 1)").bind(key, id),
  ]);
  return { key, id };
};

/** As the ledger would; only what permission depends on. */
export const consent = async (
  key: string,
  state: "granted" | "withdrawn",
  at: number,
  purpose = "visit_recognition",
): Promise<void> => {
  const id = crypto.randomUUID();
  await env.DB.prepare(
    `INSERT INTO consents (id, subject, sequence, purpose, state, at, record, hash, signature, key_id, receipt_id)
    SELECT ?1, ?2, (SELECT count(*) + 1 FROM consents WHERE subject = ?2), ?3, ?4, ?5, '{"userInitiated":true}', '', '', '', ''`,
  )
    .bind(id, key, purpose, state, at)
    .run();
};

/** Its `seq`. */
export const logChange = async (
  type: string,
  profileId: string,
  more: { previousIds?: string[]; data?: unknown; at?: number } = {},
): Promise<number> => {
  const row = await env.DB.prepare(
    "INSERT INTO changes (type, profile_id, previous_ids, data, at) VALUES (?, ?, ?, ?, ?) RETURNING seq",
  )
    .bind(
      type,
      profileId,
      more.previousIds === undefined ? null : JSON.stringify(more.previousIds),
      more.data === undefined ? null : JSON.stringify(more.data),
      more.at ?? Date.now(),
    )
    .first<{ seq: number }>();
  if (row === null) throw new Error("The change was not logged");
  return row.seq;
};
