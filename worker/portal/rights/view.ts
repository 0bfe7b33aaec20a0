// What is held about a person, opened and put into words: the view of the shopper's own page.

import { NO_PURCHASES } from "../../../captive-portal/purchases.ts";
import type { Rights } from "../../../captive-portal/rights.ts";
import type { HeldDevice, PersonView } from "../../../captive-portal/person-view.ts";
import { RECIPIENTS, RETENTION } from "../../../captive-portal/retention.ts";
import { PURPOSES, type Purpose } from "../../../schema/consent.ts";
import type { BusinessDay, SubjectKey } from "../../../schema/ids.ts";
import { answersOf } from "../../core/consent/answers.ts";
import { REQUEST_KINDS } from "../../../schema/requests.ts";
import { type Answer, standingSince } from "../../core/consent/permission.ts";
import type { ConsentEntry } from "../../core/consent/record.ts";
import { type EventsRead, type PersonRows, readPerson } from "../../store/person-rows.ts";
import { openDetails } from "./details.ts";
import { heldPurchases, openIdentifier } from "./held-purchases.ts";
import type { RightsParts } from "./parts.ts";

type Names = ReadonlyMap<string, { name: string; timezone: string }>;

const nameOf = (names: Names, id: string | null): string | null =>
  id === null ? null : (names.get(id)?.name ?? id);

/** A device is the person's while nobody signed in on it since. */
const devicesOf = ({ facts }: PersonRows, subject: SubjectKey, names: Names): HeldDevice[] => {
  const tokens = [...new Set(facts.map(({ device }) => device))];
  return tokens
    .flatMap((token) => {
      const own = facts.filter(({ device }) => device === token);
      const signIns = own
        .filter(({ kind }) => kind === "sign_in")
        .toSorted((a, b) => a.at - b.at || ((a.subject ?? "") < (b.subject ?? "") ? -1 : 1));
      const last = signIns.at(-1);
      const first = signIns.find((signIn) => signIn.subject === subject);
      if (!first || last?.subject !== subject) return [];
      const excluded = own.findLast(({ kind }) => kind === "exclusion")?.state === "on";
      return [
        {
          firstSignInAt: first.at,
          lastSignInAt: last.at,
          lastBranchName: nameOf(names, last.branchId),
          counted: !excluded,
        },
      ];
    })
    .toSorted((a, b) => a.firstSignInAt - b.firstSignInAt)
    .map((device, index) => ({ number: index + 1, ...device }));
};

const consentsOf = ({ records }: PersonRows, names: Names): PersonView["consents"] =>
  records.map(({ record, receiptId, text }) => {
    const entry = JSON.parse(record) as ConsentEntry;
    return {
      purpose: entry.purpose,
      state: entry.state,
      at: entry.at,
      wording: {
        ...entry.wording,
        language: entry.wording.language === "en" ? "en" : "vi",
        text: text ?? "",
      },
      branchName: nameOf(names, entry.branchId),
      method: entry.method,
      receiptId,
      sequence: entry.sequence,
    };
  });

const standingOf = (
  { records, withdrawnByOthers }: PersonRows,
  subject: SubjectKey,
): PersonView["standing"] => {
  const answers: Answer[] = [
    ...answersOf(records.map((row) => ({ ...row, subject }))),
    ...withdrawnByOthers.map(({ subject: other, purpose, at }) => ({
      subject: other as SubjectKey,
      purpose: purpose as Purpose,
      state: "withdrawn" as const,
      at,
      userInitiated: true,
    })),
  ];
  return PURPOSES.flatMap((purpose) => {
    const since = standingSince(answers, { subject, purpose });
    return since === null ? [] : [{ purpose, since }];
  });
};

const held =
  ({ db, seal, keyOf, tagsOf, emails }: RightsParts, read: EventsRead): Rights["view"] =>
  async (person, now) => {
    const subject = await keyOf(person);
    const rows = await readPerson(db, subject, tagsOf(subject), read);
    const standing = standingOf(rows, subject);
    const linked = standing.some(({ purpose }) => purpose === "profile_linking");
    const names: Names = new Map(rows.branches.map(({ id, ...branch }) => [id, branch]));
    return {
      at: now,
      identifiers: await Promise.all(
        rows.identifiers.filter(({ realm }) => realm === "store").map((row) => openIdentifier(seal, row)),
      ),
      details: await openDetails(seal, subject, rows.details),
      standing,
      consents: consentsOf(rows, names),
      devices: devicesOf(rows, subject, names),
      visits: rows.visits.map(({ branchId, day, startedAt, endedAt, counted }) => ({
        branchName: nameOf(names, branchId) ?? branchId,
        timezone: names.get(branchId)?.timezone ?? "UTC",
        day: day as BusinessDay,
        startedAt,
        endedAt,
        counted: counted === 1,
      })),
      firsts: rows.firsts.map(({ branchId, firstAt }) => ({
        branchName: nameOf(names, branchId) ?? branchId,
        firstAt,
      })),
      purchases: linked ? await heldPurchases(seal, rows, (id) => nameOf(names, id)) : NO_PURCHASES,
      requests: rows.requests.map(({ id, kind, receivedAt, replyDueAt, dueAt }) => ({
        id,
        kind: REQUEST_KINDS.find((one) => one === kind) ?? "other",
        receivedAt,
        replyDueAt,
        dueAt,
      })),
      erasedAt: rows.erasures,
      recipients: RECIPIENTS.filter((recipient) => recipient !== "email_sender" || emails !== null),
      retention: RETENTION,
    };
  };

export const view = (parts: RightsParts): Rights["view"] => held(parts, "counted");
export const copy = (parts: RightsParts): Rights["copy"] => held(parts, "each");
