// A Zalo Mini App's phone token, exchanged for the number: its page sends the tokens with the source's browser key, Zalo says
// to us whose number it is, and that the two are one person is proven. Only with the consent that the source requires.

import { waitUntil } from "cloudflare:workers";
import type { Context } from "hono";
import { fieldErrors } from "../../../schema/field-errors.ts";
import type { ProblemCode } from "../../../schema/problems.ts";
import type { MiniAppRefusal } from "../../../schema/reasons-hooks.ts";
import { TOLD_PARSERS } from "../../../schema/told-parsers.ts";
import { PhoneAsk, PhoneReply } from "../../../schema/wire/mini-app.ts";
import { contentId, plainEvent } from "../../connectors/other-event.ts";
import { exchangePhone, type PhoneOutcome } from "../../connectors/zalo-phone.ts";
import { readCode } from "../../core/intake/read-identifier.ts";
import { requiredConsent } from "../../core/intake/required-consent.ts";
import { NOTHING_SAID, type Said, type SaidEdge } from "../../core/intake/said.ts";
import { hasConsent } from "../../core/intake/segment/has-consent.ts";
import { looseOf } from "../../core/intake/segment/loose.ts";
import { scopePolicy } from "../../core/limits/policy.ts";
import { describeError } from "../../describe-error.ts";
import { identifierKeys } from "../../identity/identifier-keys.ts";
import { saidMessage } from "../../identity/said-message.ts";
import { sealSame } from "../../portal/seal-same.ts";
import { readBody } from "../agents/body.ts";
import type { HttpEnv } from "../context.ts";
import { jsonBody, jsonReply, problemReply, router } from "../openapi.ts";
import { spendRequest } from "../limit-keys.ts";
import { problem, type ProblemExtras } from "../problem.ts";
import { findHookTarget, type HookTarget } from "./hook-target.ts";
import { sdkCors } from "./sdk-cors.ts";
import { findKey, keyInBody, keyInHeaders, sourceOf } from "./sdk-sender.ts";

const PATH = "/v1/mini-app/phone";
const CONNECTOR = "zalo-mini-app";
const MOST_BYTES = 20_000;

const ANSWERS: Readonly<Record<MiniAppRefusal, readonly [code: ProblemCode, detail: string | null]>> = {
  too_large: ["too_large", null],
  invalid_encoding: ["invalid_encoding", null],
  unsupported_media: ["unsupported_media", null],
  invalid_body: ["invalid_body", null],
  other_connector: ["forbidden", `The key's source is not set up for the connector ${CONNECTOR}.`],
  no_consent: ["forbidden", "The visitor has not allowed what this source requires; Zalo was not asked."],
  tokens: ["invalid_body", "Zalo does not take these tokens, or not any more: ask zmp-sdk for new ones."],
  abroad: ["unavailable", "Zalo answers Vietnamese addresses only; an operator sets graphUrl."],
  malformed: ["unavailable", "Zalo's answer holds no mobile number."],
  not_set_up: ["unavailable", "The app's secret is missing; an operator adds it."],
  not_answered: ["unavailable", "Zalo does not answer now."],
  unavailable: ["unavailable", null],
};

const refused = (c: Context<HttpEnv>, reason: MiniAppRefusal, extras: ProblemExtras = {}): Response => {
  const [code, detail] = ANSWERS[reason];
  waitUntil(c.get("services").count(null, `mini_app_${reason}`));
  return problem(c, code, { ...(detail === null ? {} : { detail }), ...extras });
};

/** While the app's secret is being changed, the one that Zalo takes. */
const exchanged = async (
  c: Context<HttpEnv>,
  { account, secretsOf }: HookTarget,
  tokens: PhoneAsk,
): Promise<PhoneOutcome | null> => {
  const { settings } = c.get("services");
  const graphUrl = (account.settings["graphUrl"] ?? settings.ZALO_GRAPH_URL).replace(/\/+$/, "");
  let outcome: PhoneOutcome | null = null;
  for (const appSecret of secretsOf("access").toReversed()) {
    const proves = settings.ZALO_APPSECRET_PROOF === "on";
    const graph = { graphUrl, appSecret, proves, fetch: async (request: Request) => fetch(request) };
    outcome = await exchangePhone(graph, tokens);
    if (outcome.kind !== "refused" || outcome.reason !== "tokens") return outcome;
  }
  return outcome;
};

