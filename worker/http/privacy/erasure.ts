// Erasure by an operator, and the consents of a profile.

import { createRoute } from "@hono/zod-openapi";
import { z } from "zod";
import { parseProfileId, type ProfileId } from "../../../schema/ids.ts";
import { ErasureAsk, ErasureHeaders, ErasureView, ProfileConsentsView } from "../../../schema/wire/rights.ts";
import { consentVerifier } from "../../portal/consent-verifier.ts";
import { certificateOf } from "../../portal/rights/erase.ts";
import { eraseProfile } from "../../portal/rights/erase-profile.ts";
import { profileConsents } from "../../portal/rights/profile-consents.ts";
import { logAccess } from "../../store/access-log.ts";
import type { CertificateRow } from "../../store/certificates.ts";
import { identifierNamedBy } from "../../store/named-identifier.ts";
import { runAll } from "../../store/run-all.ts";
import { auditOf } from "../admin/audit-of.ts";
import { jsonBody, jsonReply, problemReply, refuse, router } from "../openapi.ts";
import { requireScope } from "../require-scope.ts";
import { partsOf } from "./parts.ts";

const privacy = { tags: ["Privacy"], middleware: requireScope("privacy") };
const params = z.object({ id: z.string().max(60) });
const noProfile = problemReply("No such profile, or it was erased");

const erasure = createRoute({
  ...privacy,
  method: "post",
  path: "/v1/profiles/{id}/erasure",
  summary: "Erase a person: every identifier of the profile in both realms, and all that is held under them",
  request: {
    params,
    headers: ErasureHeaders,
    body: jsonBody(ErasureAsk),
  },
  responses: {
    200: jsonReply(ErasureView, "Erased; a repeat with the same key or request answers the same certificate"),
    404: noProfile,
    409: problemReply("No such open request to erase"),
    503: problemReply("Others changed the profile at the same time; nothing was erased"),
  },
});

const consents = createRoute({
  ...privacy,
  method: "get",
  path: "/v1/profiles/{id}/consents",
  summary: "Every answer of the person with its words and receipts, each chain checked",
  request: { params },
  responses: { 200: jsonReply(ProfileConsentsView, "Chains; the read is logged"), 404: noProfile },
});

const viewOf = (row: CertificateRow): ErasureView => {
  const { id, at, removed, sealedProofs, purchasesDueAt } = certificateOf(row);
  return {
    certificateId: id,
    at: new Date(at).toISOString(),
    removed,
    sealedProofs,
    purchasesDueAt: purchasesDueAt === null ? null : new Date(purchasesDueAt).toISOString(),
  };
};

export const erasureRoutes = router()
  .openapi(erasure, async (c) => {
    const id: ProfileId | null = parseProfileId(c.req.valid("param").id);
    if (id === null) return refuse(c, "not_found");
    const outcome = await eraseProfile(partsOf(c), {
      id,
      ask: c.req.valid("json"),
      idempotencyKey: c.req.valid("header")["idempotency-key"] ?? null,
      audit: auditOf(c, "profile.erase", ""),
      now: c.get("clock").now,
    });
    switch (outcome.kind) {
      case "erased":
        return c.json(viewOf(outcome.certificate), 200);
      case "unknown_profile":
        return refuse(c, "not_found");
      case "unknown_request":
        return refuse(c, "conflict", { detail: "There is no such request to erase." });
      case "closed_request":
        return refuse(c, "conflict", { detail: "This request is closed." });
      case "retry":
        return refuse(c, "unavailable");
    }
  })
  .openapi(consents, async (c) => {
    const parts = partsOf(c);
    const { clock, caller, requestId } = c.var;
    const id = parseProfileId(c.req.valid("param").id);
    const subject = id === null ? null : await identifierNamedBy(parts.db, id);
    if (id === null || subject === null) return refuse(c, "not_found");
    // Written before the read: a crash between the two names one read too many, never one too few.
    await runAll(parts.db, [
      logAccess(
        { by: "id", id },
        { at: clock.now, actor: caller?.name ?? "nobody", action: "consents", requestId },
      ),
    ]);
    const verifier = consentVerifier(c.get("services").settings.CONSENT_KEYS);
    const view = await profileConsents({ ...parts, verifier }, subject, clock.now);
    return view === null ? refuse(c, "not_found") : c.json(view, 200);
  });
