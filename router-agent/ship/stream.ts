// The WebSocket on which grants arrive at once and results leave at once. It may be gone at any time and comes back
// by itself; nothing depends on it, because reports carry both as well.

import { WebSocket } from "ws";
import type { IncomingMessage } from "node:http";
import type { Log } from "../log.ts";
import { sentenceOf } from "../log.ts";
import { pause } from "../sources/pause.ts";
import { PING, readFrame } from "./stream-frame.ts";
import type { StreamEnd, StreamPace } from "./stream-pace.ts";
import { failuresAfter, nextConnectMs } from "./stream-pace.ts";
import { readRefusal } from "./stream-refusal.ts";

export interface StreamPorts {
  url: URL;
  version: string;
  /** A fresh token for each connection. */
  token: () => Promise<string>;
  /** Told the `Date` of a refusal for time; true when the signing clock changed by it. */
  correctClock: (date: string | undefined, sentMonoMs: number) => boolean;
  onGrants: (grants: readonly unknown[]) => void;
  /** What the server may not have yet; sent at the start of each connection. */
  results: () => readonly object[];
  log: Log;
  monoMs: () => number;
  random: () => number;
}

export interface StreamTimes {
  pingMs: number;
  pongMs: number;
  handshakeMs: number;
}

export const STREAM_TIMES: StreamTimes = { pingMs: 25_000, pongMs: 10_000, handshakeMs: 15_000 };

export interface StreamStatus {
  isOpen: boolean;
  /** Why it is not open. */
  detail: string;
  connects: number;
  ignored: Record<string, number>;
}

const MAX_FRAME_BYTES = 256 * 1024;

export class GrantStream {
  readonly #ports: StreamPorts;
  readonly #pace: StreamPace;
  readonly #times: StreamTimes;
  #socket: WebSocket | null = null;
  readonly status: StreamStatus = { isOpen: false, detail: "connecting", connects: 0, ignored: {} };

  constructor(ports: StreamPorts, pace: StreamPace, times: StreamTimes) {
    this.#ports = ports;
    this.#pace = pace;
    this.#times = times;
  }

  /** False when it is not open; a report will carry them. */
  send(results: readonly object[]): boolean {
    if (this.#socket?.readyState !== WebSocket.OPEN) return false;
    this.#socket.send(JSON.stringify({ type: "results", results }));
    return true;
  }

  async run(signal: AbortSignal): Promise<void> {
    const { log, random } = this.#ports;
    let failures = 0;
    while (!signal.aborted) {
      const end = await this.#connection(signal);
      if (signal.aborted) return;
      failures = failuresAfter(end, failures, this.#pace);
      const waitMs = nextConnectMs(end, failures, this.#pace, random());
      if (this.status.detail !== end.detail)
        log(end.kind === "closed" ? "info" : "warn", "The grant stream is not open.", { why: end.detail });
      this.status.detail = end.detail;
      await pause(waitMs, signal);
    }
  }

  /** Resolves when the connection has ended, for whatever cause. */
  async #connection(signal: AbortSignal): Promise<StreamEnd> {
    const { url, token, version, monoMs } = this.#ports;
    const authorization = `Bearer ${await token()}`;
    const sentMonoMs = monoMs();
    const socket = new WebSocket(url, {
      headers: { authorization, "user-agent": `quen-agent/${version}` },
      // A grant is smaller than the memory that compressing it would take.
      perMessageDeflate: false,
      handshakeTimeout: this.#times.handshakeMs,
      maxPayload: MAX_FRAME_BYTES,
      followRedirects: false,
    });
    const stop = (): void => socket.terminate();
    signal.addEventListener("abort", stop, { once: true });
    const end = await this.#follow(socket, sentMonoMs);
    signal.removeEventListener("abort", stop);
    this.#socket = null;
    this.status.isOpen = false;
    return end;
  }

  #follow(socket: WebSocket, sentMonoMs: number): Promise<StreamEnd> {
    const { monoMs, correctClock } = this.#ports;
    return new Promise((resolve) => {
      let openedAt: number | null = null;
      let why = "";
      let stopPinging = (): void => undefined;
      const refuse = async (response: IncomingMessage): Promise<void> => {
        const { status, code, date } = await readRefusal(response);
        const clockCorrected = code === "clock_skew" && correctClock(date, sentMonoMs);
        resolve({ kind: "refused", status, detail: `${status} ${code}`.trim(), clockCorrected });
        socket.terminate();
      };
      socket.on("unexpected-response", (_, response: IncomingMessage) => void refuse(response));
      socket.on("open", () => {
        openedAt = monoMs();
        stopPinging = this.#keepAlive(socket, () => (why = "A ping was not answered."));
        this.#opened(socket);
      });
      socket.on("error", (error) => (why = sentenceOf(error)));
      socket.on("close", (code) => {
        stopPinging();
        const detail = why === "" ? `The server closed it (${code}).` : why;
        if (openedAt === null) resolve({ kind: "failed", detail });
        else resolve({ kind: "closed", detail, openMs: monoMs() - openedAt });
      });
    });
  }

  #opened(socket: WebSocket): void {
    this.#socket = socket;
    this.status.isOpen = true;
    this.status.detail = "";
    this.status.connects += 1;
    this.#ports.log("debug", "The grant stream is open.");
    const results = this.#ports.results();
    if (results.length > 0) this.send(results);
  }

  /** Pings, and ends a connection that is dead without saying so. Any frame is a sign of life. */
  #keepAlive(socket: WebSocket, onDead: () => void): () => void {
    let deadline: NodeJS.Timeout | undefined;
    const pinger = setInterval(() => {
      socket.send(PING);
      deadline ??= setTimeout(() => {
        onDead();
        socket.terminate();
      }, this.#times.pongMs);
    }, this.#times.pingMs);
    socket.on("message", (data, isBinary) => {
      clearTimeout(deadline);
      deadline = undefined;
      this.#hear(!isBinary && Buffer.isBuffer(data) ? data.toString() : null);
    });
    return () => {
      clearInterval(pinger);
      clearTimeout(deadline);
    };
  }

  #hear(text: string | null): void {
    const frame = text === null ? ({ kind: "ignored", reason: "binary" } as const) : readFrame(text);
    switch (frame.kind) {
      case "grants":
        return this.#ports.onGrants(frame.grants);
      case "pong":
        return;
      case "ignored":
        this.status.ignored[frame.reason] = (this.status.ignored[frame.reason] ?? 0) + 1;
    }
  }
}
