// Sends prepared requests over keep-alive connections, one in flight on each, as lean as can be: the generator must
// not be what is measured. Counts what the Worker acknowledged.

import { createConnection } from "node:net";

export interface Sent {
  requests: number;
  accepted: number;
  ms: number;
  /** Of each request, sorted. */
  latenciesMs: number[];
  problems: Record<string, number>;
}

export interface Target {
  host: string;
  port: number;
}

type Headers = Readonly<Record<string, string>>;

const request = ({ host, port }: Target, token: string, body: Buffer, more: Headers): Buffer =>
  Buffer.concat([
    Buffer.from(
      `POST /v1/presence HTTP/1.1\r\nhost: ${host}:${port}\r\nauthorization: Bearer ${token}\r\n` +
        `content-type: application/json\r\ncontent-encoding: gzip\r\ncontent-length: ${body.length}\r\n` +
        Object.entries(more)
          .map(([name, value]) => `${name}: ${value}\r\n`)
          .join("") +
        "\r\n",
    ),
    body,
  ]);

export const prepare = (
  target: Target,
  items: readonly { token: string; body: Buffer }[],
  headers: Headers = {},
): Buffer[] => items.map(({ token, body }) => request(target, token, body, headers));

/** The head's end and the body's length, by length or in chunks; null while it is not whole. */
const readReply = (text: string): { status: string; body: string } | null => {
  const end = text.indexOf("\r\n\r\n");
  if (end < 0) return null;
  const head = text.slice(0, end).toLowerCase();
  const status = head.slice(9, 12);
  const rest = text.slice(end + 4);
  if (head.includes("transfer-encoding: chunked"))
    return rest.endsWith("0\r\n\r\n") ? { status, body: rest } : null;
  const length = Number(/content-length: (\d+)/.exec(head)?.[1] ?? "0");
  return rest.length >= length ? { status, body: rest } : null;
};

const connection = (
  target: Target,
  next: () => Buffer | undefined,
  took: (status: string, body: string, ms: number) => void,
): Promise<void> =>
  new Promise((resolve, reject) => {
    const socket = createConnection(target);
    socket.setNoDelay(true);
    let text = "";
    let sentAt = 0;
    const send = () => {
      const bytes = next();
      if (bytes === undefined) return void socket.end(() => resolve());
      sentAt = performance.now();
      socket.write(bytes);
    };
    socket.once("connect", send);
    socket.on("error", reject);
    socket.on("data", (chunk) => {
      text += chunk.toString("latin1");
      const reply = readReply(text);
      if (reply === null) return;
      text = "";
      took(reply.status, reply.body, performance.now() - sentAt);
      send();
    });
  });

export const sendAll = async (
  target: Target,
  requests: readonly Buffer[],
  inFlight: number,
): Promise<Sent> => {
  const sent: Sent = { requests: 0, accepted: 0, ms: 0, latenciesMs: [], problems: {} };
  let index = 0;
  const begun = performance.now();
  await Promise.all(
    Array.from({ length: Math.min(inFlight, requests.length) }, () =>
      connection(
        target,
        () => requests[index++],
        (status, body, ms) => {
          sent.requests += 1;
          sent.latenciesMs.push(ms);
          if (status === "200") sent.accepted += Number(/"accepted":(\d+)/.exec(body)?.[1] ?? "0");
          else sent.problems[status] = (sent.problems[status] ?? 0) + 1;
        },
      ),
    ),
  );
  sent.ms = performance.now() - begun;
  sent.latenciesMs.sort((a, b) => a - b);
  return sent;
};
