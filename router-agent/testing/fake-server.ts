// A small real HTTP server that speaks the agent's wire and does as a test says: takes batches, fails, stalls,
// drops connections. Keeps what it took, so that a test can look for lost, doubled or changed observations.

import { randomBytes } from "node:crypto";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { gunzipSync } from "node:zlib";
import type { JWK } from "jose";
import { importJWK, jwtVerify } from "jose";
import type { PresenceBatch } from "../../schema/wire/agents.ts";

/** What to do with the next batch; without one it is taken. */
export type Answer =
  | { kind: "reply"; status: number; body: unknown; headers?: Record<string, string> }
  /** Take the batch, but let the reply get lost. */
  | { kind: "drop_after" }
  | { kind: "drop_before" };

export interface Taken {
  batch: PresenceBatch;
  /** The body as it was sent, uncompressed. */
  text: string;
  headers: IncomingMessage["headers"];
  atMs: number;
}

export interface FakeServer {
  url: string;
  /** Every request with a body, also those that were refused. */
  seen: Taken[];
  /** What was acknowledged. */
  taken: Taken[];
  answers: Answer[];
  deviceKey: string;
  /** What the replies carry. */
  grants: () => unknown[];
  server: Server;
  /** The code of the problem with a token, or null when it is right. */
  judge: (headers: IncomingMessage["headers"]) => Promise<string | null>;
  settings: {
    intervalMs: number;
    maxObservations: number;
    maxBytes: number;
    local: boolean;
    dateMs: () => number;
  };
  close(): Promise<void>;
}

const readBody = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
};

const problem = (status: number, code: string): Answer => ({ kind: "reply", status, body: { status, code } });

export const startFakeServer = async (port = 0): Promise<FakeServer> => {
  const deviceKey = randomBytes(32).toString("base64url");
  const settings = {
    intervalMs: 30_000,
    maxObservations: 2_000,
    maxBytes: 512 * 1024,
    local: false,
    dateMs: () => Date.now(),
  };
  let publicKey: JWK | null = null;
  const judge = async ({ authorization, "x-quen-now": virtual }: IncomingMessage["headers"]) => {
    const now = typeof virtual === "string" ? Number(virtual) : settings.dateMs();
    const token = authorization?.replace("Bearer ", "") ?? "";
    try {
      const key = await importJWK(publicKey ?? {}, "EdDSA");
      const currentDate = new Date(now);
      await jwtVerify(token, key, { audience: "quen", currentDate, clockTolerance: 60, maxTokenAge: 300 });
      return null;
    } catch (thrown) {
      return thrown instanceof Error && "claim" in thrown ? "clock_skew" : "unauthorized";
    }
  };
  const server = createServer((request, response) => void answer(request, response));
  const fake: FakeServer = {
    url: "",
    seen: [],
    taken: [],
    answers: [],
    grants: () => [],
    deviceKey,
    server,
    judge,
    settings,
    close: () => Promise.resolve(),
  };

  const enrol = (body: Buffer): Answer => {
    ({ publicKey } = JSON.parse(body.toString()) as { publicKey: JWK });
    const { intervalMs, maxObservations, maxBytes, local } = settings;
    const reply = {
      agentId: "ag_test0001",
      branch: { id: "quan-1", name: "Quận 1", timezone: "Asia/Ho_Chi_Minh" },
      deviceKeys: [{ keyId: "k1", key: deviceKey }],
      report: { intervalMs, maxObservations, maxBytes },
      ...(local && { local }),
    };
    return { kind: "reply", status: 201, body: reply };
  };

  const presence = async (request: IncomingMessage, body: Buffer): Promise<Answer> => {
    const text = gunzipSync(body).toString();
    const batch = JSON.parse(text) as PresenceBatch;
    const item = { batch, text, headers: request.headers, atMs: Date.now() };
    fake.seen.push(item);
    const scripted = fake.answers.shift();
    if (scripted && scripted.kind !== "drop_after") return scripted;
    const code = await judge(request.headers);
    if (code !== null) return problem(401, code);
    if (batch.observations.length > settings.maxObservations || text.length > settings.maxBytes)
      return { kind: "reply", status: 413, body: { code: "too_large", limits: settings } };
    fake.taken.push(item);
    if (scripted) return scripted;
    const reply = {
      accepted: batch.observations.length,
      dropped: [],
      report: { intervalMs: settings.intervalMs },
      grants: fake.grants(),
    };
    return { kind: "reply", status: 200, body: reply };
  };

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await readBody(request);
    const chosen =
      request.url === "/v1/agents/enrol"
        ? enrol(body)
        : request.url === "/v1/presence"
          ? await presence(request, body)
          : problem(404, "not_found");
    if (chosen.kind !== "reply") {
      request.socket.destroy();
      return;
    }
    response.writeHead(chosen.status, { date: new Date(settings.dateMs()).toUTCString(), ...chosen.headers });
    response.end(JSON.stringify(chosen.body));
  };

  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  fake.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  fake.close = () =>
    new Promise((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    });
  return fake;
};
