// Our answer to authmon, which the router's shell evaluates: nothing but hex digits, decimal digits and one constant
// is ever in it. It holds at most 4 clients and 1,024 characters, because authmon cuts the rest off and would run a
// half command.

import { isHash } from "./opennds-token.ts";

export interface QueuedClient {
  readonly rhid: string;
  readonly minutes: number;
}

export interface AuthmonReply {
  readonly text: string;
  /** Those in `text`; the others are for the next time. */
  readonly sent: readonly string[];
}

const MAX_CLIENTS = 4;
const MAX_LENGTH = 1_024;
const MAX_MINUTES = 527_040;
/** Rates and quotas unlimited; the custom text is base64 of "quen" and the same for everybody. */
const REST = "0 0 0 0 cXVlbg==";

export const authmonReply = (queue: readonly QueuedClient[]): AuthmonReply => {
  const sent: string[] = [];
  const entries: string[] = [];
  for (const { rhid, minutes } of queue) {
    if (sent.length === MAX_CLIENTS) break;
    if (!isHash(rhid) || sent.includes(rhid) || !Number.isFinite(minutes)) continue;
    const whole = Math.min(MAX_MINUTES, Math.max(1, Math.floor(minutes)));
    const entry = encodeURIComponent(`${rhid} ${whole} ${REST}`);
    if ([...entries, entry].join(" ").length > MAX_LENGTH) break;
    entries.push(entry);
    sent.push(rhid);
  }
  return { text: ["*", ...entries].join(" "), sent };
};
