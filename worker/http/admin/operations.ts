// What an operator watches: counters of what was not used, dead letters and their replay, health.

import { createRoute, z } from "@hono/zod-openapi";
import { FactMessage } from "../../../schema/messages.ts";
import { CountersView, DeadLetterView, HealthView, listOf } from "../../../schema/wire/admin.ts";
import { cursorLike } from "../../../schema/wire/cursor.ts";
import { toldIn } from "../../core/intake/pack.ts";
import { describeError } from "../../describe-error.ts";
import { settleLater } from "../../portal/settle-later.ts";
import { suppressionTags } from "../../portal/suppression.ts";
import { listAgents } from "../../store/agents.ts";
import { listBranches } from "../../store/branches.ts";
import {
  bodiesOfSet,
  countDeadLetters,
  type DeadLetter,
  findDeadLetter,
  listDeadLetters,
  markReplayed,
  VISITS_LETTER_MS,
} from "../../store/dead-letters.ts";
import { isRefusal } from "../../store/refusal.ts";
import { storeMessages } from "../../store/store-messages.ts";
import { listEndpoints } from "../../store/webhooks.ts";
import { jsonReply, problemReply, refuse, router } from "../openapi.ts";
import { auditOf } from "./audit-of.ts";

const tags = ["Admin"];
const PAGE = 100;
const TOO_OLD =
  "It is older than 15 days: whether these visits were replaced or withdrawn since is no longer known, so they stay out.";

const counters = createRoute({
  method: "get",
  path: "/v1/admin/counters",
  tags,
  summary: "Input that was not used, by branch and reason",
  responses: { 200: jsonReply(CountersView, "Counters") },
});

const dead = createRoute({
  method: "get",
  path: "/v1/admin/dead",
  tags,
  summary: "Messages that could not be processed, newest first",
  request: { query: z.object({ cursor: cursorLike(/^\d{1,15}~.{1,80}$/) }) },
  responses: { 200: jsonReply(listOf(DeadLetterView), "Dead letters") },
});

const replay = createRoute({
  method: "post",
  path: "/v1/admin/dead/{id}/replay",
  tags,
  summary: "Store what a dead letter says, unless something newer is known",
  request: { params: z.object({ id: z.string().max(100) }) },
  responses: {
    202: jsonReply(DeadLetterView, "It was taken"),
    404: problemReply("No such dead letter"),
    409: problemReply(
      "Its content is not a valid message, is refused again, or is too old to be told from newer",
    ),
  },
});

const health = createRoute({
  method: "get",
  path: "/v1/admin/health",
  tags,
  summary: "Whether the parts answer",
  responses: { 200: jsonReply(HealthView, "Health") },
});

const toView = (letter: DeadLetter): z.infer<typeof DeadLetterView> => ({
  ...letter,
  at: new Date(letter.at).toISOString(),
  replayedAt: letter.replayedAt === null ? null : new Date(letter.replayedAt).toISOString(),
});

const parseCursor = (text: string | undefined): { at: number; id: string } | null => {
  const match = /^(\d{1,15})~(.{1,80})$/.exec(text ?? "");
  return match ? { at: Number(match[1]), id: match[2] ?? "" } : null;
};

const messageOf = (body: string): FactMessage | null => {
  try {
    const parsed = FactMessage.safeParse(JSON.parse(body));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
};

export const operationRoutes = router()
  .openapi(counters, async (c) => {
    const services = c.get("services");
    const { db, presence } = services;
    // The request that was to write them may have been cut off, and no other refusal come since.
    await services.writeCounts();
    const branches = await listBranches(db);
    const data = await Promise.all(
      [...branches.map((branch) => branch.id), null].map(async (branchId) => {
        const status = await presence.status(branchId);
        const agents: Record<string, number> = {};
        for (const { health: report } of status.agents)
          for (const [reason, n] of Object.entries(report.dropped))
            agents[reason] = (agents[reason] ?? 0) + n;
        return { branchId, dropped: status.counters, agents, outbox: status.outbox };
      }),
    );
    return c.json({ data, next: null }, 200);
  })
  .openapi(dead, async (c) => {
    const after = parseCursor(c.req.valid("query").cursor);
    const letters = await listDeadLetters(c.get("services").db, after, PAGE);
    const last = letters.at(-1);
    const next = last && letters.length === PAGE ? `${last.at}~${last.id}` : null;
    return c.json({ data: letters.map(toView), next }, 200);
  })
  .openapi(replay, async (c) => {
    const services = c.get("services");
    const letter = await findDeadLetter(services.db, c.req.valid("param").id);
    if (!letter) return refuse(c, "not_found");
    const message = messageOf(letter.body);
    if (!message) return refuse(c, "conflict", { detail: "The message itself is not valid." });
    const { now } = c.get("clock");
    if (message.kind === "visits" && letter.at <= now - VISITS_LETTER_MS)
      return refuse(c, "conflict", { detail: TOO_OLD });
    // Straight into the database: another wait in a queue would make it older than can be judged here.
    const same = message.kind === "visits" ? await bodiesOfSet(services.db, message) : [];
    try {
      const facts = [message, ...same.flatMap((body) => messageOf(body) ?? [])];
      await storeMessages(services.db, facts, now, suppressionTags(services.settings.SUPPRESSION_KEYS));
    } catch (error) {
      if (!isRefusal(error)) throw error;
      return refuse(c, "conflict", { detail: `The database refuses it again. ${describeError(error)}` });
    }
    if (toldIn(message).length > 0) settleLater(services)(now);
    const audit = auditOf(c, "dead.replay", letter.id);
    await markReplayed(services.db, letter.id, audit);
    return c.json(toView({ ...letter, replayedAt: letter.replayedAt ?? audit.at }), 202);
  })
  .openapi(health, async (c) => {
    const { db, settings, oaToken } = c.get("services");
    const [branches, agents, deadLetters, endpoints, token] = await Promise.all([
      listBranches(db),
      listAgents(db),
      countDeadLetters(db),
      listEndpoints(db),
      settings.ZNS_TEMPLATE_ID === undefined ? null : oaToken.status(),
    ]);
    const zaloToken = token?.health ?? null;
    const webhooksDisabled = endpoints.filter(({ disabled }) => disabled !== null).length;
    return c.json(
      {
        ok: zaloToken !== "refused" && zaloToken !== "missing" && webhooksDisabled === 0,
        mode: settings.QUEN_MODE,
        at: new Date(c.get("clock").now).toISOString(),
        branches: branches.length,
        agents: agents.filter((agent) => agent.revokedAt === null).length,
        deadLetters,
        zaloToken,
        webhooksDisabled,
      },
      200,
    );
  });
