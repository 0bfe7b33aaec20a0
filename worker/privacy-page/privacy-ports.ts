// The officer's ports over D1 (guarantees: dashboard/privacy/ports.ts), by the very functions that the API's routes of the
// scope `privacy` use.

import { waitUntil } from "cloudflare:workers";
import type { Acted, AskedKind, Doing, PrivacyPorts, QueuedRequest } from "../../dashboard/privacy/ports.ts";
import type { DashboardPorts } from "../../dashboard/ports.ts";
import { parseProfileId } from "../../schema/ids.ts";
import { REQUEST_KINDS, REQUEST_ORIGINS, REQUEST_OUTCOMES } from "../../schema/requests.ts";
import { clockOf } from "../clock.ts";
import { extendedDue } from "../core/rights/due.ts";
import { describeError } from "../describe-error.ts";
import { newAuditId } from "../http/ids.ts";
import { branchTeller } from "../portal/branch-teller.ts";
import { type Closed, closeTheRequest } from "../portal/rights/close-request.ts";
import { eraseProfile, type ProfileErased } from "../portal/rights/erase-profile.ts";
import { extendTheRequest } from "../portal/rights/extend-request.ts";
import { rightsParts } from "../portal/rights/make-parts.ts";
import { openForOperator } from "../portal/rights/open-requests.ts";
import { readRequest } from "../portal/rights/read-request.ts";
import type { Services } from "../services.ts";
import type { Audit } from "../store/audit.ts";
import { auditOfRequest, countOpenRequests } from "../store/request-desk.ts";
import { findRequest, listRequests, markReplied, type RequestFound } from "../store/requests.ts";
import { listSources } from "../store/sources.ts";
import { historyOf } from "./history.ts";

const PAGE = 25;

const queued = (row: RequestFound): QueuedRequest => ({
  ...row,
  kind: REQUEST_KINDS.find((kind) => kind === row.kind) ?? "other",
  origin: REQUEST_ORIGINS.find((origin) => origin === row.origin) ?? "operator",
  outcome: REQUEST_OUTCOMES.find((outcome) => outcome === row.outcome) ?? null,
});

const auditBy = ({ actor, now }: Doing, action: string, target: string): Audit => ({
  id: newAuditId(),
  at: now,
  actor,
  action,
  target,
});

const CLOSED: Readonly<Record<Closed, Acted>> = {
  done: "done",
  unknown: "unknown",
  closed: "not_so",
  needs_proof: "needs_proof",
  needs_erasure: "needs_erasure",
  retry: "busy",
};

const ERASED: Readonly<Record<ProfileErased["kind"], Acted>> = {
  erased: "done",
  unknown_profile: "other_profile",
  unknown_request: "not_so",
  closed_request: "not_so",
  retry: "busy",
};

export const privacyPorts = (
  services: Services,
  { session, mode }: Pick<DashboardPorts, "session" | "mode">,
): PrivacyPorts => {
  const { db, settings } = services;
  const parts = rightsParts(services, branchTeller(services));

  const known = async (id: string, outcome: "done" | "refused"): Promise<Acted> => {
    if (outcome === "done") return "done";
    return (await findRequest(db, id)) === null ? "unknown" : "not_so";
  };

  return {
    // Who reads marketing's numbers need not read, or erase, what people asked for.
    session: async (request) => {
      const found = await session(request);
      return found.ok && found.may.includes("privacy") ? found : { ok: false };
    },
    mode,
    list: async (state, after) => {
      const [at = "", id = ""] = after?.split("~") ?? [];
      const rows = await listRequests(db, state, after === null ? null : { at: Number(at), id }, PAGE + 1);
      const shown = rows.slice(0, PAGE);
      const last = shown.at(-1);
      const next = rows.length <= PAGE ? undefined : last;
      return {
        rows: shown.map(queued),
        next:
          next === undefined ? null : `${state === "open" ? next.dueAt : (next.closedAt ?? 0)}~${next.id}`,
      };
    },
    counts: (now) => countOpenRequests(db, now),
    read: async (id, { actor, requestId, now }) => {
      const read = await readRequest(parts, id, { at: now, actor, requestId });
      if (read === null) return null;
      const request = queued(read.row);
      return {
        ...request,
        note: read.note,
        history: historyOf(read.row, await auditOfRequest(db, read.row)),
        extendedDueAt: extendedDue(request.kind, request.dueAt),
      };
    },
    kinds: async () => {
      const zalo: AskedKind[] =
        settings.ZALO_APP_ID === undefined ? [] : [{ kind: `zalo_app:${settings.ZALO_APP_ID}`, name: null }];
      const codes = (await listSources(db)).map(({ id, name }) => ({ kind: `customer:${id}`, name }));
      return [{ kind: "phone", name: null }, { kind: "email", name: null }, ...zalo, ...codes];
    },
    open: ({ text, answerTo, receivedAt, ...ask }, doing) =>
      openForOperator(
        parts,
        {
          ...ask,
          ...(text === null ? {} : { text }),
          ...(answerTo === null ? {} : { answerTo }),
          ...(receivedAt === null ? {} : { receivedAt: new Date(receivedAt).toISOString() }),
        },
        auditBy(doing, "request.open", ""),
      ),
    reply: async (id, doing) => known(id, await markReplied(db, id, auditBy(doing, "request.reply", id))),
    extend: async (id, reason, doing) =>
      known(id, await extendTheRequest(db, id, auditBy(doing, "request.extend", `${id}: ${reason}`))),
    close: async (id, closing, doing) => {
      const { outcome } = closing;
      const wire =
        outcome === "refused"
          ? closing
          : { outcome, ...(closing.proof === null ? {} : { proof: closing.proof }) };
      return CLOSED[await closeTheRequest(parts, id, wire, auditBy(doing, "request.close", id))];
    },
    erase: async (id, shownProfile, askedBy, doing) => {
      const request = await findRequest(db, id);
      if (request === null) return "unknown";
      if (request.closedAt !== null) return "not_so";
      const profileId = parseProfileId(shownProfile);
      if (profileId === null || request.profileId !== profileId) return "other_profile";
      const ask = { reason: "request", method: askedBy, requestId: id } as const;
      const audit = auditBy(doing, "profile.erase", "");
      return ERASED[
        (await eraseProfile(parts, { id: profileId, ask, idempotencyKey: null, audit, now: doing.now })).kind
      ];
    },
    now: (request) => clockOf(request, settings.QUEN_MODE, Date.now()).now,
    refused: (trouble) => waitUntil(services.count(null, `privacy_${trouble}`)),
    report: (error) => console.error("A request of the officer failed", { error: describeError(error) }),
  };
};
