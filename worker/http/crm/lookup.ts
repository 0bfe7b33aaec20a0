// Profiles by any identifier. Posted, so that no address holds a value; a device is none.

import { createRoute } from "@hono/zod-openapi";
import { isIdentifierKind } from "../../../schema/identifiers.ts";
import { LookupAsk, LookupView } from "../../../schema/wire/crm.ts";
import { identifierKeys } from "../../identity/identifier-keys.ts";
import { findByKeys } from "../../profile/find-profiles.ts";
import { lookupKeys } from "../../profile/lookup-keys.ts";
import { jsonBody, jsonReply, refuse, router } from "../openapi.ts";
import { readerOf } from "./crm-caller.ts";
import { crm, crmRefusals } from "./declare.ts";

const lookup = createRoute({
  ...crm,
  method: "post",
  path: "/v1/profiles/lookup",
  summary: "Profiles by phone, e-mail, Zalo id, customer code or any other identifier, at most 100 at once",
  request: { body: jsonBody(LookupAsk) },
  responses: {
    200: jsonReply(LookupView, "In the order asked; none, one or two profiles each"),
    ...crmRefusals,
  },
});

export const lookupRoutes = router().openapi(lookup, async (c) => {
  const { by } = c.req.valid("json");
  const keyOf = identifierKeys(c.var.services.settings.IDENTIFIER_KEYS);
  const keys = await Promise.all(by.map((identifier) => lookupKeys(keyOf, identifier)));
  const errors = by.flatMap(({ kind }, index) => {
    if (keys[index] !== null) return [];
    return isIdentifierKind(kind)
      ? [{ path: `by.${index}.value`, message: "is no value of its kind" }]
      : [{ path: `by.${index}.kind`, message: "is no kind of identifier" }];
  });
  if (errors.length > 0) return refuse(c, "invalid_body", { errors });
  const profiles = await findByKeys(
    readerOf(c, "lookup"),
    keys.map((found) => found ?? []),
  );
  return c.json({ data: by.map((asked, index) => ({ by: asked, profiles: profiles[index] ?? [] })) }, 200);
});
