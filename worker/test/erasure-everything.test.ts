// Must be shown: after an erasure a search of every table and every object for the person's values, keys, sealed values and
// ids finds the one row `erased` of the change feed and nothing else; whatever comes again brings nobody back.

import { env } from "cloudflare:workers";
import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import type { FactMessage, VisitSetMessage } from "../../schema/messages.ts";
import type { ToldMessage } from "../../schema/messages-channels.ts";
import type { ErasureView, ProfileConsentsView, RequestView } from "../../schema/wire/rights.ts";
import { PURPOSES } from "../../schema/consent.ts";
import { NOBODY } from "../core/journeys/owners.ts";
import { erasedGate, laneOf } from "../compose.ts";
import type { Env } from "../env.ts";
import { consumeDead, consumeFacts } from "../queues.ts";
import { identifierKeys } from "../identity/identifier-keys.ts";
import { makeSeal } from "../portal/seal.ts";
import { insertDeadLetters } from "../store/dead-letters.ts";
import { eventOwner } from "../store/event-owner.ts";
import { answerAll } from "../store/run-all.ts";
import { batchOf, enrol, makeBranch, observation, report, signed } from "./agent.ts";
import { keyWith } from "./crm-people.ts";
import { eraseNow, phonePerson, ports, rights, rows } from "./erasing.ts";
import { eventually } from "./eventually.ts";
import { answer, call } from "./http.ts";
import { databaseDump, everyObjectDump, normal, textOf } from "./leak-search.ts";
import { signIn, testServices, withdraw } from "./person.ts";
import { recordedBatch } from "./recorded-batch.ts";
import { addSource, NOW, order, storedOrders, tell } from "./tills.ts";
import { addReceiver, fails, interceptFetch, OK } from "./webhook-receivers.ts";
import { PLAIN_EVENT } from "./plain-event.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

interceptFetch();

const workerEnv = env as unknown as Env;
const gate = () => {
  const found = erasedGate(workerEnv);
  if (!found) throw new Error("The test Worker is not configured");
  return found;
};
const settle = (now: number) => laneOf(workerEnv).settle({ now, virtual: true });
const keyOf = (realm: "store" | "commerce", kind: string, value: string) =>
  identifierKeys(testServices().settings.IDENTIFIER_KEYS)(realm, { kind, value });

const deliver = async (messages: readonly FactMessage[], now: number): Promise<void> => {
  const { batch, fates } = recordedBatch("quen-facts", messages, 1, now);
  await consumeFacts(batch, testServices().db, gate(), now);
  expect(fates()).toEqual(messages.map(() => "acked"));
};

/** What a channel tells of a phone, with a trait. */
const toldOf = async (
  kind: "phone" | "email",
  value: string,
  code: string,
  at: number,
): Promise<ToldMessage> => {
  const seal = makeSeal(testServices().settings.SEAL_KEYS);
  const [a, b] = await Promise.all([
    keyOf("commerce", "customer:shop", code),
    keyOf("commerce", kind, value),
  ]);
  const identifier = async (key: string, of: string, text: string) => ({
    key,
    realm: "commerce" as const,
    kind: of,
    sealed: await seal.seal(text, `identifier/${key}`),
    proven: false,
  });
  return {
    kind: "told",
    source: "shop",
    messageId: `told-${code}-${kind}`,
    at,
    identifiers: [await identifier(a, "customer:shop", code), await identifier(b, kind, value)],
    evidence: [{ a, b, trust: 2 }],
    traits: [
      { key: a, name: "name", sealed: await seal.seal("Lan Nguyễn", `trait/${a}/name/shop`), proven: false },
    ],
    order: null,
  };
};

const visitsNow = async (branchId: string, revision: number): Promise<VisitSetMessage[]> => {
  const found = await rows<Record<string, never>>("SELECT * FROM visits WHERE branch_id = ?", branchId);
  return [...Map.groupBy(found, (row) => `${row["day"]} ${row["device"]}`).values()].map((set) => ({
    kind: "visits",
    branchId,
    day: set[0]?.["day"] ?? "",
    device: set[0]?.["device"] ?? "",
    revision,
    definitions: "test",
    randomised: false,
    visits: set.map((row) => ({
      subject: row["subject"] ?? "",
      startedAt: row["started_at"] ?? 0,
      endedAt: row["ended_at"] ?? 0,
      counted: true,
      estimated: false,
      signedIn: true,
    })),
  }));
};

