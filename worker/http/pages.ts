// The pages for people: dashboard, counter, requests, API docs, portal and their static assets, mounted beside the API.

import { describeError } from "../describe-error.ts";
import type { Hono } from "hono";
import { dashboard } from "../../dashboard/app.tsx";
import { counter } from "../../dashboard/counter/app.tsx";
import { privacy } from "../../dashboard/privacy/app.tsx";
import { createPortal } from "../../captive-portal/create-portal.ts";
import { docsPage } from "../../dashboard/docs.tsx";
import { readSessionCookie } from "../../dashboard/session-cookie.ts";
import type { DashboardPorts } from "../../dashboard/ports.ts";
import { clockOf } from "../clock.ts";
import { counterPorts } from "../counter/counter-ports.ts";
import { privacyPorts } from "../privacy-page/privacy-ports.ts";
import { publicKeys } from "../portal/keys.ts";
import { portalPorts } from "../portal/portal-ports.ts";
import type { Services } from "../services.ts";
import {
  consumeSignInLink,
  endOperatorSession,
  insertOperatorSession,
  findOperatorSession,
} from "../store/access.ts";
import type { HttpEnv } from "./context.ts";
import { sha256 } from "./digest.ts";
import { newSecret } from "./ids.ts";
import { publicUrlOf } from "./public-url.ts";

const SESSION_MS = 12 * 3_600_000;

/** Sessions follow the machine's clock: a supplied `now` must not bring an old one back. */
const dashboardPorts = ({ db, settings }: Services): DashboardPorts => ({
  session: async (request) => {
    const secret = readSessionCookie(request);
    const may = secret === undefined ? null : await findOperatorSession(db, sha256(secret), Date.now());
    if (secret === undefined || may === null) return { ok: false };
    return { ok: true, operator: "operator", csrf: sha256(`csrf/${secret}`), may };
  },
  consumeSignIn: async (token) => {
    const now = Date.now();
    const used = await consumeSignInLink(db, sha256(token), now);
    if (used.kind !== "ok") return { ok: false, reason: used.kind };
    const secret = newSecret("os");
    const { also } = used;
    const expiresAt = now + SESSION_MS;
    await insertOperatorSession(db, { hash: sha256(secret), createdAt: now, expiresAt, also });
    return { ok: true, cookie: secret, maxAgeSeconds: SESSION_MS / 1000 };
  },
  endSession: async (request) => {
    const secret = readSessionCookie(request);
    if (secret !== undefined) await endOperatorSession(db, sha256(secret));
  },
  now: () => Date.now(),
  mode: settings.QUEN_MODE === "local" ? "local" : "deployed",
});

export const mountPages = (app: Hono<HttpEnv>, services: Services): void => {
  const { settings } = services;
  const operators = dashboardPorts(services);
  app.route("/", dashboard(operators));
  app.route("/", counter(counterPorts(services, operators)));
  app.route("/", privacy(privacyPorts(services, operators)));
  app.route("/", docsPage());
  app.route(
    "/",
    createPortal({
      ports: portalPorts(services),
      origin: (request) => publicUrlOf(settings, request.url),
      clock: (request) => clockOf(request, settings.QUEN_MODE, Date.now()).now,
      mode: settings.QUEN_MODE === "local" ? "local" : "live",
      report: (error) => console.error("A portal request failed", { error: describeError(error) }),
    }),
  );
  app.get("/.well-known/quen-consent-keys.json", async (c) =>
    c.json({ keys: await publicKeys(settings.CONSENT_KEYS) }, 200, {
      "cache-control": "public, max-age=3600",
    }),
  );
  app.get("/", (c) => c.redirect("/dashboard", 302));
};
