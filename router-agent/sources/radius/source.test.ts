import { createSocket } from "node:dgram";
import { writeFileSync } from "node:fs";
import { once } from "node:events";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { makeTestDir } from "../testing/fake-tool.ts";
import { buildRequest, isReplyTo, session } from "../testing/radius-request.ts";
import type { Recorder } from "../testing/recorder.ts";
import { makeRecorder } from "../testing/recorder.ts";
import { readClients } from "./clients.ts";
import { parseListen } from "./listen.ts";
import type { RadiusOptions } from "./source.ts";
import { radiusSource } from "./source.ts";

const SECRET = "labsecret";
const MAC = "70-8A-09-65-4D-EC";
const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

const serve = async (more: Partial<RadiusOptions> = {}) => {
  const recorder: Recorder = makeRecorder();
  const options = {
    listen: "127.0.0.1:0",
    clients: [],
    receiveBufferBytes: 1_048_576,
    secret: SECRET,
    ...more,
  };
  const ended = radiusSource(options).run(recorder.context);
  await recorder.until((_events, said) => said.some((text) => text.startsWith("ok listening")));
  const port = Number(/:(\d+)$/.exec(recorder.said.find((text) => text.startsWith("ok")) ?? "")?.[1]);
  const socket = createSocket("udp4");
  const replies: Buffer[] = [];
  socket.on("message", (reply) => replies.push(reply));
  socket.connect(port, "127.0.0.1");
  await once(socket, "connect");
  stops.push(async () => {
    recorder.abort();
    socket.close();
    await ended;
  });
  return {
    ...recorder,
    replies,
    port,
    send: (bytes: Buffer) => socket.send(bytes),
    onReply: (then: () => void) => socket.on("message", then),
  };
};

describe("the accounting server", () => {
  it("tells a session and answers each report authentically", async () => {
    const server = await serve();
    const requests = [1, 3, 2].map((status, index) =>
      buildRequest(session(status, MAC, "s1", [["Acct-Session-Time", index]]), SECRET, index),
    );
    for (const [index, request] of requests.entries()) {
      server.send(request);
      await server.until(() => server.replies.length === index + 1);
    }
    expect(server.events.map((event) => event.kind)).toEqual(["join", "seen", "leave"]);
    for (const [index, request] of requests.entries())
      expect(isReplyTo(server.replies[index] ?? Buffer.alloc(0), request, SECRET)).toBe(true);
  });

  it("answers a retransmit again without telling it twice", async () => {
    const server = await serve();
    const first = buildRequest(session(1, MAC, "s1"), SECRET, 1);
    const again = buildRequest(session(1, MAC, "s1", [["Acct-Delay-Time", 3]]), SECRET, 2);
    for (const request of [first, first, again]) server.send(request);
    await server.until(() => server.replies.length === 3);
    expect(server.events).toHaveLength(1);
    expect(server.said.filter((text) => text === "ignored duplicate")).toHaveLength(2);
  });

  it("answers what it cannot use, so that the NAS stops sending it", async () => {
    const server = await serve();
    server.send(buildRequest(session(1, "printer", "s1"), SECRET));
    await server.until(() => server.replies.length === 1);
    expect(server.said).toContain("ignored bad_mac");
  });

  it("counts and never answers a wrong secret, and is ok again when the secret is right", async () => {
    const server = await serve();
    server.send(buildRequest(session(1, MAC, "s1"), "wrong"));
    await server.until((_events, said) => said.includes("ignored wrong_secret"));
    expect(server.said).toContain("not ok 127.0.0.1 sends accounting with a wrong shared secret");
    server.send(buildRequest(session(1, MAC, "s1"), SECRET));
    await server.until(() => server.replies.length === 1);
    expect(server.said.at(-1)).toMatch(/^ok listening/);
    expect(server.events).toHaveLength(1);
  });

  it("counts and never answers an unknown NAS, a malformed packet and another code", async () => {
    const stranger = await serve({ secret: undefined, clients: [{ from: "10.0.0.0/8", secret: SECRET }] });
    stranger.send(buildRequest(session(1, MAC, "s1"), SECRET));
    await stranger.until((_events, said) => said.includes("ignored unknown_nas"));
    const server = await serve();
    server.send(Buffer.from("hello"));
    server.send(buildRequest([], SECRET, 1, 1));
    await server.until(
      (_events, said) => said.includes("ignored malformed") && said.includes("ignored not_accounting"),
    );
    expect([...stranger.replies, ...server.replies, ...stranger.events, ...server.events]).toEqual([]);
  });

  it("loses nothing of 10,000 reports with 64 in flight", async () => {
    const server = await serve();
    const requests = Array.from({ length: 10_000 }, (_one, index) => {
      const address = `02${Math.floor(index / 2)
        .toString(16)
        .padStart(10, "0")}`;
      return buildRequest(session((index % 2) + 1, address, `s${index >> 1}`), SECRET, index % 256);
    });
    let sent = 0;
    const pump = (): void => {
      while (sent < requests.length && sent - server.replies.length < 64) {
        server.send(requests[sent] ?? Buffer.alloc(0));
        sent += 1;
      }
    };
    server.onReply(pump);
    pump();
    await server.until(() => server.replies.length === 10_000);
    expect(server.events.filter((event) => event.kind === "join")).toHaveLength(5_000);
    expect(server.events.filter((event) => event.kind === "leave")).toHaveLength(5_000);
  });

  it("rejects when the port is taken, and when the secret's file is empty", async () => {
    const server = await serve();
    const again = {
      listen: `127.0.0.1:${server.port}`,
      clients: [],
      receiveBufferBytes: 65_536,
      secret: SECRET,
    };
    await expect(radiusSource(again).run(makeRecorder().context)).rejects.toThrow(/EADDRINUSE/);
    const secretFile = join(makeTestDir(), "secret");
    writeFileSync(secretFile, "\n");
    await expect(radiusSource({ ...again, secretFile }).run(makeRecorder().context)).rejects.toThrow(
      /holds no secret/,
    );
  });
});

it.each([
  ["10.1.2.3", "narrow"],
  ["::ffff:10.1.2.3", "narrow"],
  ["10.9.9.9", "wide"],
  ["2001:db8::1", "six"],
  ["192.0.2.1", "rest"],
])("the narrowest range that holds %s gives its secret", (address, secret) => {
  const clients = [
    { from: "10.0.0.0/8", secret: "wide" },
    { from: "10.1.2.3", secret: "narrow" },
    { from: "2001:db8::/32", secret: "six" },
  ];
  const read = readClients(clients, "rest");
  expect(read.ok && read.secretOf(address)).toBe(secret);
});

it.each(["10.0.0.0/33", "10.0.0.0/", "lan", "10.0.0.0/8/8", "::/129", "10.0.0.0/x"])(
  "the range %s is refused",
  (from) => {
    expect(readClients([{ from, secret: "s" }], undefined).ok).toBe(false);
  },
);

it.each([
  ["0.0.0.0:1813", { host: "0.0.0.0", port: 1813, family: "udp4" }],
  ["1646", { host: "0.0.0.0", port: 1646, family: "udp4" }],
  [":1646", { host: "0.0.0.0", port: 1646, family: "udp4" }],
  ["10.0.0.1", { host: "10.0.0.1", port: 1813, family: "udp4" }],
  ["[::]:1813", { host: "::", port: 1813, family: "udp6" }],
  ["10.0.0.1:99999", undefined],
  ["router.lan:1813", undefined],
  ["::1", undefined],
])("the address %s is understood", (text, listen) => {
  expect(parseListen(text)).toEqual(listen);
});