/** Everything by which the person could be found, as it stands now. */
const namesOf = async (key: string, values: readonly string[]) => {
  const members = await rows<{ key: string; sealed: string }>(
    "SELECT i.key, i.sealed FROM identifiers i JOIN assignments s ON s.key = i.key WHERE s.anchor = (SELECT anchor FROM assignments WHERE key = ?)",
    key,
  );
  const keys = members.map((member) => member.key);
  const list = JSON.stringify(keys);
  const sealed = await rows<{ sealed: string | null }>(
    `SELECT sealed FROM traits WHERE key IN (SELECT value FROM json_each(?1))
     UNION SELECT name FROM person_details WHERE subject IN (SELECT value FROM json_each(?1))
     UNION SELECT email FROM person_details WHERE subject IN (SELECT value FROM json_each(?1))
     UNION SELECT note FROM requests WHERE subject IN (SELECT value FROM json_each(?1))`,
    list,
  );
  const ids = await rows<{ id: string }>(
    "SELECT id FROM aliases WHERE key IN (SELECT value FROM json_each(?))",
    list,
  );
  return {
    keys,
    ids: ids.map(({ id }) => id),
    names: [
      ...values,
      ...keys,
      ...keys.map((one) => Buffer.from(one, "base64url").toString("hex")),
      ...members.map((member) => member.sealed),
      ...sealed.flatMap((row) => (row.sealed === null ? [] : [row.sealed])),
    ],
  };
};

/** Searches of every table and object as they stand now: one for each list of names. */
const searchFor = async (...lists: (readonly string[])[]): Promise<string[][]> => {
  const dump = [...(await databaseDump()), ...(await everyObjectDump())].map(({ place, value }) => ({
    place,
    text: textOf(value),
  }));
  return lists.map((names) => {
    const wanted = names.map(normal);
    const found = dump.filter(({ text }) => wanted.some((one) => text.includes(one)));
    return [...new Set(found.map(({ place }) => place))].toSorted();
  });
};
const placesOf = async (names: readonly string[]): Promise<string[]> => (await searchFor(names))[0] ?? [];

const profileOf = async (key: string): Promise<string> => {
  const [row] = await rows<{ id: string }>(
    "SELECT p.id FROM profiles p JOIN assignments s ON s.anchor = p.anchor WHERE s.key = ?",
    key,
  );
  if (!row) throw new Error("There is no profile");
  return row.id;
};

/** An event of the shop's web page; `code`: who is named in it. */
const eventOf = async (
  messageId: string,
  at: number,
  { code, browser }: { code: string | null; browser: string },
): Promise<ToldMessage> => {
  const seal = makeSeal(testServices().settings.SEAL_KEYS);
  const anonymous = await keyOf("commerce", "anonymous:shop", browser);
  const subject = code === null ? null : await keyOf("commerce", "customer:shop", code);
  const identifier = async (key: string, kind: string, value: string) => ({
    key,
    realm: "commerce" as const,
    kind,
    sealed: await seal.seal(value, `identifier/${key}`),
    proven: false,
  });
  const details = await seal.seal('{"path":"/tra-sen"}', `event/shop/${messageId}`);
  return {
    kind: "told",
    source: "shop",
    messageId,
    at,
    identifiers:
      subject === null || code === null
        ? []
        : [
            await identifier(subject, "customer:shop", code),
            await identifier(anonymous, "anonymous:shop", browser),
          ],
    evidence: subject === null ? [] : [{ a: subject, b: anonymous, trust: 3 }],
    traits: [],
    order: null,
    mark: !code?.endsWith("-KH9")
      ? null
      : {
          book: code.replace(/-KH\d$/, ""),
          orderId: "1",
          markId: "shop/r1",
          kind: "refund",
          at,
          amountVnd: 5,
        },
    event: {
      ...PLAIN_EVENT,
      type: "page",
      name: "Trà sen",
      stage: "view",
      campaign: { source: "fb" },
      subject,
      anonymous,
      details,
    },
  };
};

