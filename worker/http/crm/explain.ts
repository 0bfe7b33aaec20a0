// Why a profile is what it is: every edge that holds it together, every one that was refused and by which rule.

import { createRoute } from "@hono/zod-openapi";
import { parseProfileId } from "../../../schema/ids.ts";
import { ExplainView } from "../../../schema/wire/identity.ts";
import type { VersionedKey } from "../../env.ts";
import { explain } from "../../core/identity/explain.ts";
import type { ProfileFacts } from "../../core/profile/facts.ts";
import { shownFacts, type ShownFacts } from "../../core/profile/shown-facts.ts";
import { evidenceNames } from "../../identity/evidence-name.ts";
import { explainView } from "../../identity/explain-profile.ts";
import { lookAround } from "../../identity/look-around.ts";
import { entryOf, isMeant, type ProfileReader } from "../../profile/find-profiles.ts";
import { evidenceMessages } from "../../store/evidence-messages.ts";
import { rulesInForce } from "../../store/identity-rules.ts";
import { countRefused } from "../../store/identity-state.ts";
import { openIfReadable } from "../../portal/open-if-readable.ts";
import { readProfiles } from "../../store/profile-rows.ts";
import { sealedIdentifiers } from "../../store/sealed-identifiers.ts";
import { jsonReply, problemReply, refuse, router } from "../openapi.ts";
import { readerOf } from "./crm-caller.ts";
import { crm, crmRefusals, ProfilePath } from "./declare.ts";

const why = createRoute({
  ...crm,
  method: "get",
  path: "/v1/profiles/{id}/explain",
  summary: "Why a profile is what it is: edges with trust and source, refused edges with their rule",
  request: { params: ProfilePath },
  responses: {
    200: jsonReply(ExplainView, "With the scope crm:personal also the values; such a read is logged"),
    ...crmRefusals,
    404: problemReply("No such profile, or nobody of it may be shown"),
  },
});

const explained = async (
  sealKeys: readonly VersionedKey[],
  { db, seal, access }: ProfileReader,
  facts: ProfileFacts,
  shown: ShownFacts,
): Promise<ExplainView> => {
  const rules = await rulesInForce(db);
  const members = facts.members.map(({ key }) => key);
  const explanation = await lookAround(db, members, [{ rules }], ([graph]) =>
    explain(graph, { anchor: facts.anchor, generation: 0, members }),
  );
  const told = [...explanation.edges, ...explanation.refused];
  const evidence = told.flatMap((edge) => edge.evidence.map(({ id }) => id));
  const [names, messages] = await Promise.all([
    evidenceNames(sealKeys, evidence),
    evidenceMessages(db, evidence),
  ]);
  const ends = told.flatMap(({ a, b }) => [a, b]);
  const identifiers = await sealedIdentifiers(db, [
    ...new Set([...members, ...ends, ...explanation.contacts]),
  ]);
  const own = shown.members.map(({ key }) => key);
  // Of a hub only the newest edges were looked at.
  const refusals = await countRefused(db, own);
  const realms = [...new Set(shown.members.map(({ realm }) => realm))];
  const { id } = facts;
  return explainView(
    {
      id,
      previousIds: shown.previousIds,
      realms,
      explanation,
      shown: new Set(own),
      identifiers,
      refusals,
      names,
      messages,
    },
    access,
    (sealed, context) => openIfReadable(seal, sealed, context),
  );
};

const withheld = (facts: ProfileFacts, shown: ShownFacts): ExplainView => ({
  id: facts.id,
  previousIds: [...shown.previousIds],
  realms: [...new Set(shown.members.map(({ realm }) => realm))],
  rulesVersion: null,
  anchor: null,
  identifiers: [],
  edges: [],
  refused: [],
  contacts: [],
  omitted: 0,
  redacted: [{ field: "edges", reason: "restricted" }],
});

export const explainRoutes = router().openapi(why, async (c) => {
  const reader = readerOf(c, "explain");
  const id = parseProfileId(c.req.valid("param").id);
  if (id === null) return refuse(c, "not_found");
  const [facts] = await readProfiles(reader.db, { by: "id", id }, entryOf(reader));
  const shown = facts === undefined ? null : shownFacts(facts, reader.access);
  if (facts === undefined || shown === null || !isMeant(facts, id)) return refuse(c, "not_found");
  return c.json(
    shown.restricted
      ? withheld(facts, shown)
      : await explained(c.var.services.settings.SEAL_KEYS, reader, facts, shown),
    200,
  );
});
