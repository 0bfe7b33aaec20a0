// A local server that behaves as Zalo's login is documented: a permission page, codes that work once within 10 min,
// PKCE (S256), the app's secret in a header, mistakes as HTTP 200 with an `error`, and ids larger than 2^53 as texts.

import { createHash, createHmac, randomBytes } from "node:crypto";
import { type IncomingMessage, type ServerResponse, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Lab } from "./lab.ts";

export interface ZaloApp {
  id: string;
  secret: string;
}

export interface ZaloServer {
  url: string;
  /** Who is logged in to Zalo on the phone. */
  user: { id: string; name: string };
  /** Where it believes its caller to be: it tells nobody abroad who somebody is. */
  caller: "in Vietnam" | "abroad";
  /** What was asked, without values: `permission`, `agree`, `access_token: ok`, `access_token: -14005`, `me: ok`. */
  asked: string[];
}

interface Code {
  challenge: string;
  user: ZaloServer["user"];
  madeAt: number;
  used: boolean;
}

const CODE_MS = 10 * 60_000;
const TOKEN_SECONDS = 3_600;
const fault = (error: number, name: string) => ({ error, error_name: name, error_description: name });

const s256 = (verifier: string): string => createHash("sha256").update(verifier).digest("base64url");
const escape = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");

const bodyOf = async (request: IncomingMessage): Promise<URLSearchParams> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return new URLSearchParams(Buffer.concat(chunks).toString("utf8"));
};

const page = (query: URLSearchParams): string => `<!doctype html><html lang="vi"><title>Zalo</title>
<h1>Đăng nhập bằng Zalo</h1><form action="/v4/agree">
${[...query].map(([name, value]) => `<input type="hidden" name="${escape(name)}" value="${escape(value)}">`).join("\n")}
<button id="agree">Cho phép</button></form></html>`;

export const startZalo = async (lab: Lab, app: ZaloApp, host: string): Promise<ZaloServer> => {
  const zalo: ZaloServer = {
    url: "",
    user: { id: "4958612309451234567", name: "Nguyễn Thị Bình" },
    caller: "in Vietnam",
    asked: [],
  };
  const codes = new Map<string, Code>();
  const tokens = new Map<string, { user: ZaloServer["user"]; until: number }>();

  const permission = (query: URLSearchParams): string | null =>
    query.get("app_id") === app.id &&
    /^[\w-]{43}$/.test(query.get("code_challenge") ?? "") &&
    URL.canParse(query.get("redirect_uri") ?? "")
      ? page(query)
      : null;
  const agree = (query: URLSearchParams): string => {
    const code = randomBytes(32).toString("base64url");
    const challenge = query.get("code_challenge") ?? "";
    codes.set(code, { challenge, user: zalo.user, madeAt: Date.now(), used: false });
    const back = new URL(query.get("redirect_uri") ?? "");
    back.searchParams.set("code", code);
    const state = query.get("state");
    if (state !== null) back.searchParams.set("state", state);
    return back.href;
  };
  const exchange = (form: URLSearchParams, secret: string | undefined): object => {
    if (form.get("app_id") !== app.id) return fault(-14002, "Invalid app id");
    if (secret !== app.secret) return fault(-14004, "Invalid secret key");
    if (form.get("grant_type") !== "authorization_code") return fault(-14018, "Invalid grant type");
    const code = codes.get(form.get("code") ?? "");
    const late = code === undefined || code.used || Date.now() - code.madeAt > CODE_MS;
    // Which number a wrong verifier gets is not documented.
    if (late || s256(form.get("code_verifier") ?? "") !== code.challenge)
      return fault(-14005, "Invalid authorization code");
    code.used = true;
    const token = randomBytes(40).toString("base64url");
    tokens.set(token, { user: code.user, until: Date.now() + TOKEN_SECONDS * 1000 });
    const refresh = randomBytes(40).toString("base64url");
    return { access_token: token, refresh_token: refresh, expires_in: `${TOKEN_SECONDS}` };
  };
  const me = (token: string | undefined, proof: string | undefined, fields: string): object => {
    const known = tokens.get(token ?? "");
    const right = createHmac("sha256", app.secret)
      .update(token ?? "")
      .digest("hex");
    if (proof !== undefined && proof !== right) return { error: -1241, message: "Invalid appsecret_proof" };
    if (known === undefined || known.until < Date.now())
      return { error: -124, message: "Access token invalid" };
    if (zalo.caller === "abroad")
      return {
        error: -501,
        message: "Personal information is limited due to IP address not inside Vietnam",
      };
    const all: Record<string, string> = { id: known.user.id, name: known.user.name };
    return Object.fromEntries(fields.split(",").flatMap((name) => (all[name] ? [[name, all[name]]] : [])));
  };

  const header = (request: IncomingMessage, name: string): string | undefined => {
    const value = request.headers[name];
    return typeof value === "string" ? value : undefined;
  };
  const json = (reply: ServerResponse, what: string, value: object): void => {
    zalo.asked.push(`${what}: ${"error" in value ? String(value.error) : "ok"}`);
    reply.writeHead(200, { "content-type": "application/json; charset=utf-8" }).end(JSON.stringify(value));
  };
  const serve = async (request: IncomingMessage, reply: ServerResponse): Promise<void> => {
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://zalo");
    switch (`${request.method} ${pathname}`) {
      case "GET /v4/permission": {
        const html = permission(searchParams);
        zalo.asked.push(html === null ? "permission: refused" : "permission");
        reply.writeHead(html === null ? 400 : 200, { "content-type": "text/html; charset=utf-8" });
        return void reply.end(html ?? "<title>Zalo</title>");
      }
      case "GET /v4/agree":
        zalo.asked.push("agree");
        return void reply.writeHead(302, { location: agree(searchParams) }).end();
      case "POST /v4/access_token":
        return json(reply, "access_token", exchange(await bodyOf(request), header(request, "secret_key")));
      case "GET /v2.0/me":
        return json(
          reply,
          "me",
          me(
            header(request, "access_token"),
            header(request, "appsecret_proof"),
            searchParams.get("fields") ?? "id",
          ),
        );
      default:
        reply.writeHead(404).end();
    }
  };
  const server = createServer((request, reply) => {
    serve(request, reply).catch((error: unknown) => {
      zalo.asked.push(`broken: ${String(error)}`);
      reply.destroy();
    });
  });
  await new Promise<void>((listening) => server.listen(0, host, listening));
  zalo.url = `http://${host}:${(server.address() as AddressInfo).port}`;
  lab.defer(() => {
    server.closeAllConnections();
    server.close();
  });
  return zalo;
};
