// The way from an agent to the Worker, which can be cut, can swallow replies, and remembers what was acknowledged:
// the only independent witness of what the Worker promised to keep.

import type { IncomingMessage, ServerResponse } from "node:http";
import { gunzipSync } from "node:zlib";
import type { Lab } from "./lab.ts";
import { type Answer, forward, openProxy, passOn, read } from "./proxy.ts";

/** `swallow` forwards requests and never answers: the Worker stores, the agent does not learn of it. */
export type UplinkState = "open" | "refused" | "silent" | "swallow";

export interface Acknowledged {
  device: string;
  from: number;
  to: number;
  left: boolean;
}

export interface Uplink {
  url: string;
  state: UplinkState;
  /** Observations in batches that were answered with 200, and not dropped there. Repeats stand as often as they came. */
  acknowledged: Acknowledged[];
  /** Times a status was passed on for a report of presence. */
  statuses: Record<number, number>;
  retryAfter: (string | undefined)[];
}

interface Batch {
  observations: Acknowledged[];
}
interface Verdicts {
  dropped: { index: number }[];
}

const note = (uplink: Uplink, incoming: IncomingMessage, body: Buffer, answer: Answer): void => {
  if (incoming.url !== "/v1/presence") return;
  uplink.statuses[answer.status] = (uplink.statuses[answer.status] ?? 0) + 1;
  if (answer.status === 503) uplink.retryAfter.push(answer.headers["retry-after"]);
  if (answer.status !== 200) return;
  const text = incoming.headers["content-encoding"] === "gzip" ? gunzipSync(body) : body;
  const { observations } = JSON.parse(text.toString("utf8")) as Batch;
  const dropped = new Set(
    (JSON.parse(answer.body.toString("utf8")) as Verdicts).dropped.map(({ index }) => index),
  );
  uplink.acknowledged.push(...observations.filter((_, index) => !dropped.has(index)));
};

export const openUplink = async (lab: Lab, targetUrl: string): Promise<Uplink> => {
  const target = new URL(targetUrl);
  const uplink: Uplink = { url: "", state: "open", acknowledged: [], statuses: {}, retryAfter: [] };
  const serve = async (incoming: IncomingMessage, reply: ServerResponse): Promise<void> => {
    if (uplink.state === "refused") return void incoming.socket.destroy();
    const body = await read(incoming);
    if (uplink.state === "silent") return;
    const answer = await forward(target, incoming, body);
    if (uplink.state !== "open") return void incoming.socket.destroy();
    note(uplink, incoming, body, answer);
    passOn(answer, reply);
  };
  uplink.url = await openProxy(lab, serve);
  return uplink;
};
