import { createHmac } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import type { Lab } from "../../e2e/lab/lab.ts";
import { type ZaloServer, startZalo } from "../../e2e/lab/zalo-server.ts";
import { type ZaloSettings, zaloOauth } from "./oauth.ts";
import { challengeOf, newVerifier } from "./pkce.ts";

const APP = { id: "3141592653589793238", secret: "an-app-secret-of-the-tests" };
const REDIRECT = "https://wifi.example.vn/zalo/callback";

const ends: (() => void)[] = [];
const lab = { defer: (end: () => void) => void ends.push(end) } as unknown as Lab;
afterAll(() => {
  for (const end of ends) end();
});

const log: string[] = [];
afterEach(() => void log.splice(0));

const login = (urls: Pick<ZaloSettings, "oauthUrl" | "graphUrl">, more: Partial<ZaloSettings> = {}) =>
  zaloOauth({
    appId: APP.id,
    appSecret: APP.secret,
    appSecretProof: false,
    fetch: (request) => fetch(request),
    log: (sentence, fields) => void log.push(JSON.stringify({ sentence, ...fields })),
    ...urls,
    ...more,
  });

/** What a shopper does on Zalo's own page. */
const agree = async (permissionUrl: string): Promise<URL> => {
  const html = await (await fetch(permissionUrl)).text();
  const fields = Array.from(html.matchAll(/name="([^"]*)" value="([^"]*)"/g), ([, name = "", value = ""]) => [
    name,
    value.replaceAll("&amp;", "&"),
  ]);
  const query = new URLSearchParams(fields).toString();
  const reply = await fetch(`${new URL(permissionUrl).origin}/v4/agree?${query}`, { redirect: "manual" });
  return new URL(reply.headers.get("location") ?? "");
};

const start = async () => {
  const zalo: ZaloServer = await startZalo(lab, APP, "127.0.0.1");
  const port = login({ oauthUrl: zalo.url, graphUrl: zalo.url });
  const verifier = newVerifier();
  const challenge = await challengeOf(verifier);
  const back = await agree(port.permissionUrl({ state: "st&te", challenge, redirectUri: REDIRECT }));
  return { zalo, port, verifier, back, code: back.searchParams.get("code") ?? "" };
};

describe("a login with a server that behaves as Zalo's is documented", () => {
  it("gives the id, larger than 2^53, and brings the state back unchanged", async () => {
    const { zalo, port, back, code, verifier } = await start();
    expect(back.searchParams.get("state")).toBe("st&te");
    expect(await port.exchange(code, verifier)).toEqual({ kind: "done", userId: zalo.user.id });
    expect(zalo.asked).toEqual(["permission", "agree", "access_token: ok", "me: ok"]);
    expect(log).toEqual([]);
  });

  it("is refused without the verifier that the challenge came from, and with a code that was used", async () => {
    const { port, code, verifier } = await start();
    expect(await port.exchange(code, newVerifier())).toEqual({ kind: "refuse", reason: "code" });
    expect(await port.exchange(code, verifier)).toMatchObject({ kind: "done" });
    expect(await port.exchange(code, verifier)).toEqual({ kind: "refuse", reason: "code" });
  });

  it("tells the operator of a wrong secret, without writing it down", async () => {
    const { zalo, code, verifier } = await start();
    const urls = { oauthUrl: zalo.url, graphUrl: zalo.url };
    const wrong = login(urls, { appSecret: "another-secret" });
    expect(await wrong.exchange(code, verifier)).toEqual({ kind: "refuse", reason: "settings" });
    expect(log.join()).toContain("-14004");
    expect(log.join()).not.toMatch(/another-secret|an-app-secret/);
  });

  it("tells the operator that Zalo wants a relay in Vietnam", async () => {
    const { zalo, port, code, verifier } = await start();
    zalo.caller = "abroad";
    expect(await port.exchange(code, verifier)).toEqual({ kind: "refuse", reason: "abroad" });
    expect(log.join()).toMatch(/relay in Vietnam.*docs\/zalo\.md/);
  });
});

type Answer = readonly [status: number, body: string, headers?: Record<string, string>];
const TOKEN: Answer = [200, '{"access_token":"t0ken"}'];

