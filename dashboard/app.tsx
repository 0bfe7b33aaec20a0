// The dashboard as a Hono app made from ports: sign-in, sign-out and the one page of charts. Mount it at the root;
// all its addresses begin with /dashboard. The charts' data comes from the public API with the same cookie.
import { Hono } from "hono";
import type { Context } from "hono";
import { pageCopy } from "./copy/page.ts";
import { pickLanguage } from "./language.ts";
import type { Language } from "./language.ts";
import { BoardPage } from "./pages/board.tsx";
import { RefusedPage, SignedOutPage, SignInPage } from "./pages/sign-in.tsx";
import type { DashboardPorts } from "./ports.ts";
import { securityHeaders } from "./security-headers.ts";
import { clearSessionCookie, setSessionCookie } from "./session-cookie.ts";

const languageOf = (context: Context): Language =>
  pickLanguage(context.req.query("lang"), context.req.header("Accept-Language"));

async function formField(context: Context, name: string): Promise<string> {
  const value = (await context.req.parseBody())[name];
  return typeof value === "string" ? value : "";
}

export function dashboard(ports: DashboardPorts): Hono {
  const app = new Hono();
  const { mode } = ports;
  app.use("/dashboard", securityHeaders);
  app.use("/dashboard/*", securityHeaders);

  app.get("/dashboard", async (context) => {
    const language = languageOf(context);
    const session = await ports.session(context.req.raw);
    if (!session.ok) {
      const notice = context.req.query("signed-out") === undefined ? undefined : pageCopy(language).loggedOut;
      return context.html(<SignedOutPage language={language} mode={mode} notice={notice} />, 401);
    }
    const { operator, csrf, may } = session;
    return context.html(
      <BoardPage
        language={language}
        mode={mode}
        operator={operator}
        csrf={csrf}
        may={may}
        now={ports.now()}
      />,
    );
  });

  app.get("/dashboard/sign-in", (context) => {
    const language = languageOf(context);
    const token = context.req.query("token") ?? "";
    if (token === "")
      return context.html(<RefusedPage language={language} mode={mode} reason="unknown" />, 400);
    return context.html(<SignInPage language={language} mode={mode} token={token} />);
  });

  app.post("/dashboard/sign-in", async (context) => {
    const language = languageOf(context);
    // Another site may not sign a browser in under a link of its own.
    if (/^(cross-site|same-site)$/.test(context.req.header("Sec-Fetch-Site") ?? "")) {
      return context.html(<RefusedPage language={language} mode={mode} reason="unknown" />, 403);
    }
    const outcome = await ports.consumeSignIn(await formField(context, "token"));
    if (!outcome.ok) {
      return context.html(<RefusedPage language={language} mode={mode} reason={outcome.reason} />, 410);
    }
    setSessionCookie(context, outcome.cookie, outcome.maxAgeSeconds);
    return context.redirect(`/dashboard?lang=${language}`, 303);
  });

  app.post("/dashboard/sign-out", async (context) => {
    const session = await ports.session(context.req.raw);
    // A form without this session's csrf changes nothing; it only leads back to the page.
    if (session.ok && (await formField(context, "csrf")) === session.csrf) {
      await ports.endSession(context.req.raw);
      clearSessionCookie(context);
      return context.redirect(`/dashboard?signed-out&lang=${languageOf(context)}`, 303);
    }
    return context.redirect("/dashboard", 303);
  });

  return app;
}
