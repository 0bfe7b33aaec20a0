// Asks a vendor's API for what a webhook only names, before the webhook is taken: what is not answered in time makes the
// vendor send the webhook again, so nothing is lost and nothing is kept between.

import type { Account, Answers, LookUp } from "../../connectors/connector.ts";

/** Vendors wait some seconds for our answer: Meta 5 at least, others more. */
const PATIENCE_MS = 4_000;
/** In one webhook; each is a request of its own, and a Worker may make 50. */
const MOST_ASKS = 40;
const MOST_ANSWER_UNITS = 200_000;

export type Asked = { readonly kind: "done"; readonly answers: Answers } | { readonly kind: "retry" };

export const NOTHING_ASKED: Asked = { kind: "done", answers: new Map() };

const jsonOf = async (reply: Response): Promise<unknown> => {
  const text = await reply.text();
  if (text.length > MOST_ANSWER_UNITS) return null;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
};

/** `secrets`: each is tried where the one before does not open the vendor's API. */
export const askVendor = async (
  lookUp: LookUp,
  payload: unknown,
  account: Account,
  secrets: readonly string[],
  now: number,
): Promise<Asked> => {
  const [first = ""] = secrets;
  const { length } = lookUp.asks(payload, account, first, now);
  if (length === 0) return NOTHING_ASKED;
  if (length > MOST_ASKS) return { kind: "retry" };
  const until = AbortSignal.timeout(PATIENCE_MS);
  let lacking: readonly string[] | null = null;
  const answers = new Map<string, unknown>();
  for (const secret of secrets) {
    const asks = lookUp
      .asks(payload, account, secret, now)
      .filter(({ id }) => lacking === null || lacking.includes(id));
    const outcomes = await Promise.all(
      asks.map(async ({ id, url, headers }) => {
        try {
          const reply = await fetch(url, { headers, redirect: "manual", signal: until });
          const json = await jsonOf(reply);
          const outcome = lookUp.outcome(reply.status, json);
          if (outcome === "done") answers.set(id, json);
          return { id, outcome };
        } catch {
          return { id, outcome: "retry" as const };
        }
      }),
    );
    lacking = outcomes.filter(({ outcome }) => outcome === "retry").map(({ id }) => id);
    if (lacking.length === 0) return { kind: "done", answers };
  }
  return { kind: "retry" };
};
