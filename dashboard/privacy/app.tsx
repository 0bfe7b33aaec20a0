// The data protection officer's pages as a Hono app made from ports: the queue of requests, one request, a new one. All
// addresses begin with /privacy and hold ids of requests alone; every value is posted.

import { Hono } from "hono";
import { securityHeaders } from "../security-headers.ts";
import type { Fault } from "./copy.ts";
import { type Asked, makeDesk, ownForm, type PrivacyApp, type PrivacyEnv, signedIn } from "./desk.ts";
import { ListPage } from "./list-page.tsx";
import { NewPage } from "./new-page.tsx";
import type { PrivacyPorts } from "./ports.ts";
import { emptyForm, type NewForm, readNew, typedForm } from "./read-new.ts";
import { requestRoutes } from "./routes-request.ts";

const CURSOR = /^\d{1,15}~rq_[0-9a-z]{8,40}$/;

export function privacy(ports: PrivacyPorts): PrivacyApp {
  const app = new Hono<PrivacyEnv>();
  const desk = makeDesk(ports);

  for (const path of ["/privacy", "/privacy/*"])
    app.use(path, securityHeaders, signedIn(desk), ownForm(desk));

  app.get("/privacy", async (c) => {
    const state = c.req.query("state") === "closed" ? "closed" : "open";
    const after = CURSOR.exec(c.req.query("after") ?? "")?.[0] ?? null;
    const frame = desk.frame(c, `/privacy?state=${state}`);
    const [{ rows, next }, counts] = await Promise.all([ports.list(state, after), ports.counts(frame.now)]);
    const isFirst = after === null ? "first" : "further";
    const said = c.req.query("said") === "opened_two" ? "opened_two" : null;
    return desk.send(c, ListPage({ frame, state, rows, counts, isFirst, next, said }));
  });

  const newPage = async (c: Asked, form: NewForm, faults: readonly Fault[]): Promise<Response> => {
    const page = NewPage({
      frame: desk.frame(c, "/privacy/new"),
      kinds: await ports.kinds(),
      form,
      faults,
    });
    return desk.send(c, page, faults.length === 0 ? 200 : 422);
  };

  app.get("/privacy/new", (c) => newPage(c, emptyForm(ports.now(c.req.raw)), []));

  app.post("/privacy/new", async (c) => {
    const form = typedForm(c.get("form"));
    const doing = desk.doing(c);
    const ask = readNew(form, await ports.kinds(), doing.now);
    const opened = "kind" in ask ? await ports.open(ask, doing) : null;
    if (opened === null) {
      ports.refused("not_valid");
      return newPage(c, form, "kind" in ask ? ["value"] : ask);
    }
    const [id, ...more] = opened;
    return desk.lead(
      c,
      id === undefined || more.length > 0
        ? "/privacy?said=opened_two"
        : `/privacy/requests/${id}?said=opened`,
    );
  });

  requestRoutes(app, desk);

  app.onError((error, c) => {
    ports.report(error);
    c.header("Retry-After", "5");
    return desk.trouble(c, "unavailable", 503);
  });

  return app;
}
