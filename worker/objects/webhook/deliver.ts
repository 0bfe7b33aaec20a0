// One message, from its place in the log to the receiver's answer. What it says is read at the last moment, so that what a
// person has taken back, or had erased, is not sent by a later try either.

import type { Outcome } from "../../core/webhooks/after-try.ts";
import { asksStanding, permitted } from "../../core/webhooks/permitted.ts";
import type { Receiver, SenderDeps } from "./calls.ts";
import { payloadOf } from "./payload.ts";
import { post } from "./post.ts";

/** The same change has the same id for the same receiver at every try and in every replay. */
const messageId = (endpointId: string, seq: number): string => `msg_${endpointId}_${seq}`;

/** Throws only when the database does not answer; then nothing was sent. */
export const deliver = async (
  deps: SenderDeps,
  { endpointId, receiver, seq }: { endpointId: string; receiver: Receiver; seq: number },
): Promise<Outcome> => {
  const change = await deps.change(seq);
  if (change === null) return { kind: "withheld", because: "erased" };
  const standing = asksStanding(change.type) ? await deps.standing(change.profileId) : null;
  const word = permitted(change.type, change.data, standing);
  if (word.kind === "withhold") return { kind: "withheld", because: word.because };
  return post(deps.fetch, {
    id: messageId(endpointId, seq),
    url: receiver.url,
    body: payloadOf(change, word.data),
    secrets: receiver.secrets,
    mode: deps.mode,
    now: Date.now(),
  });
};
