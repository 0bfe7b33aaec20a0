// Name and e-mail as a person gives them: sealed at rest, the e-mail counting only after the link that was sent to it.

import { createHash, randomBytes } from "node:crypto";
import { readEmail, readName } from "../../../captive-portal/person-details.ts";
import {
  type Corrected,
  EMAIL_LINK_PATH,
  type EmailVerdict,
  type Rights,
} from "../../../captive-portal/rights.ts";
import type { HeldDetails } from "../../../captive-portal/person-view.ts";
import type { SubjectKey } from "../../../schema/ids.ts";
import {
  countLinks,
  type DetailsRow,
  findDetails,
  findLink,
  saveDetails,
  verifyLink,
} from "../../store/person-details.ts";
import { describeError } from "../../describe-error.ts";
import { identifierContext } from "../ledger.ts";
import type { Seal } from "../seal.ts";
import type { RightsParts } from "./parts.ts";

const LINK_MS = 24 * 3_600_000;
/** Somebody's mailbox must not be filled by whoever types its address. */
const MOST_LINKS = 5;

export const nameContext = (subject: string): string => `person-name/${subject}`;
const emailContext = (subject: string): string => `person-email/${subject}`;
const hashOf = (token: string): string => createHash("sha256").update(token).digest("base64url");
/** Of the message; made from the hash, so that the evidence names what was sent. */
const messageIdOf = (hash: string): string => `mail_${hash.slice(0, 22)}`;

export const openDetails = async (
  seal: Seal,
  subject: SubjectKey,
  row: DetailsRow | null,
): Promise<HeldDetails> => ({
  name: row?.name ? await seal.open(row.name, nameContext(subject)) : null,
  email: row?.email
    ? { value: await seal.open(row.email, emailContext(subject)), verifiedAt: row.emailVerifiedAt }
    : null,
});

const read = (typed: string | null | undefined, parse: (text: string) => string | null) =>
  typed === undefined || typed === null ? { ok: true, value: typed } : parsed(parse(typed));

const parsed = (value: string | null) => ({ ok: value !== null, value });

export const correct =
  (parts: RightsParts): Rights["correct"] =>
  async (person, correction, ask): Promise<Corrected> => {
    const { db, seal } = parts;
    const name = read(correction.name, readName);
    if (!name.ok) return { kind: "invalid", field: "name" };
    const email = read(correction.email, readEmail);
    if (!email.ok) return { kind: "invalid", field: "email" };
    const subject = await parts.keyOf(person);
    const before = await findDetails(db, subject);
    const row: DetailsRow = {
      subject,
      name: before?.name ?? null,
      email: before?.email ?? null,
      emailKey: before?.emailKey ?? null,
      emailVerifiedAt: before?.emailVerifiedAt ?? null,
      updatedAt: ask.now,
    };
    if (name.value !== undefined)
      row.name = name.value === null ? null : await seal.seal(name.value, nameContext(subject));
    const address = email.value;
    if (address === null) Object.assign(row, { email: null, emailKey: null, emailVerifiedAt: null });
    else if (address !== undefined) {
      const emailKey = await parts.emailKeyOf(address);
      if (emailKey !== row.emailKey)
        Object.assign(row, {
          email: await seal.seal(address, emailContext(subject)),
          emailKey,
          emailVerifiedAt: null,
        });
    }
    const wanted = typeof address === "string" && row.emailVerifiedAt === null;
    const limited = wanted && (await countLinks(db, subject, ask.now - LINK_MS)) >= MOST_LINKS;
    const token = randomBytes(24).toString("base64url");
    const hash = hashOf(token);
    const link =
      wanted && !limited && parts.emails !== null
        ? {
            hash,
            subject,
            emailKey: row.emailKey ?? "",
            createdAt: ask.now,
            expiresAt: ask.now + LINK_MS,
            usedAt: null,
          }
        : null;
    const outcome = await saveDetails(db, row, { before, tags: parts.tagsOf(subject), link });
    if (outcome === "refused") return { kind: "unknown" };
    parts.settleLater(ask.now);
    const kept = (state: Extract<Corrected, { kind: "kept" }>["email"]): Corrected => ({
      kind: "kept",
      email: state,
      localLink: null,
    });
    if (address === undefined) return kept("unchanged");
    if (address === null) return kept("none");
    if (!wanted) return kept("verified");
    if (limited) return kept("limited");
    if (link === null || parts.emails === null) return kept("not_sent");
    const { origin, brand, language, now } = ask;
    const sent = await parts.emails
      .sendLink({
        messageId: messageIdOf(hash),
        to: address,
        url: `${origin}${EMAIL_LINK_PATH}${token}`,
        brand,
        language,
        expiresAt: link.expiresAt,
        now,
      })
      .catch((error: unknown) => ({ kind: "refuse" as const, reason: describeError(error) }));
    if (sent.kind === "done") return { kind: "kept", email: "sent", localLink: sent.localLink };
    console.warn("A link to an e-mail was not taken over", {
      outcome: sent.kind,
      messageId: messageIdOf(hash),
    });
    return kept("not_sent");
  };

export const verifyEmail =
  ({ db, seal, tagsOf, commerceKeyOf, settleLater }: RightsParts): Rights["verifyEmail"] =>
  async (token, now): Promise<EmailVerdict> => {
    const hash = hashOf(token);
    const found = await findLink(db, hash);
    if (!found) return { kind: "refused", reason: "unknown" };
    const { link, details } = found;
    if (link.usedAt !== null) return { kind: "refused", reason: "used" };
    if (link.expiresAt <= now) return { kind: "refused", reason: "expired" };
    if (!details?.email || details.emailKey !== link.emailKey) return { kind: "refused", reason: "stale" };
    const value = await seal.open(details.email, emailContext(link.subject));
    const sealed = await seal.seal(value, identifierContext(link.emailKey as SubjectKey));
    const outcome = await verifyLink(db, link, {
      sealed,
      messageId: messageIdOf(hash),
      at: now,
      tags: tagsOf(link.emailKey),
      commerce: await commerceKeyOf({ kind: "email", value }),
    });
    if (outcome === "done") settleLater(now);
    return outcome === "done" ? { kind: "verified" } : { kind: "refused", reason: "used" };
  };
