// Commits what a shopper proved and chose: consent records, identifier, permission and the sign-in of the device in
// one D1 batch. One writer a subject is not needed: the chain's unique (subject, sequence) lets one of two win and
// the other starts again from the new end.

import { randomBytes } from "node:crypto";
import type { Person } from "../../captive-portal/person.ts";
import type { SignIn, SignInLedger, Withdrawal } from "../../captive-portal/ports.ts";
import { PURPOSES, SENSITIVE } from "../../schema/consent.ts";
import type { BranchId, DeviceToken, SubjectKey } from "../../schema/ids.ts";
import { appendStatements, type Sealer } from "../core/consent/append.ts";
import { type Answer, standingSince } from "../core/consent/permission.ts";
import type { ConsentStatement } from "../core/consent/record.ts";
import type { Database } from "../store/database.ts";
import { commitLedger, type LedgerCommit } from "../store/commit-ledger.ts";
import type { RealmPair } from "../store/linking.ts";
import { insertSignIn, isKnownDevice, readLedger, receiptOfConsent } from "../store/consents.ts";
import { identifierOf } from "./keys.ts";
import type { TagsOf } from "../store/visit-sets.ts";
import type { Seal } from "./seal.ts";

export interface LedgerParts {
  db: Database;
  seal: Seal;
  sealer: Sealer;
  keyOf: (person: Person) => Promise<SubjectKey>;
  /** The same identifier in the commerce realm. */
  commerceKeyOf: (person: Person) => Promise<SubjectKey>;
  /** The e-mail that this person verified, in both realms; null where there is none. */
  emailOf: (subject: SubjectKey) => Promise<RealmPair | null>;
  tagsOf: TagsOf;
  /** Tells the branch after the commit; the branch also learns it by itself, so a failure is only a delay. */
  tell: (
    branchId: BranchId,
    signIn: { device: DeviceToken; at: number } | null,
    now: number,
  ) => Promise<void>;
  /** There is something to decide about identity. Must not throw and is not waited for. */
  settle: (now: number) => void;
}

const TRIES = 8;
const RETRY_MS = 1_000;

export const identifierContext = (subject: SubjectKey): string => `identifier/${subject}`;

const shown = async (sealer: Sealer, wording: SignIn["choices"][number]["wording"]) => ({
  id: wording.id,
  version: wording.version,
  language: wording.language,
  hash: await sealer.sha256(wording.text),
});

/** `at` is the time of the first commit: a repeat tells the same. */
type Attempt = "conflict" | { receiptId: string; at: number };

const appendAll = async (
  parts: LedgerParts,
  subject: SubjectKey,
  statements: readonly { id: string; text: string; statement: ConsentStatement }[],
  tail: { sequence: number; hash: string } | null,
  rest: Pick<LedgerCommit, "permissions" | "signIn" | "proof" | "changed" | "at"> & { person: Person },
): Promise<Attempt> => {
  const sealed = await appendStatements(
    tail,
    statements.map(({ statement }) => statement),
    parts.sealer,
  );
  const receiptId = randomBytes(18).toString("base64url");
  const { person, ...facts } = rest;
  const { kind, value } = identifierOf(person);
  const outcome = await commitLedger(parts.db, {
    subject,
    tags: parts.tagsOf(subject),
    tail,
    identifier: { kind, sealed: await parts.seal.seal(value, identifierContext(subject)) },
    receiptId,
    entries: sealed.flatMap((consent, index) => {
      const made = statements[index];
      return made ? [{ id: made.id, consent, wordingText: made.text }] : [];
    }),
    ...facts,
  });
  return outcome === "conflict" ? "conflict" : { receiptId, at: rest.at };
};

/** What stands after the statements and did not before, or the other way. */
const changesOf = (subject: SubjectKey, before: readonly Answer[], after: readonly Answer[]) =>
  PURPOSES.flatMap((purpose): LedgerCommit["changed"] => {
    const stood = standingSince(before, { subject, purpose }) !== null;
    const stands = standingSince(after, { subject, purpose }) !== null;
    return stood === stands ? [] : [{ purpose, state: stands ? "granted" : "withdrawn" }];
  });

/** Whoever begins to link means what was proven before, too: a verified e-mail is not asked for again. */
const pairsOf = async (
  parts: LedgerParts,
  person: Person,
  subject: SubjectKey,
  changes: LedgerCommit["changed"],
): Promise<RealmPair[]> => {
  const own = { proven: subject, commerce: await parts.commerceKeyOf(person) };
  const begins = changes.some(({ purpose, state }) => purpose === "profile_linking" && state === "granted");
  const email = begins ? await parts.emailOf(subject) : null;
  return email === null ? [own] : [own, email];
};

const rowId = (signInId: string, purpose: string): string => `${signInId}/${purpose}`;

