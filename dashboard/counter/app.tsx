// The counter as a Hono app made from ports: staff sign in with a key, type a phone or open a scanned code. A phone is
// posted and the answer drawn into the reply, so that no address and no history holds one.

import { type Context, Hono } from "hono";
import type { HtmlEscapedString } from "hono/utils/html";
import { parsePhone } from "../../schema/phone.ts";
import { type Language, pickLanguage } from "../language.ts";
import { securityHeaders } from "../security-headers.ts";
import { clearCounterCookie, readBranchCookie, setBranchCookie, setCounterCookie } from "./cookies.ts";
import { type CounterNotice, counterCopy } from "./copy.ts";
import { FindPage, type FindProps, OpenPage, SignInPage } from "./forms.tsx";
import type { CounterFrame } from "./page.tsx";
import { PersonPage } from "./person-page.tsx";
import type { CounterAnswer, CounterAsk, CounterPorts, CounterSession } from "./ports.ts";
import { readCounterForm } from "./read-form.ts";

interface CounterEnv {
  Variables: { requestId?: string; session: CounterSession; form: URLSearchParams };
}
type Counter = Context<CounterEnv>;
type Status = 200 | 401 | 403 | 404 | 410 | 422 | 429 | 503;

const CODE = /^[A-Za-z0-9_-]{22}$/;

const languageOf = (c: Counter): Language =>
  pickLanguage(c.req.query("lang"), c.req.header("Accept-Language"));

/** Another site may neither sign a browser in nor look anybody up. */
const isFromElsewhere = (c: Counter): boolean =>
  /^(cross-site|same-site)$/.test(c.req.header("Sec-Fetch-Site") ?? "");

export function counter(ports: CounterPorts): Hono<CounterEnv> {
  const app = new Hono<CounterEnv>();

  const frameOf = (c: Counter, session: CounterSession | null, here = "/counter"): CounterFrame => ({
    copy: counterCopy(languageOf(c)),
    mode: ports.mode,
    here,
    csrf: session?.csrf ?? null,
  });

  const reply = async (
    c: Counter,
    page: HtmlEscapedString | Promise<HtmlEscapedString>,
    status: Status = 200,
  ): Promise<Response> => {
    c.header("Content-Language", languageOf(c));
    return c.html(await page, status);
  };

  const signedOut = (c: Counter, notice: CounterNotice | null, code: string | null, status: Status = 401) =>
    reply(c, SignInPage({ frame: frameOf(c, null), notice, code }), status);

  const findProps = async (c: Counter, refused: FindProps["refused"] = null): Promise<FindProps> => {
    const branches = await ports.branches();
    const wanted = c.get("form")?.get("branch") ?? readBranchCookie(c.req.raw);
    const branchId =
      branches.find(({ id }) => id === wanted)?.id ?? (branches.length === 1 ? branches[0]?.id : null);
    return { branches, branchId: branchId ?? null, refused };
  };

  const find = async (
    c: Counter,
    session: CounterSession,
    notice: CounterNotice | null,
    refused: FindProps["refused"] = null,
    status: Status = 200,
  ): Promise<Response> =>
    reply(c, FindPage({ frame: frameOf(c, session), notice, ...(await findProps(c, refused)) }), status);

  const answered = async (
    c: Counter,
    look: (ask: CounterAsk) => Promise<CounterAnswer>,
  ): Promise<Response> => {
    const session = c.get("session");
    const props = await findProps(c);
    const now = ports.now(c.req.raw);
    const { branchId } = props;
    if (branchId !== null) setBranchCookie(c, branchId);
    const requestId = c.get("requestId") ?? "";
    const answer = await look({ actor: session.actor, requestId, branchId, now });
    switch (answer.kind) {
      case "found": {
        const { people } = answer;
        return reply(c, PersonPage({ frame: frameOf(c, session), people, find: props, now }));
      }
      case "none":
        return find(c, session, "none", null, 404);
      case "restricted":
        return find(c, session, "restricted", null, 403);
      case "code_used":
      case "code_expired":
      case "code_unknown":
        return find(c, session, answer.kind, null, 410);
      case "limited":
        c.header("Retry-After", String(answer.retryAfterSeconds));
        return find(c, session, "limited", null, 429);
    }
  };

  app.use("/counter", securityHeaders);
  app.use("/counter/*", securityHeaders);

  app.get("/counter", async (c) => {
    const session = await ports.session(c.req.raw);
    return session === null ? signedOut(c, null, null) : find(c, session, null);
  });

  app.post("/counter/sign-in", async (c) => {
    const form = await readCounterForm(c.req.raw);
    if (isFromElsewhere(c) || form === null) {
      ports.refused(form === null ? "bad_form" : "foreign_form");
      return signedOut(c, "foreign_form", null, 403);
    }
    const code = CODE.exec(form.get("code") ?? "")?.[0] ?? null;
    const signedIn = await ports.signIn((form.get("key") ?? "").trim());
    if (signedIn === null) {
      ports.refused("wrong_key");
      return signedOut(c, "wrong_key", code);
    }
    setCounterCookie(c, signedIn.cookie, signedIn.maxAgeSeconds);
    return c.redirect(`/counter${code === null ? "" : `/q/${code}`}?lang=${languageOf(c)}`, 303);
  });

  app.get("/counter/q/:code", async (c) => {
    const session = await ports.session(c.req.raw);
    const code = CODE.exec(c.req.param("code"))?.[0] ?? null;
    if (session === null) return signedOut(c, null, code);
    if (code === null) return find(c, session, "code_unknown", null, 410);
    return reply(c, OpenPage({ frame: frameOf(c, session, `/counter/q/${code}`), code }));
  });

  // A reload, or the language link of an answer: there is nothing to see at these addresses.
  for (const path of ["/counter/find", "/counter/open", "/counter/sign-in", "/counter/sign-out"])
    app.get(path, (c) => c.redirect(`/counter?lang=${languageOf(c)}`, 303));

  for (const path of ["/counter/find", "/counter/open", "/counter/sign-out"])
    app.use(path, async (c, next) => {
      const session = await ports.session(c.req.raw);
      if (session === null) return signedOut(c, null, null);
      const form = await readCounterForm(c.req.raw);
      if (form === null || isFromElsewhere(c) || form.get("csrf") !== session.csrf) {
        ports.refused(form === null ? "bad_form" : "foreign_form");
        return find(c, session, "foreign_form", null, 403);
      }
      c.set("session", session);
      c.set("form", form);
      return next();
    });

  app.post("/counter/find", async (c) => {
    const typed = c.get("form").get("phone") ?? "";
    const parsed = parsePhone(typed);
    if (parsed.ok) return answered(c, (ask) => ports.byPhone(parsed.phone, ask));
    ports.refused("not_a_phone");
    return find(c, c.get("session"), null, { typed: typed.slice(0, 40), reason: parsed.reason }, 422);
  });

  app.post("/counter/open", (c) => answered(c, (ask) => ports.byCode(c.get("form").get("code") ?? "", ask)));

  app.post("/counter/sign-out", async (c) => {
    await ports.endSession(c.req.raw);
    clearCounterCookie(c);
    return c.redirect(`/counter?lang=${languageOf(c)}`, 303);
  });

  app.onError(async (error, c) => {
    ports.report(error);
    c.header("Retry-After", "5");
    const session = c.get("session") ?? null;
    const frame = frameOf(c, session);
    const notice = "unavailable" as const;
    return session === null
      ? reply(c, SignInPage({ frame, notice, code: null }), 503)
      : reply(c, FindPage({ frame, notice, branches: [], branchId: null, refused: null }), 503);
  });

  return app;
}
