// Commits an answer or a withdrawal with everything that follows from it, in one D1 batch. It is guarded by the unique
// (subject, sequence): of two writers at one end of a chain the second fails whole and starts again.

import { type SQL, sql } from "drizzle-orm";
import type { ConsentState, Purpose } from "../../schema/consent.ts";
import type { SubjectKey } from "../../schema/ids.ts";
import { consents, wordings } from "../../schema/tables-people.ts";
import { deviceFacts } from "../../schema/tables.ts";
import { canonicalEntry } from "../core/consent/canonical.ts";
import type { SealedConsent } from "../core/consent/record.ts";
import { changed, updated } from "./change-log.ts";
import type { DeviceOwner } from "./consents.ts";
import type { Database } from "./database.ts";
import { putIdentifier } from "./identifier-rows.ts";
import { link, type RealmPair, unlink } from "./linking.ts";
import { personOf } from "./person-of.ts";
import { runAll } from "./run-all.ts";
import { isConflict, isErasedSince, refusalWhere } from "./tombstones.ts";

export interface LedgerCommit {
  subject: SubjectKey;
  /** Under which an erasure of the subject would be known. */
  tags: readonly string[];
  /** The end of the chain that the entries continue. */
  tail: { sequence: number; hash: string } | null;
  /** Of the store realm. */
  identifier: { kind: string; sealed: string };
  receiptId: string;
  /** With the id of each row, made beforehand so that a repeat is refused. */
  entries: { id: string; consent: SealedConsent; wordingText: string }[];
  permissions: { state: "granted" | "withdrawn"; at: number }[];
  /** Null where the device is not to be tied to anybody, or none was named. */
  signIn: DeviceOwner | null;
  /** A proof at the portal: where linking stands afterwards, each pair is of one value in both realms. */
  proof: { id: string; pairs: readonly RealmPair[] } | null;
  /** What stands now and did not before, or the other way. */
  changed: { purpose: Purpose; state: ConsentState }[];
  at: number;
}

/** An erasure takes the chain away; what was begun before it may not go on from where it ended. */
const isOutdated = ({ subject, tags, tail, at }: LedgerCommit): SQL => {
  const end =
    tail &&
    sql`EXISTS (SELECT 1 FROM ${consents} WHERE subject = ${subject} AND sequence = ${tail.sequence}
      AND hash = ${tail.hash})`;
  return end ? sql`(NOT ${end} OR ${isErasedSince(tags, at)})` : isErasedSince(tags, at);
};

const entryStatements = ({ subject, at, receiptId, entries }: LedgerCommit): SQL[] =>
  entries.flatMap(({ id, consent, wordingText }) => {
    const { entry, hash, signature, keyId } = consent;
    const { sequence, purpose, state, wording } = entry;
    return [
      sql`INSERT INTO ${wordings} (hash, id, version, language, purpose, text) VALUES (${wording.hash},
        ${wording.id}, ${wording.version}, ${wording.language}, ${purpose}, ${wordingText}) ON CONFLICT DO NOTHING`,
      sql`INSERT INTO ${consents}
        (id, subject, sequence, purpose, state, at, record, hash, signature, key_id, receipt_id)
        VALUES (${id}, ${subject}, ${sequence}, ${purpose}, ${state}, ${at}, ${canonicalEntry(entry)}, ${hash},
          ${signature}, ${keyId}, ${receiptId})`,
    ];
  });

/** Also for whoever of the same profile ever permitted it: one withdrawal ends the older grants of all (invariant 7). */
const withdrawnForAll = (subject: SubjectKey, at: number): SQL => sql`
  INSERT INTO ${deviceFacts} (kind, subject, at, state)
  SELECT 'permission', ${subject}, ${at}, 'withdrawn'
  UNION SELECT 'permission', f.subject, ${at}, 'withdrawn'
    FROM ${deviceFacts} f WHERE f.kind = 'permission' AND f.subject IN ${personOf(subject)}`;

const deviceStatements = ({ subject, at, permissions, signIn }: LedgerCommit): SQL[] => [
  ...permissions.map((permission) =>
    permission.state === "granted"
      ? sql`INSERT INTO ${deviceFacts} (kind, subject, at, state)
          VALUES ('permission', ${subject}, ${permission.at}, 'granted')`
      : withdrawnForAll(subject, permission.at),
  ),
  ...(signIn === null
    ? []
    : [
        sql`INSERT INTO ${deviceFacts} (kind, device, subject, branch_id, at)
          VALUES ('sign_in', ${signIn.device}, ${signIn.subject}, ${signIn.branchId}, ${at})`,
      ]),
];

const isUnlinking = ({ entries }: LedgerCommit): boolean =>
  entries.some(
    ({ consent: { entry } }) => entry.purpose === "profile_linking" && entry.state === "withdrawn",
  );

const linkStatements = (commit: LedgerCommit): SQL[] => {
  const { subject, at, proof } = commit;
  const pairs = proof?.pairs ?? [];
  return [
    ...(isUnlinking(commit) ? unlink(sql`SELECT ${subject} AS key`, at) : []),
    ...pairs.flatMap((pair) =>
      link({ id: `portal/${proof?.id}`, subject, ...pair, messageId: proof?.id ?? "", at }),
    ),
  ];
};

/** Whoever follows the profile is told once: of the consent, or that it shows something else. */
const changeStatements = ({ subject, at, changed: news }: LedgerCommit): SQL[] => {
  if (news.length === 0) return updated(sql`SELECT ${subject}`, at);
  const told = news.map((one) => ({ ...one, at: new Date(at).toISOString() }));
  return changed(subject, { type: "consent.changed", data: JSON.stringify({ consents: told }), at });
};

/** `conflict`: another writer or an erasure was first; nothing of this commit was stored. */
export const commitLedger = async (db: Database, commit: LedgerCommit): Promise<"committed" | "conflict"> => {
  const { subject, tags, at, identifier, proof } = commit;
  try {
    await runAll(db, [
      refusalWhere(isOutdated(commit)),
      ...putIdentifier({
        key: subject,
        ...identifier,
        at,
        tags,
        proven: proof === null ? "used" : "proven",
      }),
      ...entryStatements(commit),
      ...deviceStatements(commit),
      ...linkStatements(commit),
      ...changeStatements(commit),
    ]);
    return "committed";
  } catch (error) {
    if (isConflict(error)) return "conflict";
    throw error;
  }
};