const commitOnce = async (parts: LedgerParts, signIn: SignIn): Promise<Attempt> => {
  const subject = await parts.keyOf(signIn.person);
  const before = await receiptOfConsent(parts.db, rowId(signIn.id, signIn.choices[0]?.purpose ?? ""));
  if (before !== null) return before;
  const { tail, answers } = await readLedger(parts.db, subject);
  const { now: at, branchId, gatewayId, proof } = signIn;
  const statements = await Promise.all(
    signIn.choices.map(async ({ purpose, state, wording, toldSensitive }) => ({
      id: rowId(signIn.id, purpose),
      text: wording.text,
      statement: {
        subject,
        purpose,
        state,
        wording: await shown(parts.sealer, wording),
        branchId,
        gatewayId,
        at,
        method: "portal_form" as const,
        proof,
        toldSensitive,
        userInitiated: true,
      },
    })),
  );
  const after: Answer[] = [...answers, ...statements.map(({ statement }) => statement)];
  const recognised = standingSince(after, { subject, purpose: "visit_recognition" }) !== null;
  const granted = statements.some(
    ({ statement }) => statement.purpose === "visit_recognition" && statement.state === "granted",
  );
  const changes = changesOf(subject, answers, after);
  return appendAll(parts, subject, statements, tail, {
    person: signIn.person,
    at,
    permissions: granted && recognised ? [{ state: "granted", at }] : [],
    signIn: await ownershipOf(parts.db, signIn, recognised ? subject : null),
    proof: { id: signIn.id, pairs: await pairsOf(parts, signIn.person, subject, changes) },
    changed: changes,
  });
};

/**
 * A device is tied to a person only under recognition consent. Somebody without it ends an earlier owner's claim;
 * a device that was never tied to anybody stays unknown.
 */
const ownershipOf = async (
  db: Database,
  { device, branchId }: Pick<SignIn, "device" | "branchId">,
  subject: SubjectKey | null,
): Promise<LedgerCommit["signIn"]> => {
  if (device === null) return null;
  if (subject === null && !(await isKnownDevice(db, device))) return null;
  return { device, subject, branchId };
};

const withdrawOnce = async (parts: LedgerParts, withdrawal: Withdrawal): Promise<Attempt> => {
  const subject = await parts.keyOf(withdrawal.person);
  const before = await receiptOfConsent(parts.db, withdrawal.id);
  if (before !== null) return before;
  const { tail, answers } = await readLedger(parts.db, subject);
  // Nothing was ever answered, or all of it was erased: there is nothing to withdraw, and nobody to write down.
  if (tail === null) return { receiptId: "", at: withdrawal.now };
  const { purpose, wording, branchId, gatewayId, proof, now } = withdrawal;
  // Clocks of two requests may differ: what was granted before it is never later than it (invariant 7).
  const at = Math.max(now, ...answers.map((answer) => answer.at));
  const statement: ConsentStatement = {
    subject,
    purpose,
    state: "withdrawn",
    wording: await shown(parts.sealer, wording),
    branchId,
    gatewayId,
    at,
    method: proof.kind === "request" ? "request" : "portal_withdrawal",
    proof,
    toldSensitive: SENSITIVE[purpose],
    userInitiated: true,
  };
  return appendAll(parts, subject, [{ id: withdrawal.id, text: wording.text, statement }], tail, {
    person: withdrawal.person,
    at,
    permissions: purpose === "visit_recognition" ? [{ state: "withdrawn", at }] : [],
    signIn: null,
    proof: null,
    changed: changesOf(subject, answers, [...answers, statement]),
  });
};

/** Starts again from the new end of the chain each time somebody else was first. */
const untilCommitted = async (
  attempt: () => Promise<Attempt>,
): Promise<Exclude<Attempt, "conflict"> | null> => {
  for (let tries = 0; tries < TRIES; tries++) {
    const outcome = await attempt();
    if (outcome !== "conflict") return outcome;
  }
  return null;
};

export const signInLedger = (parts: LedgerParts): SignInLedger => ({
  commit: async (signIn) => {
    const done = await untilCommitted(() => commitOnce(parts, signIn));
    if (!done) return { kind: "retry", afterMs: RETRY_MS };
    const { device, branchId, now } = signIn;
    parts.settle(now);
    await parts.tell(branchId, device === null ? null : { device, at: done.at }, now);
    return { kind: "committed", receiptId: done.receiptId };
  },
  claim: async ({ person, device, branchId, at, now }) => {
    const subject = await parts.keyOf(person);
    const { answers } = await readLedger(parts.db, subject);
    const recognised = standingSince(answers, { subject, purpose: "visit_recognition" }) !== null;
    const owner = await ownershipOf(parts.db, { device, branchId }, recognised ? subject : null);
    if (owner === null) return { kind: "claimed" };
    await insertSignIn(parts.db, { ...owner, at, tags: parts.tagsOf(subject) });
    await parts.tell(branchId, { device, at }, now);
    return { kind: "claimed" };
  },
  standing: async (person) => {
    const subject = await parts.keyOf(person);
    const { answers } = await readLedger(parts.db, subject);
    return PURPOSES.flatMap((purpose) => {
      const since = standingSince(answers, { subject, purpose });
      return since === null ? [] : [{ purpose, since }];
    });
  },
  withdraw: async (withdrawal) => {
    const done = await untilCommitted(() => withdrawOnce(parts, withdrawal));
    if (!done) return { kind: "retry", afterMs: RETRY_MS };
    parts.settle(withdrawal.now);
    // From the shopper's own page no branch is told: each learns it within its 20 s from the log of facts.
    if (withdrawal.branchId !== null) await parts.tell(withdrawal.branchId, null, withdrawal.now);
    return { kind: "withdrawn" };
  },
});
