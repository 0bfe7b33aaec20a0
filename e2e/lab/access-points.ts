// Access points that send RADIUS accounting as real ones do: each report again and again until it is answered, with
// its delay. Stations come and go by a seed; every address has one stay.

import { createSocket } from "node:dgram";
import { setTimeout as sleep } from "node:timers/promises";
import { buildRequest, isReplyTo, session } from "../../router-agent/sources/testing/radius-request.ts";

export interface StationLife {
  mac: string;
  from: number;
  to: number;
  /** When reports of it were answered. */
  answeredAt: number[];
}

const RETRY_MS = 250;
const STATUS = { start: 1, stop: 2, interim: 3 } as const;

export interface AccessPoints {
  lives: StationLife[];
  /** Brings a station; resolves when its last report was answered. */
  visit(mac: string, stayMs: number, interimMs: number): Promise<void>;
  close(): void;
}

export const openAccessPoints = (port: number, secret: string): AccessPoints => {
  const socket = createSocket("udp4");
  const open = new Map<number, { request: Buffer; answered: () => void }>();
  const lives: StationLife[] = [];
  let identifier = 0;
  const ending = new AbortController();
  const over = ending.signal;
  socket.on("message", (reply) => {
    const waiting = open.get(reply[1] ?? -1);
    if (waiting && isReplyTo(reply, waiting.request, secret)) waiting.answered();
  });
  // A port on which nobody listens answers with an ICMP error; that is what a retry is for.
  socket.on("error", () => undefined);
  socket.bind(0, "127.0.0.1");

  const free = async (): Promise<number> => {
    for (;;) {
      identifier = (identifier + 1) % 256;
      if (!open.has(identifier)) return identifier;
      await sleep(5);
    }
  };
  const report = async (life: StationLife, status: keyof typeof STATUS): Promise<void> => {
    const happenedAt = Date.now();
    const sessionSeconds = Math.round((happenedAt - life.from) / 1000);
    while (!over.aborted) {
      const id = await free();
      const delay = Math.floor((Date.now() - happenedAt) / 1000);
      const attributes = session(STATUS[status], life.mac, `s-${life.mac}`, [
        ["Acct-Session-Time", sessionSeconds],
        ["Acct-Delay-Time", delay],
      ]);
      const request = buildRequest(attributes, secret, id);
      const answered = await new Promise<boolean>((resolve) => {
        const late = setTimeout(() => resolve(false), RETRY_MS);
        open.set(id, {
          request,
          answered: () => {
            clearTimeout(late);
            resolve(true);
          },
        });
        socket.send(request, port, "127.0.0.1");
      });
      open.delete(id);
      if (answered) return void life.answeredAt.push(Date.now());
    }
  };
  return {
    lives,
    visit: async (mac, stayMs, interimMs) => {
      const life: StationLife = { mac, from: Date.now(), to: 0, answeredAt: [] };
      lives.push(life);
      const until = life.from + stayMs;
      await report(life, "start");
      while (!over.aborted && Date.now() + interimMs < until) {
        await sleep(interimMs);
        await report(life, "interim");
      }
      await sleep(Math.max(0, until - Date.now()));
      life.to = Date.now();
      await report(life, "stop");
    },
    close: () => {
      ending.abort();
      socket.close();
    },
  };
};
