// People of the CRM's tests: told of by tills, met at branches, and decided about.

import { env } from "cloudflare:workers";
import type { SubjectKey } from "../../schema/ids.ts";
import type { ToldMessage } from "../../schema/messages-channels.ts";
import type { Scope } from "../../schema/scopes.ts";
import type { Realm } from "../core/identity/node-key.ts";
import { identifierKeys } from "../identity/identifier-keys.ts";
import { makeSeal } from "../portal/seal.ts";
import { suppressionTags } from "../portal/suppression.ts";
import { storeTold } from "../store/told.ts";
import { storeFacts } from "../store/visit-sets.ts";
import { answer, call } from "./http.ts";
import { testServices } from "./person.ts";

export const MINUTE = 60_000;
export const DAY = 24 * 60 * MINUTE;

export const keyOf = (realm: Realm, kind: string, value: string): Promise<SubjectKey> =>
  identifierKeys(testServices().settings.IDENTIFIER_KEYS)(realm, { kind, value });

const seal = () => makeSeal(testServices().settings.SEAL_KEYS);
const tagsOf = () => suppressionTags(testServices().settings.SUPPRESSION_KEYS);

export interface Told {
  source?: string;
  at: number;
  identifiers: [kind: string, value: string][];
  traits?: Record<string, string>;
  proven?: boolean;
  order?: Partial<NonNullable<ToldMessage["order"]>> & { orderId: string };
}

/** What a till tells: identifiers that belong together, words about the first of them, an order of the first. */
export const tell = async ({ source = "pos", at, ...told }: Told): Promise<SubjectKey[]> => {
  const keys = await Promise.all(told.identifiers.map(([kind, value]) => keyOf("commerce", kind, value)));
  const [subject] = keys;
  if (subject === undefined) throw new Error("A till told of nobody");
  const proven = told.proven ?? false;
  const message: ToldMessage = {
    kind: "told",
    source,
    messageId: crypto.randomUUID(),
    at,
    identifiers: await Promise.all(
      told.identifiers.map(async ([kind, value], index) => {
        const key = keys[index] ?? subject;
        return {
          key,
          realm: "commerce" as const,
          kind,
          proven,
          sealed: await seal().seal(value, `identifier/${key}`),
        };
      }),
    ),
    evidence: keys.slice(1).map((b) => ({ a: subject, b, trust: 2 as const })),
    traits: await Promise.all(
      Object.entries(told.traits ?? {}).map(async ([name, value]) => {
        const sealed = await seal().seal(value, `trait/${subject}/${name}/${source}`);
        return { key: subject, name, sealed, proven };
      }),
    ),
    order:
      told.order === undefined
        ? null
        : {
            subject,
            at,
            updatedAt: at,
            branchId: null,
            channel: "pos",
            status: "completed",
            totalVnd: 100_000,
            currency: "VND",
            total: "100000",
            items: [],
            ...told.order,
          },
  };
  await storeTold(testServices().db, [message], at, tagsOf());
  return keys;
};

/** Visits of one device of a subject at a branch, on one business day. */
export const visit = async (
  branchId: string,
  subject: SubjectKey,
  day: string,
  spans: [startedAt: number, endedAt: number][],
  device = `${subject}/1`,
): Promise<void> => {
  await storeFacts(
    testServices().db,
    [
      {
        kind: "visits",
        branchId,
        day,
        device,
        revision: 1,
        definitions: "2026-1",
        randomised: false,
        visits: spans.map(([startedAt, endedAt]) => ({
          subject,
          startedAt,
          endedAt,
          counted: endedAt - startedAt >= 5 * MINUTE,
          estimated: false,
          signedIn: false,
        })),
      },
    ],
    spans[0]?.[1] ?? 0,
    tagsOf(),
  );
};

export const settle = (now: number) => testServices().identity.settle({ now, virtual: true });

/** An API key with these scopes. */
export const keyWith = async (...scopes: Scope[]): Promise<string> => {
  const name = scopes.join(" ");
  return (await answer<{ key: string }>(call("/v1/admin/keys", { json: { name, scopes } }), 201)).key;
};

export const accessRows = async (requestId: string) =>
  (
    await env.DB.prepare("SELECT actor, action, profile_id AS profileId FROM access_log WHERE request_id = ?")
      .bind(requestId)
      .all<{ actor: string; action: string; profileId: string }>()
  ).results;

/** A database that remembers how many statements each batch had; what is asked outside of a batch counts as one of one. */
export const countingDatabase = (db: D1Database): { binding: D1Database; batches: number[] } => {
  const batches: number[] = [];
  const binding = new Proxy(db, {
    get: (target, name) => {
      if (name === "batch")
        return (statements: D1PreparedStatement[]) => {
          batches.push(statements.length);
          return target.batch(statements);
        };
      const value: unknown = Reflect.get(target, name);
      return typeof value === "function" ? (value.bind(target) as unknown) : value;
    },
  });
  return { binding, batches };
};