/** In an own browser, and in one where somebody else was named before; the last of each is of who is named there last. */
const eventsOfBoth = async (of: string): Promise<ToldMessage[]> => {
  const own = `${of}-laptop`;
  const shared = `${of}-tablet`;
  const [mine, theirs] = [`${of}-KH9`, `${of}-KH7`];
  return Promise.all([
    eventOf(`${of}-e1`, NOW - 5 * HOUR, { code: null, browser: own }),
    eventOf(`${of}-e2`, NOW - 4 * HOUR, { code: mine, browser: own }),
    eventOf(`${of}-e3`, NOW - 3 * HOUR, { code: null, browser: own }),
    eventOf(`${of}-s1`, NOW - 30 * HOUR, { code: theirs, browser: shared }),
    eventOf(`${of}-s2`, NOW - 29 * HOUR, { code: null, browser: shared }),
    eventOf(`${of}-s3`, NOW - 4 * HOUR, { code: mine, browser: shared }),
    eventOf(`${of}-s4`, NOW - 3 * HOUR, { code: null, browser: shared }),
  ]);
};

/** A person with everything there is. */
const build = async (branchId: string, phone: string, mac: string, neighbour: string) => {
  await makeBranch(branchId);
  await addSource(branchId);
  const agent = await enrol(branchId, NOW);
  const person = phonePerson(phone);
  const receiver = await addReceiver(fails(500));
  const told = [
    await toldOf("phone", phone, `${branchId}-KH9`, NOW - HOUR),
    await toldOf("email", `shop.${branchId}@example.vn`, `${branchId}-KH9`, NOW - 2 * HOUR),
    ...(await eventsOfBoth(branchId)),
  ];
  await deliver([{ kind: "told_pack", told }], NOW);
  const orders = [
    order("1", { code: `${branchId}-KH1`, phone }),
    order("2", { code: `${branchId}-KH1`, phone: neighbour }),
  ];
  await tell(branchId, orders);
  await storedOrders(branchId, 2);
  await signIn(branchId, mac, phone, NOW, PURPOSES);
  await signIn(branchId, "02:00:00:00:e9:09", neighbour, NOW, PURPOSES);
  await settle(NOW);
  // It parts and comes together again, so that it has ids and changes of before.
  await withdraw(branchId, phone, NOW + MINUTE, "profile_linking");
  await settle(NOW + MINUTE);
  await signIn(branchId, mac, phone, NOW + 2 * MINUTE, PURPOSES);
  await settle(NOW + 2 * MINUTE);
  const mine = [observation(mac, NOW, NOW + 20 * MINUTE)];
  const sent = batchOf(agent, NOW + 30 * MINUTE, mine);
  await answer(
    call("/v1/presence", {
      now: NOW + 30 * MINUTE,
      bearer: await signed(agent, NOW + 30 * MINUTE),
      json: sent,
    }),
  );
  await report(agent, NOW + HOUR, []);
  await eventually(async () => expect(await visitsNow(branchId, 1)).toHaveLength(1));
  const ask = { proof: { kind: "otp", messageId: "otp_x" }, language: "vi", origin: "https://q.vn" } as const;
  const email = `lan.${branchId}@example.vn`;
  const kept = await rights().correct(
    person,
    { name: "Lan Nguyễn", email },
    { ...ask, brand: "Q", now: NOW },
  );
  await rights().verifyEmail(
    kept.kind === "kept" ? ((kept.localLink ?? "").split("/").at(-1) ?? "") : "",
    NOW,
  );
  await rights().request(person, { kind: "other", text: "Lan Nguyễn hỏi" }, NOW);
  await rights().fulfilled(person, { kind: "copy", as: "x" }, NOW);
  const asked = await answer<{ data: RequestView[] }>(
    call("/v1/requests", {
      json: { kind: "restrict", by: { kind: "phone", value: phone }, text: phone },
      now: NOW,
    }),
    201,
  );
  for (const { id } of asked.data)
    await answer(call(`/v1/requests/${id}/close`, { json: { outcome: "done" }, now: NOW }));
  await ports().counter.issue(person, { origin: "https://q.vn", now: NOW });
  await ports().codes.issue({
    phone: person.phone,
    device: null,
    sessionId: "s",
    branchId: branchId as never,
    now: NOW,
    intent: "resume",
  });
  await settle(NOW + HOUR);
  const store = await keyOf("store", "phone", phone);
  const [set] = await visitsNow(branchId, 90);
  const letter = {
    queue: "quen-facts",
    reason: "retries_exhausted",
    detail: "x",
    at: NOW,
    attempts: 1,
  } as const;
  await insertDeadLetters(testServices().db, [
    { ...letter, id: `${branchId}-1`, body: JSON.stringify(told[0]), replayedAt: null },
    { ...letter, id: `${branchId}-2`, body: JSON.stringify(set), replayedAt: null },
    {
      ...letter,
      id: `${branchId}-3`,
      body: JSON.stringify({ kind: "told_pack", told: told.slice(2) }),
      replayedAt: null,
    },
  ]);
  // Else it would not be clear whose the code is, and an operator would have to find out.
  const statement = {
    a: { realm: "commerce", kind: `customer:${branchId}`, value: `${branchId}-KH1` },
    b: { realm: "commerce", kind: "phone", value: neighbour },
  };
  await answer(
    call("/v1/admin/identity/statements", {
      json: { ...statement, says: "not_same", reason: "khác người" },
      now: NOW,
    }),
    201,
  );
  await env.DB.prepare("INSERT INTO blocked_values VALUES (?, 'x', 'admin', 1)").bind(store).run();
  await env.DB.prepare("INSERT INTO visitor_firsts VALUES (?, ?, 1)").bind(branchId, store).run();
  await settle(NOW + HOUR);
  const id = await profileOf(store);
  await answer(call(`/v1/profiles/${id}`, { bearer: await keyWith("crm:personal") }));
  await answer(call(`/v1/profiles/${id}/consents`, { bearer: await keyWith("privacy") }));
  const local = phone.replace("+84", "");
  const names = await namesOf(store, [local, email, "Lan Nguyễn", `${branchId}-KH9`, `shop.${branchId}`]);
  return { person, store, id, receiver, told, orders, sent, agent, set, ...names };
};