/** The number and the id are one person, proven; a browser that says so is only a hint. */
const saidOf = (
  { account, connector }: HookTarget,
  { userId, phone }: Extract<PhoneOutcome, { kind: "done" }>,
  { phoneToken }: PhoneAsk,
  anonymous: string | null,
  at: number,
): Said => {
  const one = { proven: true, userInitiated: true };
  const edges: readonly SaidEdge[] = [
    { a: 0, b: 1, trust: 1 },
    ...(anonymous === null ? [] : [{ a: 0, b: 2, trust: 3 as const }]),
  ];
  return {
    ...NOTHING_SAID,
    messageId: `phone_shared/${contentId(phoneToken)}`,
    at,
    identifiers: [
      { kind: `zalo_app:${account.settings["appId"] ?? ""}`, value: userId, ...one },
      { kind: "phone", value: phone, ...one },
      ...(anonymous === null
        ? []
        : [{ kind: `anonymous:${account.source}`, value: anonymous, ...one, proven: false }]),
    ],
    edges,
    event: { ...plainEvent("identify", "phone_shared", connector.channel), subject: 0, anonymous },
  };
};

/** In the one spelling that the SDK's own events have; what is no id is left out. */
const browserOf = (c: Context<HttpEnv>, source: string, { anonymousId }: PhoneAsk): string | null => {
  if (!anonymousId) return null;
  const read = readCode(anonymousId, `anonymous:${source}`, TOLD_PARSERS.identifier);
  if (!read.ok) waitUntil(c.get("services").count(null, `told_${read.reason}`));
  return read.ok ? read.value : null;
};

export const miniAppRoutes = router();
miniAppRoutes.use(PATH, sdkCors);
miniAppRoutes.post(PATH, async (c) => {
  const services = c.get("services");
  const { now } = c.get("clock");
  const body = await readBody(c.req.raw, MOST_BYTES);
  if (!body.ok)
    return refused(c, body.reason, body.reason === "too_large" ? { limits: { bytes: MOST_BYTES } } : {});
  const found = await findKey(c, keyInHeaders(c) ?? keyInBody(body.json));
  if ("reply" in found) return found.reply;
  // Anybody reads the key in a page, and each request makes two of ours to Zalo.
  const policy = scopePolicy("events:write", await services.limits.own());
  const { refusal } = await spendRequest(c, found.key.id, policy);
  if (refusal !== null) return refusal;
  const of = await sourceOf(c, found.key);
  if ("reply" in of) return of.reply;
  const asked = PhoneAsk.safeParse(body.json);
  if (!asked.success) return refused(c, "invalid_body", { errors: fieldErrors(asked.error) });
  const target = await findHookTarget(services, CONNECTOR, of.source.id, now);
  if (!target.ok) return refused(c, "other_connector");
  if (!hasConsent(requiredConsent(of.source), looseOf(asked.data.context), {}))
    return refused(c, "no_consent");
  const outcome = await exchanged(c, target.target, asked.data);
  if (outcome === null) return refused(c, "not_set_up");
  if (outcome.kind === "retry") return refused(c, "not_answered");
  if (outcome.kind === "refused") {
    const { reason } = outcome;
    console.error("Zalo gave no phone number", { source: of.source.id, reason, see: "docs/channels.md" });
    return refused(c, reason);
  }
  const { IDENTIFIER_KEYS, SEAL_KEYS } = services.settings;
  const parts = { keyOf: identifierKeys(IDENTIFIER_KEYS), sealSame: sealSame(SEAL_KEYS) };
  const anonymous = browserOf(c, of.source.id, asked.data);
  const said = saidOf(target.target, outcome, asked.data, anonymous, now);
  const message = await saidMessage(parts, of.source.id, said);
  try {
    await services.tell(message === null ? [] : [message]);
  } catch (error) {
    console.error("The queue took no phone number", {
      source: of.source.id,
      error: describeError(error),
    });
    return refused(c, "unavailable");
  }
  return c.json({ outcome: "done" } as const, 200);
});

miniAppRoutes.openAPIRegistry.registerPath({
  method: "post",
  path: PATH,
  tags: ["Channels"],
  summary: "Exchange a Zalo Mini App's phone token; the number stays here",
  description:
    "From the Mini App's own page, with a browser key of its source as X-Write-Key or Basic. Says that it is done, never the number. 503 may be tried again; after 400 the page asks zmp-sdk for new tokens.",
  security: [],
  request: { body: jsonBody(PhoneAsk) },
  responses: {
    200: jsonReply(PhoneReply, "Zalo told the number, and that it is this visitor's is in the queue"),
    400: problemReply("Zalo does not take the tokens"),
    403: problemReply("Not the connector's source, or the visitor has not allowed it"),
    429: problemReply("The key's requests of this minute are used up; again after Retry-After"),
    503: problemReply("Zalo, its relay or the queue does not answer; nothing was taken"),
  },
});
