// Everybody who makes or takes back facts of identity, one step at a time, through the statements that really write them:
// the till, the portal, the operator, the clean-up, and lanes that decide, break off and race.

import { env } from "cloudflare:workers";
import type { ToldMessage } from "../../schema/messages-channels.ts";
import type { SubjectKey } from "../../schema/ids.ts";
import { erasedGate } from "../compose.ts";
import { DEFAULT_RULES, type Rules } from "../core/identity/rules.ts";
import type { Env } from "../env.ts";
import { consumeFacts } from "../queues.ts";
import { askAgainStep } from "../store/ask-again.ts";
import { setBlocked } from "../store/blocked-values.ts";
import { database } from "../store/database.ts";
import { removeDormantIdentifiers } from "../store/forget-dormant.ts";
import { activateRules } from "../store/identity-rules.ts";
import { joinIdentifiers } from "../store/join-identifiers.ts";
import { retractEvidence } from "../store/retract-evidence.ts";
import { addStatement, retractStatement } from "../store/statements.ts";
import { makeBranch } from "./agent.ts";
import { eraseAsk, phonePerson, rights, rows } from "./erasing.ts";
import { forgetAll } from "./identity-facts.ts";
import type { Step } from "./identity-steps.ts";
import { clock, drain, lane, NOW, turnOf } from "./identity-turns.ts";
import { signIn, withdraw } from "./person.ts";
import { recordedBatch } from "./recorded-batch.ts";
import { keyOf } from "./tills.ts";
import { watchedDatabase } from "./watched-database.ts";

const db = database(env.DB);
const gate = erasedGate(env as unknown as Env);
await makeBranch("everything");

const PHONES = ["+84912009001", "+84912009002", "+84912009003", "+84912009004"];
const MAILS = ["hoa@quen.vn", "lan@quen.vn"];
const KINDS = ["customer:till-1", "customer:till-2"];
const CODES = ["KH1", "KH2", "KH3"];
const stored = await Promise.all(PHONES.map((phone) => keyOf("phone", phone, "store")));
export const [phones, mails, storeMails, codes] = await Promise.all([
  Promise.all(PHONES.map((phone) => keyOf("phone", phone))),
  Promise.all(MAILS.map((mail) => keyOf("email", mail))),
  Promise.all(MAILS.map((mail) => keyOf("email", mail, "store"))),
  Promise.all(KINDS.map((kind) => Promise.all(CODES.map((code) => keyOf(kind, code))))),
]);
export const ALL = [...stored, ...phones, ...mails, ...storeMails, ...codes.flat()];
export const at = <T>(list: readonly T[], index: number): T => {
  const found = list[index % list.length];
  if (found === undefined) throw new Error("An empty list");
  return found;
};

const TABLES = [
  "consents",
  "consent_proofs",
  "tombstones",
  "traits",
  "orders",
  "blocked_values",
  "device_facts",
  "person_details",
  "email_links",
  "erasure_certificates",
  "requests",
  "audit",
  "dead_letters",
];
export const clear = async (): Promise<void> => {
  await forgetAll();
  await env.DB.batch(TABLES.map((name) => env.DB.prepare(`DELETE FROM ${name}`)));
};

const breaksAt = (which: number) =>
  watchedDatabase((batch) => {
    if (batch === 1 + (which % 4)) throw new Error("D1_ERROR: Network connection lost.");
  }).db;

