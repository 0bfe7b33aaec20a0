// Erases a profile because its person asked an operator, or because it may not be kept any more.

import { randomBytes } from "node:crypto";
import type { ProfileId, SubjectKey } from "../../../schema/ids.ts";
import type { ErasureAsk } from "../../../schema/wire/rights.ts";
import { dueOf } from "../../core/rights/due.ts";
import type { Audit } from "../../store/audit.ts";
import { type CertificateRow, findCertificate } from "../../store/certificates.ts";
import { identifierNamedBy } from "../../store/named-identifier.ts";
import { findRequest } from "../../store/requests.ts";
import type { RequestRow } from "../../store/request-rows.ts";
import { afterErasure } from "./after-erasure.ts";
import { eraseWhole, type WholeErasure } from "./erase-whole.ts";
import type { RightsParts } from "./parts.ts";

/** Recorded with each withdrawal as it stands: change it only together with its version. */
const VERSION = "2026-1";
const ON_REQUEST =
  "Xóa toàn bộ dữ liệu cá nhân và rút lại mọi sự đồng ý theo yêu cầu của chủ thể dữ liệu, do nhân viên được ủy quyền thực hiện.";
const WITHOUT_REQUEST =
  "Xóa toàn bộ dữ liệu cá nhân và chấm dứt mọi sự đồng ý vì dữ liệu không còn được phép lưu giữ, do nhân viên được ủy quyền thực hiện.";

export interface ProfileErasure {
  readonly id: ProfileId;
  readonly ask: ErasureAsk;
  readonly idempotencyKey: string | null;
  /** `target` is set to the certificate's id. */
  readonly audit: Audit;
  readonly now: number;
}

export type ProfileErased =
  | { readonly kind: "erased"; readonly certificate: CertificateRow }
  | { readonly kind: "unknown_profile" | "unknown_request" | "closed_request" | "retry" };

/** Whoever has a certificate's id may see it, so it is no plain hash of what a caller chose. */
const certificateIdOf = (parts: RightsParts, { id, ask, idempotencyKey }: ProfileErasure): string => {
  const given = idempotencyKey === null ? ask.requestId : `key/${idempotencyKey}`;
  const name = given ?? randomBytes(24).toString("base64url");
  return parts.tagsOf(`erasure/${id}/${name}`)[0] ?? "";
};

const newRequest = (now: number, ask: ErasureAsk): RequestRow => ({
  id: `rq_${randomBytes(12).toString("hex")}`,
  kind: "erase",
  origin: ask.method === "channel" ? "channel" : "operator",
  subject: null,
  note: null,
  receivedAt: now,
  ...dueOf("erase", now),
  repliedAt: now,
  extendedAt: null,
  closedAt: now,
  outcome: "done",
  proof: null,
});

const withdrawingFor = (ask: ErasureAsk, requestId: string | null): WholeErasure["withdrawing"] => {
  const wording = { version: VERSION, language: "vi" } as const;
  return requestId === null || ask.reason !== "request"
    ? {
        wording: { ...wording, id: "erasure-by-controller", text: WITHOUT_REQUEST },
        method: "operator",
        proof: { kind: "none" },
        userInitiated: false,
      }
    : {
        wording: { ...wording, id: "erasure-by-request", text: ON_REQUEST },
        method: "request",
        proof: { kind: "request", requestId },
        userInitiated: true,
      };
};

const requestFor = (ask: ErasureAsk, now: number): WholeErasure["request"] => {
  if (ask.requestId !== undefined) return { fulfils: ask.requestId };
  return ask.reason === "request" ? { row: newRequest(now, ask) } : null;
};

const found = async (parts: RightsParts, certificateId: string): Promise<ProfileErased> => {
  const certificate = await findCertificate(parts.db, certificateId);
  return certificate === null ? { kind: "retry" } : { kind: "erased", certificate };
};

export const eraseProfile = async (parts: RightsParts, erasure: ProfileErasure): Promise<ProfileErased> => {
  const { id, ask, audit, now } = erasure;
  const certificateId = certificateIdOf(parts, erasure);
  const before = await findCertificate(parts.db, certificateId);
  if (before !== null) {
    await afterErasure(parts, [], now);
    return { kind: "erased", certificate: before };
  }
  if (ask.requestId !== undefined) {
    const request = await findRequest(parts.db, ask.requestId);
    if (request === null || request.kind !== "erase") return { kind: "unknown_request" };
    if (request.closedAt !== null) return { kind: "closed_request" };
  }
  await parts.settle(now);
  const subject: SubjectKey | null = await identifierNamedBy(parts.db, id);
  if (subject === null) return { kind: "unknown_profile" };
  const request = requestFor(ask, now);
  const requestId = request === null ? null : "row" in request ? request.row.id : request.fulfils;
  const done = await eraseWhole(parts, {
    certificateId,
    subject,
    withdrawing: withdrawingFor(ask, requestId),
    reason: ask.reason,
    askedBy: ask.method,
    origin: "operator",
    request,
    audit: { ...audit, target: certificateId },
    now,
  });
  if (done === null) return { kind: "retry" };
  await afterErasure(parts, done.phones, now);
  return found(parts, certificateId);
};
