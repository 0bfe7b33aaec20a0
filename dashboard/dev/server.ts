// A small server for working on the dashboard without a Worker: the real pages and assets over node:http, the API
// from fixture.ts. A cookie `dev` of `fail`, `slow` or `none` makes the API answer with problems, late or with
// nothing. Never part of a deployment.
import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { Hono } from "hono";
import { getCookie } from "hono/cookie";
import { dashboard } from "../app.tsx";
import { docsPage } from "../docs.tsx";
import { shownPrivacy } from "../privacy/testing/shown-privacy.ts";
import { BRANCHES, brandFrequency, footfall, frequency, retention } from "./fixture.ts";
import { journeys, noJourneys } from "./journeys-fixture.ts";

const TYPES: Record<string, string> = {
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
};
const NONE = { id: "none", size: 0 };

export interface DevServer {
  port: number;
  close(): void;
}

function api(now: () => number): Hono {
  const app = new Hono();
  app.use("/v1/*", async (context, next) => {
    const behaviour = getCookie(context, "dev");
    if (getCookie(context, "quen_session") !== "dev") return context.json({ code: "unauthorized" }, 401);
    if (behaviour === "slow") await new Promise((resolve) => setTimeout(resolve, 60_000));
    if (behaviour === "fail" && !context.req.path.endsWith("/branches")) {
      const detail = "The database did not answer in time; nothing is lost. Try again in a moment.";
      const problem = {
        type: "about:blank",
        title: "Unavailable",
        status: 503,
        detail,
        code: "unavailable",
        requestId: "req_01k9dev",
      };
      return context.body(JSON.stringify(problem), 503, { "Content-Type": "application/problem+json" });
    }
    return next();
  });
  app.get("/v1/branches", (context) => context.json({ data: BRANCHES, next: null }));
  app.get("/v1/frequency", (context) => {
    const { from = "", to = "" } = context.req.query();
    const whole = brandFrequency(from, to, now());
    return context.json(getCookie(context, "dev") === "none" ? { ...whole, branches: [] } : whole);
  });
  app.get("/v1/journeys/online-to-store", (context) =>
    context.json(getCookie(context, "dev") === "none" ? noJourneys() : journeys()),
  );
  app.get("/v1/branches/:id/:what", (context) => {
    const { id, what } = context.req.param();
    const { from = "", to = "", interval = "day" } = context.req.query();
    const known = BRANCHES.find((candidate) => candidate.id === id);
    const branch = getCookie(context, "dev") === "none" || known === undefined ? NONE : known;
    if (what === "footfall") return context.json(footfall(branch, from, to, interval, now()));
    if (what === "frequency") return context.json(frequency(branch, from, to, now()));
    if (what === "retention") return context.json(retention(branch, from, to));
    if (what === "now")
      return context.json({ occupancy: 23, recognised: 7, at: new Date(now()).toISOString() });
    return context.notFound();
  });
  return app;
}

function request(incoming: IncomingMessage, body: Buffer, port: number): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (typeof value === "string") headers.set(name, value);
  }
  const method = incoming.method ?? "GET";
  const init = { method, headers, ...(method === "POST" ? { body: new Uint8Array(body) } : {}) };
  return new Request(`http://127.0.0.1:${port}${incoming.url ?? "/"}`, init);
}

async function answer(app: Hono, asked: Request, outgoing: ServerResponse): Promise<void> {
  const response = await app.fetch(asked);
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  outgoing.end(Buffer.from(await response.arrayBuffer()));
}

export async function startDevServer(
  port: number,
  assets: string,
  openapi: unknown,
  now: () => number,
): Promise<DevServer> {
  const used = new Set<string>();
  const app = new Hono();
  app.route(
    "/",
    dashboard({
      session: async (asked) =>
        (asked.headers.get("Cookie") ?? "").includes("quen_session=dev")
          ? { ok: true, operator: "dev@localhost", csrf: "dev-csrf", may: ["counter", "privacy"] }
          : { ok: false },
      consumeSignIn: async (token) => {
        if (token !== "dev") return { ok: false, reason: "unknown" };
        if (used.has(token)) return { ok: false, reason: "used" };
        used.add(token);
        return { ok: true, cookie: "dev", maxAgeSeconds: 3600 };
      },
      endSession: async () => used.clear(),
      now,
      mode: "local",
    }),
  );
  const officer = { full: shownPrivacy("full"), none: shownPrivacy("empty"), fail: shownPrivacy("failing") };
  for (const address of ["/privacy", "/privacy/*"])
    app.all(address, (context) => {
      const dev = getCookie(context, "dev");
      return officer[dev === "none" || dev === "fail" ? dev : "full"].fetch(context.req.raw);
    });
  app.route("/", docsPage());
  app.route("/", api(now));
  app.get("/openapi.json", (context) =>
    context.body(JSON.stringify(openapi), 200, { "Content-Type": "application/json" }),
  );
  app.get("/assets/:name", async (context) => {
    const name = path.basename(context.req.param("name"));
    const file = await readFile(path.join(assets, "assets", name)).catch(() => undefined);
    if (file === undefined) return context.notFound();
    return context.body(new Uint8Array(file), 200, {
      "Content-Type": TYPES[path.extname(name)] ?? "application/octet-stream",
    });
  });

  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
    incoming.on("end", () => {
      void answer(app, request(incoming, Buffer.concat(chunks), port), outgoing);
    });
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  return { port, close: () => void server.close() };
}