export const world = () => {
  let [time, made, ruled] = [NOW, 0, false];
  let inFlight: ToldMessage[] = [];
  const copy = new Set<string>();
  let cursor = 0;
  const audit = () => ({ id: crypto.randomUUID(), at: time, actor: "test", action: "test", target: "test" });
  const idsOf = (sql: string) => rows<{ id: string }>(sql);

  const follow = async (): Promise<void> => {
    const news = await rows<{ seq: number; type: string; profile_id: string; previous_ids: string | null }>(
      "SELECT seq, type, profile_id, previous_ids FROM changes WHERE seq > ? ORDER BY seq",
      cursor,
    );
    for (const { seq, type, profile_id: id, previous_ids: previous } of news) {
      cursor = seq;
      const ids = JSON.parse(previous ?? "[]") as string[];
      if (type === "merged" || type === "erased") for (const gone of ids) copy.delete(gone);
      if (type === "erased") copy.delete(id);
      else copy.add(id);
    }
  };

  const deliver = async (which: number): Promise<void> => {
    const some = inFlight.toSorted(
      (x, y) => ((x.messageId.length * which) % 7) - ((y.messageId.length * which) % 7),
    );
    const size = 1 + (which % 5);
    // A second time now and then.
    if (which % 3 > 0) inFlight = some.slice(size);
    const { batch, fates } = recordedBatch("quen-facts", some.slice(0, size), 1, time);
    if (gate === null) throw new Error("Not configured");
    await consumeFacts(batch, which % 6 === 0 ? breaksAt(which) : db, gate, time);
    const lost = some.slice(0, size).filter((_, index) => fates()[index] !== "acked");
    inFlight.push(...lost);
  };

  const act = async (step: Step): Promise<void> => {
    time += 60_000;
    switch (step.kind) {
      case "order": {
        made += 1;
        const till = step.till % KINDS.length;
        const named = [
          ...(step.code === null ? [] : [[at(at(codes, till), step.code), at(KINDS, till)] as const]),
          ...(step.phone === null ? [] : [[at(phones, step.phone), "phone"] as const]),
          ...(step.mail === null ? [] : [[at(mails, step.mail), "email"] as const]),
        ];
        const [first, ...others] = named;
        if (first === undefined) return;
        const message: ToldMessage = {
          kind: "told",
          source: `till-${till + 1}`,
          messageId: `${"x".repeat(made % 9)}${made}`,
          at: step.time,
          identifiers: named.map(([key, kind]) => ({
            key,
            realm: "commerce",
            kind,
            sealed: "sealed",
            proven: false,
          })),
          evidence: others.map(([key]) => ({ a: first[0], b: key, trust: 2 })),
          traits: [],
          order: null,
        };
        inFlight.push(message);
        return;
      }
      case "signIn":
        return signIn("everything", `02:00:00:00:ee:0${step.who % 4}`, at(PHONES, step.who), time, [
          "visit_recognition",
          ...(step.links ? (["profile_linking"] as const) : []),
        ]);
      case "withdraw":
        return withdraw("everything", at(PHONES, step.who), time, "profile_linking");
      case "join": {
        const [subject, mail] = [at(stored, step.who), at(storeMails, step.mail)];
        await joinIdentifiers(db, {
          subject: subject as SubjectKey,
          other: { key: mail as SubjectKey, kind: "email", sealed: "sealed" },
          tags: { subject: gate?.tagsOf(subject) ?? [], other: gate?.tagsOf(mail) ?? [] },
          messageId: `m${time}`,
          at: time,
        });
        return;
      }
      case "state": {
        const [a, b] = [at(ALL, step.a), at(ALL, step.b)] as [SubjectKey, SubjectKey];
        if (a === b) return;
        const says = step.same ? "same" : "not_same";
        const statement = { id: `st_${time}`, a, b, says, reason: "seen", actor: "test", at: time } as const;
        await addStatement(db, statement, audit());
        return;
      }
      case "unsay":
        for (const { id } of (
          await idsOf("SELECT id FROM identity_statements WHERE retracted_at IS NULL")
        ).slice(0, 1))
          await retractStatement(db, id, audit());
        return;
      case "retract": {
        const some = await idsOf("SELECT id FROM evidence WHERE retracted_at IS NULL ORDER BY id");
        if (some.length > 0) await retractEvidence(db, at(some, step.which).id, audit());
        return;
      }
      case "block":
      case "open": {
        const keys = [at(stored, step.which), at(phones, step.which)] as SubjectKey[];
        await setBlocked(db, { keys, reason: "x" }, step.kind === "block" ? "blocked" : "open", audit());
        return;
      }
      case "erase": {
        await rights().erase(phonePerson(at(PHONES, step.which)), eraseAsk(time));
        return;
      }
      case "rules": {
        const kinds = DEFAULT_RULES.kinds.map(([kind, rules]): Rules["kinds"][number] =>
          kind === "customer" ? [kind, { ...rules, limit: 1 + (step.which % 3) }] : [kind, rules],
        );
        const rules: Rules = {
          ...DEFAULT_RULES,
          version: `v${time}`,
          componentLimit: 3 + (step.which % 9),
          kinds,
        };
        await activateRules(db, rules, audit());
        ruled = true;
        return;
      }
      case "dormant":
        await removeDormantIdentifiers(db, NOW);
        return;
      case "askAgain":
        await askAgainStep(db, { purpose: "profile_linking", keepVersion: null, at: time }, 0, audit());
        return;
      case "deliver":
        return deliver(step.which);
      case "turn":
        await turnOf(1 + (step.which % 5));
        return;
      case "break":
        await turnOf(10, 5, breaksAt(step.which)).catch(() => null);
        return;
      case "lanes":
        await Promise.all([lane("one").settle(clock), lane("two").settle(clock), deliver(step.which)]);
        return;
      case "drain":
        await drain(() => turnOf(20));
        return follow();
    }
  };

  const end = async (): Promise<void> => {
    while (inFlight.length > 0) await deliver(4);
    while ((await lane("one").settle(clock)).more);
    // Turns by hand went past the object, which may not have met all rules. Without other rules nothing may be left to do.
    if (ruled) await lane("one").rebuild();
    while ((await lane("one").settle(clock)).more);
    await follow();
  };
  return { act, end, copy };
};
