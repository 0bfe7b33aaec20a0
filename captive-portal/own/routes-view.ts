// `/me/s/{id}` after the proof: everything held, its copy, withdrawing, correcting, being counted or not, and leaving.

import type { Context, Hono } from "hono";
import { PURPOSES } from "../../schema/consent.ts";
import { copyFor } from "../copy/copy.ts";
import type { PortalEnv, PortalOptions } from "../options.ts";
import { AskPage } from "../pages/own/ask-page.tsx";
import type { DetailsProblem } from "../pages/own/details-form.tsx";
import { OwnPage } from "../pages/own/own-page.tsx";
import { formatDay } from "../pages/format-at.ts";
import { personCopy } from "../person-copy.ts";
import { proofId } from "../person.ts";
import { type PageOf, respond } from "../respond.ts";
import { purposeLabel, withdrawalNotice, withdrawalWording } from "../wording.ts";
import type { OwnStep } from "./session.ts";

type Proven = Extract<OwnStep, { readonly at: "proven" }>;

interface Said {
  readonly notice?: string | null;
  readonly problem?: DetailsProblem | null;
  readonly localLink?: string | null;
  readonly reply?: Pick<PageOf, "status" | "retryAfterMs">;
}

export const ownViewRoutes = (app: Hono<PortalEnv>, options: PortalOptions): void => {
  const { ports } = options;

  const show = async (c: Context<PortalEnv>, step: Proven, said: Said = {}): Promise<Response> => {
    const { session, brand, timezone, language, now, path } = c.get("own");
    const view = await ports.rights.view(step.person, now);
    const { notice = null, problem = null, localLink = null, reply = {} } = said;
    return respond(c, options, { brand, language, here: path, ...reply }, (frame) =>
      OwnPage({
        frame,
        session: path,
        formToken: session.formToken,
        view,
        standing: view.standing.map(({ purpose, since }) => ({
          purpose,
          label: purposeLabel(purpose, brand, language),
          day: formatDay(since, timezone, language),
        })),
        withdrawal: withdrawalNotice(brand, language),
        labelOf: (purpose) => purposeLabel(purpose, brand, language),
        timezone,
        language,
        canAddPhone: step.person.kind === "zalo" && !view.identifiers.some(({ kind }) => kind === "phone"),
        verifiesEmail: ports.rights.verifiesEmail,
        hasDevice: session.device !== null,
        notice,
        problem,
        localLink,
      }),
    );
  };

  app.get("/me/s/:sessionId", async (c) => {
    const { session, brand, language, path } = c.get("own");
    if (session.language !== language) await ports.own.save({ ...session, language });
    const { step } = session;
    switch (step.at) {
      case "asking":
        return respond(c, options, { brand, language, here: path }, (frame) =>
          AskPage({
            frame,
            session: path,
            formToken: session.formToken,
            phone: "",
            zalo: ports.zalo !== null,
            errors: [],
          }),
        );
      case "code":
        return c.redirect(c.req.query("change") === "phone" ? `${path}/ask` : `${path}/code`, 303);
      case "proven":
        return show(c, step, { notice: noticeOf(c) });
      case "adding":
        return show(c, { at: "proven", person: step.person, proof: step.proof });
      case "elsewhere":
        return c.redirect(`/me?lang=${language}`, 303);
      case "erased":
        return c.redirect(`/me/erased/${step.certificateId}?lang=${language}`, 303);
    }
  });

  const noticeOf = (c: Context<PortalEnv>): string | null => {
    const { brand, language } = c.get("own");
    const words = copyFor(language).own;
    const devices = Number(/^\d{1,4}$/.exec(c.req.query("devices") ?? "")?.[0] ?? 0);
    const purpose = PURPOSES.find((one) => one === c.req.query("purpose"));
    const done = c.req.query("done") ?? "";
    switch (done) {
      case "withdrawn":
        return purpose === undefined
          ? null
          : copyFor(language).done.withdrawn(purposeLabel(purpose, brand, language));
      case "added":
        return words.add.done;
      case "uncounted":
        return words.uncounted(devices);
      case "counted":
        return words.counted(devices);
      default:
        return null;
    }
  };

  /** Runs `act` for who was proven here; everybody else is led to the door. */
  const proven =
    (act: (c: Context<PortalEnv>, step: Proven) => Promise<Response>) =>
    async (c: Context<PortalEnv>): Promise<Response> => {
      const { session, path } = c.get("own");
      const { step } = session;
      // Who left the adding of a phone half done is still who they proved to be.
      if (step.at === "adding") return act(c, { at: "proven", person: step.person, proof: step.proof });
      return step.at === "proven" ? act(c, step) : c.redirect(path, 303);
    };

  app.get(
    "/me/s/:sessionId/copy",
    proven(async (c, { person }) => {
      const { now, session } = c.get("own");
      const view = await ports.rights.copy(person, now);
      await ports.rights.fulfilled(person, { kind: "copy", as: session.id }, now);
      c.header("Content-Type", "application/json; charset=utf-8");
      c.header("Content-Disposition", 'attachment; filename="quen.json"');
      return c.body(personCopy(view));
    }),
  );

  app.post(
    "/me/s/:sessionId/withdraw",
    proven(async (c, step) => {
      const { session, brand, language, now, path } = c.get("own");
      const standing = await ports.ledger.standing(step.person, now);
      const grant = standing.find(({ purpose }) => purpose === c.get("form").get("purpose"));
      // Withdrawn already, perhaps by a second tap: what stands is on the page.
      if (grant === undefined) return c.redirect(path, 303);
      const outcome = await ports.ledger.withdraw({
        id: `${proofId(step.proof)}.${grant.purpose}.${grant.since}`,
        person: step.person,
        purpose: grant.purpose,
        wording: withdrawalWording(grant.purpose, brand, language),
        gatewayId: null,
        branchId: null,
        proof: step.proof,
        now,
      });
      if (outcome.kind === "retry") return busy(c, step, outcome.afterMs, session.from);
      const as = `${proofId(step.proof)}.${grant.purpose}.${grant.since}`;
      await ports.rights.fulfilled(step.person, { kind: "withdraw", as }, now);
      return c.redirect(`${path}?done=withdrawn&purpose=${grant.purpose}`, 303);
    }),
  );

  app.post(
    "/me/s/:sessionId/details",
    proven(async (c, step) => {
      const { session, brand, language, now } = c.get("own");
      const words = copyFor(language).own;
      const form = c.get("form");
      const typed = (field: string): string | null => (form.get(field) ?? "").trim() || null;
      const typedAs = { name: typed("name") ?? "", email: typed("email") ?? "" };
      const outcome = await ports.rights.correct(
        step.person,
        { name: typed("name"), ...(form.has("email") ? { email: typed("email") } : {}) },
        { proof: step.proof, language, origin: options.origin(c.req.raw), brand: brand.name, now },
      );
      switch (outcome.kind) {
        case "kept": {
          const as = `${proofId(step.proof)}.${now}`;
          await ports.rights.fulfilled(step.person, { kind: "correct", as }, now);
          const said = {
            sent: words.emailSent,
            not_sent: words.emailNotSent,
            limited: words.emailLimited,
            verified: words.saved,
            unchanged: words.saved,
            none: words.saved,
          } as const;
          return show(c, step, { notice: said[outcome.email], localLink: outcome.localLink });
        }
        case "invalid": {
          ports.refusals.count("details_refused", session.from);
          const problem = { field: outcome.field, text: words.invalid[outcome.field], typed: typedAs };
          return show(c, step, { problem, reply: { status: 422 } });
        }
        case "unknown":
          ports.refusals.count("details_refused", session.from);
          return show(c, step, { problem: { field: "name", text: words.unknown }, reply: { status: 422 } });
        case "retry":
          return busy(c, step, outcome.afterMs, session.from);
      }
    }),
  );

  const count = (wish: "optOut" | "optIn", said: "uncounted" | "counted") =>
    proven(async (c, { person }) => {
      const { session, now, path } = c.get("own");
      const { devices } = await ports.rights[wish](person, { device: session.device, every: "all", now });
      if (wish === "optOut")
        await ports.rights.fulfilled(person, { kind: "object", as: `${session.id}.${now}` }, now);
      return c.redirect(`${path}?done=${said}&devices=${devices}`, 303);
    });
  app.post("/me/s/:sessionId/uncount", count("optOut", "uncounted"));
  app.post("/me/s/:sessionId/count", count("optIn", "counted"));

  app.post("/me/s/:sessionId/leave", async (c) => {
    const { session, language } = c.get("own");
    await ports.own.end(session.id);
    return c.redirect(`/me?lang=${language}`, 303);
  });

  const busy = (c: Context<PortalEnv>, step: Proven, afterMs: number, from: OwnFrom): Promise<Response> => {
    ports.refusals.count("ledger_retry", from);
    const problem = { field: null, text: copyFor(c.get("own").language).own.retry };
    return show(c, step, { problem, reply: { status: 503, retryAfterMs: afterMs } });
  };
};

type OwnFrom = Parameters<PortalOptions["ports"]["refusals"]["count"]>[1];