/** Answers one after the other, the last one for ever; null: silence. */
const answering = async (...answers: (Answer | null)[]) => {
  const asked: string[] = [];
  const server = createServer((request, reply) => {
    const answer = answers[Math.min(asked.length, answers.length - 1)];
    asked.push(`${request.method ?? ""} ${request.url ?? ""} ${String(request.headers["access_token"])}`);
    if (answer != null) reply.writeHead(answer[0], answer[2]).end(answer[1]);
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  ends.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const port = login({ oauthUrl: url, graphUrl: `${url}/relay-secret` }, { timeoutMs: 300 });
  return { asked, outcome: await port.exchange("code", "verifier") };
};

it("each call carries the proof of the app's secret where the app wants it", async () => {
  const requests: Request[] = [];
  const answers = ['{"access_token":"t0ken"}', '{"id":"7"}'];
  const fetch = async (request: Request): Promise<Response> => {
    requests.push(request);
    return new Response(answers[requests.length - 1]);
  };
  const urls = { oauthUrl: "https://oauth.test", graphUrl: "https://graph.test" };
  await login(urls, { fetch, appSecretProof: true }).exchange("code", "verifier");
  const proof = createHmac("sha256", APP.secret).update("t0ken").digest("hex");
  expect(requests.map(({ headers }) => headers.get("appsecret_proof"))).toEqual([null, proof]);
  expect(requests[0]?.headers.get("secret_key")).toBe(APP.secret);
  expect(requests[1]?.headers.get("secret_key")).toBeNull();
});

describe("an answer of Zalo", () => {
  it("may carry the id as a number: no digit is lost", async () => {
    const { asked, outcome } = await answering(TOKEN, [200, '{"id":4958612309451234567,"error":0}']);
    expect(outcome).toEqual({ kind: "done", userId: "4958612309451234567" });
    expect(asked[1]).toBe("GET /relay-secret/v2.0/me?fields=id t0ken");
  });

  it.each<[string, (Answer | null)[], object]>([
    ["an error of the server", [[500, ""]], { kind: "retry", afterMs: 5_000 }],
    ["too many questions", [[429, "{}"]], { kind: "retry", afterMs: 5_000 }],
    ["silence", [null], { kind: "retry", afterMs: 5_000 }],
    ["no JSON", [[200, "<html>"]], { kind: "refuse", reason: "malformed" }],
    ["a list", [[200, "[]"]], { kind: "refuse", reason: "malformed" }],
    ["17 KB", [[200, `{"access_token":"${"x".repeat(17_000)}"}`]], { kind: "refuse", reason: "malformed" }],
    [
      "a token with a line break",
      [[200, '{"access_token":"a\\nb"}']],
      { kind: "refuse", reason: "malformed" },
    ],
    ["a redirect", [[302, "", { location: "/elsewhere" }]], { kind: "refuse", reason: "malformed" }],
    ["an unknown error", [[200, '{"error":"-9"}']], { kind: "refuse", reason: "other" }],
    ["an error that is none", [[200, '{"error":{}}']], { kind: "refuse", reason: "other" }],
  ])("of %s becomes an outcome", async (_, answers, outcome) => {
    expect((await answering(...answers)).outcome).toEqual(outcome);
  });

  it.each<[string, (Answer | null)[], object, number]>([
    [
      "one failure of the graph",
      [
        [502, ""],
        [200, '{"id":"7"}'],
      ],
      { kind: "done", userId: "7" },
      3,
    ],
    ["two", [[502, ""], null], { kind: "refuse", reason: "silent" }, 3],
    ["an id that is none", [[200, '{"id":"../7"}']], { kind: "refuse", reason: "malformed" }, 2],
    ["no id", [[200, '{"error":0}']], { kind: "refuse", reason: "malformed" }, 2],
    ["-501 as a text", [[200, '{"error":"-501"}']], { kind: "refuse", reason: "abroad" }, 2],
    ["an invalid token", [[200, '{"error":-124}']], { kind: "refuse", reason: "other" }, 2],
  ])("to the second question, %s, becomes an outcome", async (_, answers, outcome, questions) => {
    const { asked, outcome: got } = await answering(TOKEN, ...answers);
    expect(got).toEqual(outcome);
    expect(asked).toHaveLength(questions);
  });
});
