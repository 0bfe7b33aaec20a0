// What an operator states of two identifiers or profiles: the same person, or not. Retracting it undoes it.

import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { parseIdentifier } from "../../../../schema/identifiers.ts";
import { parseProfileId, type SubjectKey } from "../../../../schema/ids.ts";
import { listOf } from "../../../../schema/wire/admin.ts";
import { cursorLike } from "../../../../schema/wire/cursor.ts";
import { type IdentityEnd, NewStatement, StatementView } from "../../../../schema/wire/identity.ts";
import { identifierKeys } from "../../../identity/identifier-keys.ts";
import { REFUSALS } from "../../../core/identity/refusal.ts";
import { joiningPair, type Joining } from "../../../identity/joining-pair.ts";
import { rulesInForce } from "../../../store/identity-rules.ts";
import { identifierNamedBy, profileWith } from "../../../store/named-identifier.ts";
import {
  addStatement,
  type ListedStatement,
  listStatements,
  retractStatement,
} from "../../../store/statements.ts";
import type { HttpEnv } from "../../context.ts";
import { newStatementId } from "../../ids.ts";
import { jsonBody, jsonReply, problemReply, refuse, router } from "../../openapi.ts";
import { auditOf } from "../audit-of.ts";
import { settleNow } from "./settle.ts";

const tags = ["Admin"];
const PAGE = 100;

const list = createRoute({
  method: "get",
  path: "/v1/admin/identity/statements",
  tags,
  summary: "What operators state of identifiers, newest first",
  request: { query: z.object({ cursor: cursorLike(/^\d{1,15}~.{1,80}$/) }) },
  responses: { 200: jsonReply(listOf(StatementView), "Statements that stand") },
});

const add = createRoute({
  method: "post",
  path: "/v1/admin/identity/statements",
  tags,
  summary:
    "State that two identifiers, or the identifiers two profile ids were made from, are one person's, or are not",
  request: { body: jsonBody(NewStatement) },
  responses: {
    201: jsonReply(z.object({ id: z.string() }), "It stands, and counts from now on"),
    400: problemReply("A value is not one of its kind, or both ends are one identifier"),
    404: problemReply("One of the two is not known"),
    409: problemReply("It is stated already, or the rules keep the two profiles apart even so"),
  },
});

const retract = createRoute({
  method: "delete",
  path: "/v1/admin/identity/statements/{id}",
  tags,
  summary: "Take a statement back: it counts as never made",
  request: { params: z.object({ id: z.string().max(60) }) },
  responses: {
    204: { description: "Retracted" },
    404: problemReply("No such statement, or retracted already"),
  },
});

const parseCursor = (text: string | undefined): { at: number; id: string } | null => {
  const match = /^(\d{1,15})~(.{1,80})$/.exec(text ?? "");
  return match ? { at: Number(match[1]), id: match[2] ?? "" } : null;
};

const toView = ({ id, says, reason, actor, at, profileIds }: ListedStatement): StatementView => ({
  id,
  says,
  reason,
  actor,
  at: new Date(at).toISOString(),
  profileIds,
});

type End = { key: SubjectKey } | { problem: "invalid_body" | "not_found"; message: string };

const endOf = async (c: Context<HttpEnv>, end: IdentityEnd): Promise<End> => {
  const { db, settings } = c.get("services");
  if ("profileId" in end) {
    const id = parseProfileId(end.profileId);
    const key = id === null ? null : await identifierNamedBy(db, id);
    return key === null
      ? { problem: "not_found", message: `There is no profile ${end.profileId}.` }
      : { key };
  }
  const identifier = parseIdentifier(end);
  if (identifier === null) return { problem: "invalid_body", message: `is not a ${end.kind}` };
  return { key: await identifierKeys(settings.IDENTIFIER_KEYS)(end.realm, identifier) };
};

/** Two profiles become one by the pair of their identifiers that makes it so; two identifiers are taken as they are. */
const pairOf = async (
  c: Context<HttpEnv>,
  { a, b, says }: z.infer<typeof NewStatement>,
  keys: readonly [a: SubjectKey, b: SubjectKey],
): Promise<Joining> => {
  if (says === "not_same" || !("profileId" in a) || !("profileId" in b))
    return { kind: "joins", a: keys[0], b: keys[1] };
  const { db } = c.get("services");
  const [rules, one, other] = await Promise.all([
    rulesInForce(db),
    profileWith(db, keys[0]),
    profileWith(db, keys[1]),
  ]);
  return joiningPair(db, rules, one, other, c.get("clock").now);
};

const keptApart = ({ refusal }: Extract<Joining, { kind: "apart" }>): string =>
  refusal === null
    ? "The rules keep some of them apart even so."
    : `The rules keep them apart even so: ${refusal.rule}, ${REFUSALS[refusal.rule]}.`;

export const statementRoutes = router()
  .openapi(list, async (c) => {
    const after = parseCursor(c.req.valid("query").cursor);
    const found = await listStatements(c.get("services").db, after, PAGE);
    const last = found.at(-1);
    const next = last && found.length === PAGE ? `${last.at}~${last.id}` : null;
    return c.json({ data: found.map(toView), next }, 200);
  })
  .openapi(add, async (c) => {
    const body = c.req.valid("json");
    const ends = { a: await endOf(c, body.a), b: await endOf(c, body.b) };
    for (const [name, end] of Object.entries(ends)) {
      if ("key" in end) continue;
      if (end.problem === "not_found") return refuse(c, "not_found", { detail: end.message });
      return refuse(c, "invalid_body", { errors: [{ path: `${name}.value`, message: end.message }] });
    }
    if (!("key" in ends.a) || !("key" in ends.b)) return refuse(c, "invalid_body");
    if (ends.a.key === ends.b.key)
      return refuse(c, "invalid_body", { errors: [{ path: "b", message: "is the identifier of a" }] });
    const pair = await pairOf(c, body, [ends.a.key, ends.b.key]);
    if (pair.kind === "apart") return refuse(c, "conflict", { detail: keptApart(pair) });
    const { a, b } = pair;
    const id = newStatementId();
    const audit = auditOf(c, "identity.state", id);
    const statement = { id, a, b, says: body.says, reason: body.reason, actor: audit.actor, at: audit.at };
    const outcome = await addStatement(c.get("services").db, statement, audit);
    switch (outcome) {
      case "added":
        await settleNow(c);
        return c.json({ id }, 201);
      case "stands":
        return refuse(c, "conflict", { detail: "It is stated of these two already." });
      case "unknown":
        return refuse(c, "not_found", { detail: "One of the two identifiers was never told." });
    }
  })
  .openapi(retract, async (c) => {
    const { id } = c.req.valid("param");
    const done = await retractStatement(c.get("services").db, id, auditOf(c, "identity.unstate", id));
    if (!done) return refuse(c, "not_found", { detail: "No such statement stands." });
    await settleNow(c);
    return c.body(null, 204);
  });
