// The stream of the fake server: a real WebSocket server that drops connections, keeps silent, refuses or sends
// whatever a test says, and keeps what the agent sent.

import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { WebSocketServer } from "ws";
import type { GrantResult } from "../grants/desk.ts";
import type { FakeServer } from "./fake-server.ts";

export interface FakeStream {
  results: GrantResult[];
  pings: number;
  /** Upgrades that came, and their tokens. */
  tokens: string[];
  /** Refuses upgrades while it is set. */
  refusal: { status: number; code: string } | null;
  answersPings: boolean;
  /** Told of results as they come; may drop the connection. */
  onResults: (results: GrantResult[]) => void;
  open(): number;
  send(frame: string | Buffer | object): void;
  sendGrants(...grants: object[]): void;
  /** As a router in between does it: without a word. */
  drop(): void;
}

const PATH = "/v1/agents/stream";

export const attachStream = ({ server, judge, settings }: FakeServer): FakeStream => {
  const sockets = new WebSocketServer({ noServer: true });
  const fake: FakeStream = {
    results: [],
    pings: 0,
    tokens: [],
    refusal: null,
    answersPings: true,
    onResults: () => undefined,
    open: () => sockets.clients.size,
    send(frame) {
      const data = typeof frame === "string" || Buffer.isBuffer(frame) ? frame : JSON.stringify(frame);
      for (const socket of sockets.clients) socket.send(data);
    },
    sendGrants: (...grants) => fake.send({ type: "grants", grants }),
    drop() {
      for (const socket of sockets.clients) socket.terminate();
    },
  };
  const refuse = (socket: Duplex, status: number, code: string): void => {
    const body = JSON.stringify({ status, code });
    const head = `HTTP/1.1 ${status} No\r\ndate: ${new Date(settings.dateMs()).toUTCString()}\r\n`;
    socket.end(
      `${head}content-type: application/problem+json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
    );
  };
  const upgrade = async (request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> => {
    fake.tokens.push(request.headers.authorization ?? "");
    if (request.url !== PATH) return refuse(socket, 404, "not_found");
    if (fake.refusal) return refuse(socket, fake.refusal.status, fake.refusal.code);
    const code = await judge(request.headers);
    if (code !== null) return refuse(socket, 401, code);
    sockets.handleUpgrade(request, socket, head, (client) => {
      client.on("message", (data: Buffer) => {
        const text = data.toString();
        if (text === "ping") {
          fake.pings += 1;
          if (fake.answersPings) client.send("pong");
          return;
        }
        const { results } = JSON.parse(text) as { results: GrantResult[] };
        fake.results.push(...results);
        fake.onResults(results);
      });
    });
  };
  server.on("upgrade", (request, socket, head) => void upgrade(request, socket, head));
  server.on("close", () => sockets.close());
  return fake;
};
