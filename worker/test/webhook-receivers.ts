// Receivers of webhooks for tests: whatever the Worker sends outside comes here, each address with its own behaviour.

import { afterAll, afterEach, beforeAll, vi } from "vitest";
import { Webhook } from "standardwebhooks";
import type { NewWebhookView } from "../../schema/wire/webhooks.ts";
import type { z } from "zod";
import { answer, call } from "./http.ts";

export interface Got {
  readonly id: string;
  readonly body: string;
  readonly headers: Record<string, string>;
}

type Behaviour = (got: Got) => Response | Promise<Response>;

const receivers = new Map<string, { behave: Behaviour; got: Got[] }>();
const added: string[] = [];
let made = 0;

const take = async (input: RequestInfo | URL): Promise<Response> => {
  const request = new Request(input);
  const receiver = receivers.get(request.url);
  if (receiver === undefined) throw new TypeError(`Nobody is at ${request.url}`);
  if (request.redirect !== "manual") throw new TypeError("Redirects would be followed");
  const headers = Object.fromEntries(request.headers);
  const got = { id: headers["webhook-id"] ?? "", body: await request.text(), headers };
  receiver.got.push(got);
  return receiver.behave(got);
};

/** For a whole file: nothing leaves it, and no receiver outlives its test. */
export const interceptFetch = (): void => {
  beforeAll(() => void vi.spyOn(globalThis, "fetch").mockImplementation(take));
  afterEach(async () => {
    for (const id of added.splice(0)) await call(`/v1/admin/webhooks/${id}`, { method: "DELETE" });
  });
  afterAll(() => vi.restoreAllMocks());
};

export const OK: Behaviour = () => new Response(null, { status: 204 });
export const fails =
  (status: number, headers: Record<string, string> = {}): Behaviour =>
  () =>
    new Response("no", { status, headers });

export interface Receiver {
  readonly id: string;
  readonly secret: string;
  readonly got: Got[];
  behave(behaviour: Behaviour): void;
  /** What came, checked as a receiver would. */
  verified(secret?: string): { type: string; timestamp: string; data: Record<string, unknown> }[];
}

export const addReceiver = async (
  behaviour: Behaviour = OK,
  types: readonly string[] = [],
): Promise<Receiver> => {
  made += 1;
  const url = `https://receiver-${made}.example.vn/hook`;
  const receiver = { behave: behaviour, got: [] as Got[] };
  receivers.set(url, receiver);
  const { id, secret } = await answer<z.infer<typeof NewWebhookView>>(
    call("/v1/admin/webhooks", { json: { url, types } }),
    201,
  );
  added.push(id);
  return {
    id,
    secret,
    got: receiver.got,
    behave: (next) => {
      receiver.behave = next;
    },
    verified: (by = secret) =>
      receiver.got.map(
        ({ body, headers }) =>
          new Webhook(by).verify(body, headers) as ReturnType<Receiver["verified"]>[number],
      ),
  };
};
