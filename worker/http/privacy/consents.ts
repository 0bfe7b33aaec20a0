// Evidence of consent for the data protection officer: by receipt, or by an identifier that is posted. Each answer is
// written to the audit, under a mark that names the person to nobody else.

import { createRoute } from "@hono/zod-openapi";
import type { Context } from "hono";
import { parsePhone } from "../../../schema/phone.ts";
import { ConsentBundle, ExportAsk, ExportQuery } from "../../../schema/wire/privacy.ts";
import type { Person } from "../../../captive-portal/person.ts";
import { consentSealer, personKeys, publicKeys } from "../../portal/keys.ts";
import { type BundleOf, consentBundle } from "../../portal/rights/consent-bundle.ts";
import { makeSeal } from "../../portal/seal.ts";
import { suppressionTags } from "../../portal/suppression.ts";
import { writeAudit } from "../../store/audit.ts";
import { ownerOfReceipt } from "../../store/consent-chains.ts";
import { auditOf } from "../admin/audit-of.ts";
import type { HttpEnv } from "../context.ts";
import { jsonBody, jsonReply, problemReply, refuse, router } from "../openapi.ts";
import { requireScope } from "../require-scope.ts";

const tags = ["Privacy"];
const replies = {
  200: jsonReply(ConsentBundle, "Records, exact texts, proofs, receipts, heads and public keys"),
  404: problemReply("There is no record of this person, or no such receipt"),
};

const byReceipt = createRoute({
  method: "get",
  path: "/v1/consents/export",
  tags,
  summary: "Evidence of consent of the person a receipt was given to",
  request: { query: ExportQuery },
  responses: replies,
});

const byPerson = createRoute({
  method: "post",
  path: "/v1/consents/export",
  tags,
  summary: "Evidence of consent of a person, by identifier or receipt",
  request: { body: jsonBody(ExportAsk) },
  responses: { ...replies, 400: problemReply("The value is not one of its kind") },
});

/** Null for what is no value of its kind. */
const personOf = ({ kind, value }: { kind: string; value: string }): Person | null => {
  if (kind === "phone") {
    const parsed = parsePhone(value);
    return parsed.ok ? { kind: "phone", phone: parsed.phone } : null;
  }
  const appId = kind.split(":")[1] ?? "";
  return /^\d{1,30}$/.test(value) ? { kind: "zalo", appId, userId: value } : null;
};

const reply = async (c: Context<HttpEnv>, of: BundleOf | null) => {
  const { db, settings } = c.get("services");
  const parts = {
    db,
    seal: makeSeal(settings.SEAL_KEYS),
    sealer: consentSealer(settings.CONSENT_KEYS),
    keys: await publicKeys(settings.CONSENT_KEYS),
  };
  const bundle = of === null ? null : await consentBundle(parts, of, c.get("clock").now);
  if (of === null || bundle === null) return refuse(c, "not_found");
  await writeAudit(db, auditOf(c, "consent.export", `person/${of.tags[0] ?? ""}`));
  return c.json(bundle, 200);
};

const ofReceipt = async (c: Context<HttpEnv>, id: string): Promise<BundleOf | null> => {
  const { db, settings } = c.get("services");
  const owner = await ownerOfReceipt(db, id);
  if (owner === null) return null;
  if (owner.kind === "tag") return { subject: null, tags: [owner.tag] };
  return { subject: owner.subject, tags: suppressionTags(settings.SUPPRESSION_KEYS)(owner.subject) };
};

export const consentRoutes = router();
consentRoutes.use("/v1/consents/*", requireScope("privacy"));
consentRoutes.openapi(byReceipt, async (c) => reply(c, await ofReceipt(c, c.req.valid("query").receipt)));
consentRoutes.openapi(byPerson, async (c) => {
  const { settings } = c.get("services");
  const ask = c.req.valid("json");
  if ("receipt" in ask) return reply(c, await ofReceipt(c, ask.receipt));
  const person = personOf(ask.by);
  if (person === null)
    return refuse(c, "invalid_body", {
      errors: [{ path: "by.value", message: `is not a ${ask.by.kind}` }],
    });
  const subject = await personKeys(settings.IDENTIFIER_KEYS)(person);
  return reply(c, { subject, tags: suppressionTags(settings.SUPPRESSION_KEYS)(subject) });
});
