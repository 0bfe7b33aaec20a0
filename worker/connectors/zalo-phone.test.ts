// The exchange of a Mini App's phone token with a graph of Zalo on a real socket: done, retry or refused, and nothing else.

import { createHmac } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { exchangePhone, type GraphSettings } from "./zalo-phone.ts";

type Reply = (request: IncomingMessage, response: ServerResponse) => void;

const json =
  (body: unknown, status = 200): Reply =>
  (_, response) => {
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  };
const ME = json({ error: 0, message: "Success", id: "4047671499938107249" });
const INFO = json({ data: { number: "84912345678" }, error: 0, message: "Success" });

let seen: { url: string; headers: Record<string, unknown> }[] = [];
let [me, info]: [Reply, Reply] = [ME, INFO];
const server = createServer((request, response) => {
  seen.push({ url: request.url ?? "", headers: request.headers });
  (request.url?.startsWith("/relay/v2.0/me/info") ? info : me)(request, response);
});
let graphUrl = "";

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  graphUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/relay`;
});
afterAll(() => void server.close());
beforeEach(() => {
  seen = [];
  [me, info] = [ME, INFO];
});

const tokens = { accessToken: "access-1", phoneToken: "phone-1" };
const exchange = (more: Partial<GraphSettings> = {}) =>
  exchangePhone({ graphUrl, appSecret: "app-secret", proves: false, fetch, ...more }, tokens);

describe("a phone token", () => {
  test("becomes the number and the id of whom it is, through a relay that has a path", async () => {
    expect(await exchange()).toEqual({ kind: "done", userId: "4047671499938107249", phone: "+84912345678" });
    expect(seen).toMatchObject([
      { url: "/relay/v2.0/me?fields=id", headers: { access_token: "access-1" } },
      {
        url: "/relay/v2.0/me/info",
        headers: { access_token: "access-1", code: "phone-1", secret_key: "app-secret" },
      },
    ]);
    expect(seen[0]?.headers["secret_key"]).toBeUndefined();
  });

  test("goes with a proof where the app asks for one", async () => {
    await exchange({ proves: true });
    const proof = createHmac("sha256", "app-secret").update("access-1").digest("hex");
    for (const { headers } of seen) expect(headers["appsecret_proof"]).toBe(proof);
  });

  test.each([
    ["an address abroad", json({ error: -501, message: "…not inside Vietnam: 203.0.113.10" }), "abroad"],
    ["a token that is used up", json({ error: -14_005, message: "expired" }), "tokens"],
    ["no number", json({ error: 0, data: {} }), "malformed"],
    ["a landline", json({ error: 0, data: { number: "842838123456" } }), "malformed"],
    ["a page", (_: unknown, response: ServerResponse) => void response.end("<html>"), "malformed"],
    [
      "another address",
      (_: unknown, response: ServerResponse) => void response.writeHead(302, { location: "/" }).end(),
      "malformed",
    ],
  ] as const)("is refused for %s", async (_, answer, reason) => {
    info = answer;
    expect(await exchange()).toEqual({ kind: "refused", reason });
  });

  test.each([
    ["is busy", json({ error: 0 }, 429)],
    ["is down", json({ error: 0 }, 502)],
    ["hangs up", (request: IncomingMessage) => void request.socket.destroy()],
  ] as const)("may be tried again when Zalo %s", async (_, answer) => {
    info = answer;
    expect(await exchange()).toEqual({ kind: "retry" });
    me = answer;
    expect(await exchange()).toEqual({ kind: "retry" });
  });

  test("is not used up where nobody says whose it is", async () => {
    me = json({ error: -501, message: "…" });
    expect(await exchange()).toEqual({ kind: "refused", reason: "abroad" });
    expect(seen).toHaveLength(1);
  });
});
