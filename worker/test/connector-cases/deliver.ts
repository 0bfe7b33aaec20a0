// Sets up a source for a connector as an operator would, and delivers to it as its vendor would.

import type { NewSecretView } from "../../../schema/wire/source-settings.ts";
import type { z } from "zod";
import { answer, call } from "../http.ts";
import type { ConnectorCase } from "./case.ts";

const HOST = "http://quen.test";

export interface Delivering {
  readonly one: ConnectorCase;
  readonly source: string;
  readonly path: string;
  /** The id of each secret that was added, by its number. */
  readonly secretIds: Map<number, string>;
}

export const setUp = async (one: ConnectorCase, source = `c-${one.connector}`): Promise<Delivering> => {
  const config = {
    connector: one.connector,
    settings: one.settings,
    ...(one.branches === undefined ? {} : { branches: one.branches }),
  };
  const json = { id: source, name: one.connector, kind: "shop", basis: "contract", config };
  await answer(call("/v1/admin/sources", { json }), 201);
  return { one, source, path: `/hooks/${one.connector}/${source}`, secretIds: new Map() };
};

/** 201, or 409 where there are two. */
export const addSecret = async (to: Delivering, number: number): Promise<number> => {
  const json = { secret: to.one.secret(number) };
  const reply = await call(`/v1/admin/sources/${to.source}/secrets`, { json });
  if (reply.status === 409) return reply.status;
  const made = await answer<z.infer<typeof NewSecretView>>(Promise.resolve(reply), 201);
  to.secretIds.set(number, made.id);
  return reply.status;
};

export interface How {
  readonly at: number;
  readonly secret?: number;
  /** The clock of the Worker, where it is another than the vendor's. */
  readonly now?: number;
  /** What became of the body on its way. */
  readonly change?: (body: string) => string;
}

export const deliver = (
  { one, path }: Delivering,
  body: string,
  { at, secret = 1, now = at, change = (text) => text }: How,
): Promise<Response> => {
  const url = `${HOST}${path}`;
  const sent = one.sign({ body, secret: one.secret(secret), at, url, settings: one.settings });
  const headers = { "content-type": "application/json", ...sent.headers };
  return call(path, { method: "POST", bearer: null, now, headers, body: change(sent.body ?? body) });
};