const countAll = async (): Promise<Record<string, number>> => {
  const tables = [
    "identifiers",
    "evidence",
    "traits",
    "orders",
    "assignments",
    "profiles",
    "aliases",
    "visits",
    "events",
    "order_marks",
  ];
  const counted = await Promise.all(
    tables.map(async (table) => [
      table,
      (await rows<{ n: number }>(`SELECT count(*) AS n FROM ${table}`))[0]?.n ?? 0,
    ]),
  );
  return Object.fromEntries(counted) as Record<string, number>;
};

describe("a person with everything there is", () => {
  test("is found nowhere after the erasure, is brought back by nothing, and begins anew under another id", async () => {
    const [phone, mac, neighbour] = ["+84917000001", "02:00:00:00:e1:01", "+84917000002"];
    const held = await build("ev-all", phone, mac, neighbour);
    // Both realms, both codes of the till, the channel's codes, the e-mail.
    expect(held.keys.length).toBeGreaterThanOrEqual(5);
    expect(held.ids.length).toBeGreaterThanOrEqual(2);
    const before = await placesOf([...held.names, ...held.ids]);
    for (const place of [
      "D1 access_log.profile_id",
      "D1 aliases.key",
      "D1 assignments.key",
      "D1 blocked_values.key",
      "D1 changes.profile_id",
      "D1 changes.previous_ids",
      "D1 consents.subject",
      "D1 counter_codes.subject",
      "D1 dead_letters.body",
      "D1 device_facts.subject",
      "D1 events.subject",
      "D1 events.anonymous",
      "D1 evidence.a",
      "D1 identifiers.sealed",
      "D1 identity_statements.a",
      "D1 orders.subject",
      "D1 person_details.email",
      "D1 requests.note",
      "D1 restrictions.subject",
      "D1 traits.sealed",
      "D1 visits.subject",
    ])
      expect(before).toContain(place);

    const at = NOW + 2 * HOUR;
    const certificateId = await eraseNow(phone, at);
    const [found, left = []] = await searchFor(held.names, held.ids);
    expect(found).toEqual([]);
    expect(left.filter((place) => !place.startsWith("D1 changes."))).toEqual([]);
    const changes = await rows<{ type: string; profile_id: string; previous_ids: string | null }>(
      "SELECT * FROM changes WHERE profile_id IN (SELECT value FROM json_each(?1)) OR instr(previous_ids, ?2) > 0",
      JSON.stringify(held.ids),
      held.id,
    );
    expect(changes.map(({ type, profile_id: id }) => [type, id])).toEqual([["erased", held.id]]);
    expect(JSON.parse(changes[0]?.previous_ids ?? "[]")).toEqual(
      expect.arrayContaining(held.ids.filter((id) => id !== held.id)),
    );
    const certificate = await rights().certificate(certificateId);
    expect(certificate?.purchasesDueAt).toBeNull();
    expect(certificate?.removed).toMatchObject({
      identifiers: held.keys.length,
      orders: 2,
      details: 1,
      dead_letters: 3,
      events: 5,
    });
    expect(certificate?.removed.traits).toBeGreaterThan(0);
    expect(certificate?.removed.changes).toBeGreaterThan(2);

    // What others did in a browser that both used is still there, in the letter too.
    expect(await rows("SELECT message_id AS id, name FROM events ORDER BY message_id")).toEqual([
      { id: "ev-all-s1", name: "Trà sen" },
      { id: "ev-all-s2", name: "Trà sen" },
      { id: "ev-all-s3", name: "erased" },
    ]);
    expect(await rows("SELECT * FROM order_marks")).toEqual([]);
    const [letter] = await rows<{ body: string }>("SELECT body FROM dead_letters WHERE id = 'ev-all-3'");
    expect(letter?.body).toContain("ev-all-s2");
    expect(letter?.body).not.toMatch(/ev-all-(e|s3)/);

    // The neighbour of the till's second order is still there.
    const other = await keyOf("store", "phone", neighbour);
    await settle(at);
    expect(await profileOf(other)).toMatch(/^pr_/);
    const stands = await countAll();

    held.receiver.behave(OK);
    const again = [...held.told, ...(held.set === undefined ? [] : [held.set])];
    await deliver(again, at + MINUTE);
    const dead = recordedBatch("quen-facts-dead", again, 1, at);
    await consumeDead(dead.batch, testServices().db, gate(), at + MINUTE);
    await tell("ev-all", held.orders, at + MINUTE);
    await call("/v1/presence", {
      now: at + MINUTE,
      bearer: await signed(held.agent, at + MINUTE),
      json: held.sent,
    });
    await report(held.agent, at + 2 * MINUTE, [observation(mac, NOW, NOW + 25 * MINUTE)]);
    await report(held.agent, at + HOUR, []);
    await settle(at + HOUR);
    expect(await placesOf(held.names)).toEqual([]);
    const after = await countAll();
    // Order 2 names the neighbour too, who was not erased.
    // And an event of nobody, in a browser of others.
    expect({ ...after, orders: 0 }).toEqual({ ...stands, orders: 0, events: (stands["events"] ?? 0) + 1 });
    const late = sql`SELECT ${eventOwner(sql`e`)} AS owner FROM events e WHERE e.message_id = 'ev-all-s4'`;
    const [owned] = await answerAll(testServices().db, [late]);
    expect(owned?.results).toEqual([{ owner: NOBODY }]);

    for (const id of held.ids) {
      const gone = await call(`/v1/profiles/${id}`, { bearer: await keyWith("crm:personal") });
      expect(gone.status).toBe(404);
    }
    await signIn("ev-all", mac, phone, at + 2 * HOUR, PURPOSES);
    await settle(at + 2 * HOUR);
    const anew = await profileOf(held.store);
    expect(held.ids).not.toContain(anew);
    await answer(call(`/v1/profiles/${anew}`, { bearer: await keyWith("crm:personal") }));
    for (const id of held.ids)
      expect((await call(`/v1/profiles/${id}`, { bearer: await keyWith("crm:personal") })).status).toBe(404);
  });

  test("is erased by an operator once, whatever id is used, and the same key answers the same certificate", async () => {
    const [phone, mac, neighbour] = ["+84917000011", "02:00:00:00:e1:11", "+84917000012"];
    const held = await build("ev-op", phone, mac, neighbour);
    const privacy = await keyWith("privacy");
    const consents = await answer<ProfileConsentsView>(
      call(`/v1/profiles/${held.id}/consents`, { bearer: privacy }),
    );
    const [chain] = consents.chains;
    expect(chain).toMatchObject({ kind: "phone", realm: "store", erasedAt: null, check: { ok: true } });
    expect(chain?.records.length).toBe(11);
    expect(chain?.records[0]?.wording.text).toContain("Nội dung");
    expect(chain?.receipts.length).toBe(3);
    const old = held.ids.find((id) => id !== held.id) ?? held.id;
    const opened = await answer<{ data: RequestView[] }>(
      call("/v1/requests", { bearer: privacy, json: { kind: "erase", by: { kind: "phone", value: phone } } }),
      201,
    );
    const [request] = opened.data;
    const erase = (id: string, json: unknown, key?: string) =>
      call(`/v1/profiles/${id}/erasure`, {
        bearer: privacy,
        json,
        now: NOW + 2 * HOUR,
        ...(key === undefined
          ? {}
          : { headers: { "idempotency-key": key, authorization: `Bearer ${privacy}` } }),
      });
    const body = { reason: "request", method: "letter", requestId: request?.id };
    expect((await erase(old, { ...body, requestId: "rq_00000000" })).status).toBe(409);
    const done = await answer<ErasureView>(erase(old, body));
    expect(await answer<ErasureView>(erase(old, body))).toEqual(done);
    expect((await erase(old, { reason: "request", method: "phone" })).status).toBe(404);
    expect((await erase(held.id, { reason: "request", method: "phone" }, "other")).status).toBe(404);
    expect(await placesOf(held.names)).toEqual([]);
    const closed = await answer<RequestView>(call(`/v1/requests/${request?.id}`, { bearer: privacy }));
    expect(closed).toMatchObject({
      outcome: "done",
      proof: `erasure/${done.certificateId}`,
      profileId: null,
      note: null,
    });
    // What stands says that the withdrawals were made for the person.
    const bundle = await answer<{ chains: { records: { text: string }[] }[] }>(
      call("/v1/consents/export", { bearer: privacy, json: { by: { kind: "phone", value: phone } } }),
    );
    const last = JSON.parse(bundle.chains[0]?.records.at(-1)?.text ?? "{}") as Record<string, unknown>;
    expect(last).toMatchObject({ method: "request", proof: { kind: "request", requestId: request?.id } });
  });

  test("whose purchases nothing joins with them is told so, and the shop is asked to erase those too", async () => {
    const phone = "+84917000021";
    await makeBranch("ev-apart");
    await addSource("ev-apart");
    await tell("ev-apart", [order("1", { code: "ev-apart-KH1", phone })]);
    await storedOrders("ev-apart", 1);
    await signIn("ev-apart", "02:00:00:00:e1:21", phone, NOW, ["visit_recognition"]);
    await settle(NOW);
    const certificate = await rights().certificate(await eraseNow(phone, NOW + MINUTE));
    const { data } = await answer<{ data: RequestView[] }>(
      call("/v1/requests?state=open", { now: NOW + HOUR }),
    );
    const profileId = await profileOf(await keyOf("commerce", "phone", phone));
    const [asked, ...more] = data.filter((request) => request.profileId === profileId);
    expect(more).toEqual([]);
    expect(asked).toMatchObject({ kind: "erase", origin: "me", overdue: null });
    expect(new Date(asked?.dueAt ?? 0).getTime()).toBe(certificate?.purchasesDueAt);
    const late = await answer<{ data: RequestView[] }>(
      call("/v1/requests?state=open", { now: (certificate?.purchasesDueAt ?? 0) + 1 }),
    );
    expect(late.data.find(({ id }) => id === asked?.id)?.overdue).toBe("due");
    await answer(
      call(`/v1/profiles/${profileId}/erasure`, {
        json: { reason: "request", method: "in_person", requestId: asked?.id },
        now: NOW + 2 * HOUR,
      }),
    );
    expect(await placesOf([phone.replace("+84", ""), "ev-apart-KH1"])).toEqual([]);
  });

  test("raced with facts, decisions and another erasure is whole, and nothing from before it stands", async () => {
    const [phone, mac] = ["+84917000031", "02:00:00:00:e1:31"];
    await makeBranch("ev-race");
    await signIn("ev-race", mac, phone, NOW, PURPOSES);
    const told = [
      await toldOf("phone", phone, "ev-race-KH1", NOW),
      await toldOf("phone", phone, "ev-race-KH1", NOW - 30 * HOUR),
      await toldOf("email", "race@example.vn", "ev-race-KH1", NOW + MINUTE),
    ];
    await deliver(told.slice(0, 1), NOW);
    await settle(NOW);
    const at = NOW + HOUR;
    await Promise.all([
      eraseNow(phone, at),
      ...told.map((message) => deliver([message], at)),
      settle(at),
      eraseNow(phone, at),
      settle(at),
    ]);
    await deliver(told, at + MINUTE);
    await settle(at + MINUTE);
    const [store, commerce, first] = await Promise.all([
      keyOf("store", "phone", phone),
      keyOf("commerce", "phone", phone),
      keyOf("commerce", "customer:shop", "ev-race-KH1"),
    ]);
    expect(await placesOf([phone.replace("+84", ""), store, commerce, first])).toEqual([]);
    const [waiting] = await rows<{ n: number }>("SELECT count(*) AS n FROM identity_pending");
    expect(waiting?.n).toBe(0);
    const certified = await rows<{ n: number }>(
      "SELECT count(*) AS n FROM erasure_certificates WHERE at = ?",
      at,
    );
    expect(certified[0]?.n).toBeGreaterThanOrEqual(2);
  });
});
