// Webhooks from the log to receivers on the outside: signed, retried, each message for itself, and never what a person has
// taken back.

import {
  createExecutionContext,
  createMessageBatch,
  getQueueResult,
  runInDurableObject,
} from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, test, vi } from "vitest";
import type { z } from "zod";
import type { WebhookSecretView, WebhookTestView, WebhookView } from "../../schema/wire/webhooks.ts";
import type { Env } from "../env.ts";
import worker from "../index.ts";
import { WebhookSender } from "../objects/webhook-sender.ts";
import { enrol, makeBranch, observation, report } from "./agent.ts";
import { suppressionTags } from "../portal/suppression.ts";
import { consent, logChange, makeProfile } from "./change-rows.ts";
import { eventually } from "./eventually.ts";
import { answer, call } from "./http.ts";
import { signIn, testServices } from "./person.ts";
import { addReceiver, fails, interceptFetch, OK, type Receiver } from "./webhook-receivers.ts";

interceptFetch();

const SECOND = 1_000;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const tell = () => testServices().webhooks.tell({ now: Date.now(), virtual: false });
const senderOf = ({ id }: { id: string }) => testServices().webhooks.sender(id);
const viewOf = async ({ id }: { id: string }): Promise<WebhookView> => {
  const { data } = await answer<{ data: WebhookView[] }>(call("/v1/admin/webhooks"));
  const view = data.find((one) => one.id === id);
  if (view === undefined) throw new Error("The receiver is not listed");
  return view;
};

/** Moves the supplied clock and waits until the sender has nothing more to do then. */
const runAt = async (receiver: Receiver, now: number): Promise<void> => {
  await senderOf(receiver).poke({ now, virtual: true });
  await eventually(async () => {
    const { lag } = await viewOf(receiver);
    expect(lag.unread).toBe(0);
    expect(lag.nextTryAt === null || Date.parse(lag.nextTryAt) > now).toBe(true);
  });
};

const deliver = async (bodies: unknown[]) => {
  const messages = bodies.map((body) => ({
    id: crypto.randomUUID(),
    timestamp: new Date(),
    attempts: 1,
    body,
  }));
  const batch = createMessageBatch("quen-facts", messages);
  await worker.queue(batch, env as unknown as Env);
  return getQueueResult(batch, createExecutionContext());
};

describe("a receiver", () => {
  test("gets what happens after it was added, signed as Standard Webhooks says", async () => {
    const { id } = await makeProfile();
    await logChange("created", id);
    const receiver = await addReceiver();
    await logChange("merged", id, { previousIds: ["pr_old"], at: Date.UTC(2026, 9, 14, 3) });
    await tell();
    await eventually(async () => expect(receiver.got).toHaveLength(1));
    expect(receiver.verified()).toEqual([
      {
        type: "profile.merged",
        timestamp: "2026-10-14T03:00:00.000Z",
        data: { profileId: id, previousIds: ["pr_old"] },
      },
    ]);
    expect(() => receiver.verified(`whsec_${Buffer.alloc(32, 7).toString("base64")}`)).toThrow("signature");
  });

  test("gets only the types that it asked for", async () => {
    const receiver = await addReceiver(OK, ["profile.split", "profile.erased"]);
    const { id } = await makeProfile();
    for (const type of ["created", "updated", "split", "merged", "erased"]) await logChange(type, id);
    await tell();
    await eventually(async () => expect(receiver.got).toHaveLength(2));
    expect(receiver.verified().map(({ type }) => type)).toEqual(["profile.split", "profile.erased"]);
  });

  test("that answers with a redirect is not followed, and hears of it again", async () => {
    const receiver = await addReceiver(fails(302, { location: "http://169.254.169.254/" }));
    await logChange("created", (await makeProfile()).id);
    await tell();
    await eventually(async () =>
      expect((await viewOf(receiver)).lastError).toMatchObject({ reason: "redirect", status: 302 }),
    );
    expect(receiver.got).toHaveLength(1);
  });

  test("gets a message again when its sender was killed before the answer, under the same id", async () => {
    let answers = 0;
    const receiver = await addReceiver(async () => {
      answers += 1;
      if (answers === 1) await new Promise(() => undefined);
      return new Response();
    });
    await logChange("created", (await makeProfile()).id);
    await senderOf(receiver).poke(null);
    await eventually(async () => expect(receiver.got).toHaveLength(1));
    const stub = env.WEBHOOK.get(env.WEBHOOK.idFromName(receiver.id));
    // Another instance over the same storage, as after an eviction.
    await runInDurableObject(stub, (_, state) =>
      new WebhookSender(state, env as unknown as Env).poke({ now: Date.now(), virtual: false }),
    );
    await eventually(async () => expect(receiver.got).toHaveLength(2));
    expect(new Set(receiver.got.map(({ id }) => id)).size).toBe(1);
  });
});

describe("a message that is not taken", () => {
  test("is tried ten times on the schedule, holds up no other and is then given up, to be seen", async () => {
    const { id } = await makeProfile();
    const bad = await makeProfile();
    const receiver = await addReceiver(({ body }) =>
      body.includes(bad.id) ? new Response(null, { status: 500 }) : new Response(),
    );
    await logChange("created", bad.id);
    await logChange("created", id);
    const tries = () => receiver.got.filter(({ body }) => body.includes(bad.id)).length;
    let now = Date.UTC(2026, 0, 1);
    await runAt(receiver, now);
    expect(receiver.got).toHaveLength(2);
    await runAt(receiver, now + 4 * SECOND);
    expect(tries()).toBe(1);
    for (const wait of [
      6 * SECOND,
      330 * SECOND,
      0.6 * HOUR,
      2.3 * HOUR,
      6 * HOUR,
      11 * HOUR,
      16 * HOUR,
      22 * HOUR,
    ]) {
      now += wait;
      const before = tries();
      await runAt(receiver, now);
      expect(tries()).toBe(before + 1);
    }
    expect((await viewOf(receiver)).lag.waiting).toBe(1);
    await runAt(receiver, now + 27 * HOUR);
    expect(tries()).toBe(10);
    expect(new Set(receiver.got.filter(({ body }) => body.includes(bad.id)).map((got) => got.id)).size).toBe(
      1,
    );
    const { lag, counts, state } = await viewOf(receiver);
    expect({ waiting: lag.waiting, state, counts }).toMatchObject({
      waiting: 0,
      state: "enabled",
      counts: { taken: 1, failed: 10, given_up: 1 },
    });
  });

  test("waits as long as the receiver asks for", async () => {
    const receiver = await addReceiver(fails(429, { "retry-after": "3600" }));
    await logChange("created", (await makeProfile()).id);
    const now = Date.UTC(2026, 0, 1);
    await runAt(receiver, now);
    expect((await viewOf(receiver)).lag.nextTryAt).toBe(new Date(now + HOUR).toISOString());
  });
});

describe("a receiver that takes nothing", () => {
  test("is disabled after 5 days, said loudly; enabled again it gets what waited and what came since", async () => {
    const log = vi.spyOn(console, "error").mockImplementation(() => undefined);
    const receiver = await addReceiver(fails(503));
    const { id } = await makeProfile();
    const start = Date.UTC(2026, 0, 1);
    await logChange("created", id);
    await runAt(receiver, start);
    await logChange("updated", id);
    await runAt(receiver, start + 5 * DAY - HOUR);
    expect((await viewOf(receiver)).state).toBe("enabled");
    await logChange("updated", id);
    await senderOf(receiver).poke({ now: start + 5 * DAY, virtual: true });
    await eventually(async () =>
      expect(await viewOf(receiver)).toMatchObject({ state: "disabled", disabledBecause: "failing" }),
    );
    expect(log).toHaveBeenCalledWith(
      "A receiver of webhooks is not sent to any more until it is enabled again",
      expect.objectContaining({ endpointId: receiver.id, because: "failing" }),
    );
    const audited = await env.DB.prepare(
      "SELECT count(*) AS n FROM audit WHERE target = ? AND actor = 'webhooks'",
    )
      .bind(receiver.id)
      .first<{ n: number }>();
    expect(audited?.n).toBe(1);
    expect(await answer(call("/v1/admin/health"))).toMatchObject({ webhooksDisabled: 1, ok: false });
    await logChange("erased", id);
    receiver.behave(OK);
    const before = receiver.got.length;
    await answer(call(`/v1/admin/webhooks/${receiver.id}/replay`, { json: { from: 1 } }), 409);
    await answer(call(`/v1/admin/webhooks/${receiver.id}/enable`, { method: "POST", now: start + 6 * DAY }));
    await eventually(async () => expect(receiver.got.length).toBeGreaterThanOrEqual(before + 3));
    expect(receiver.verified().at(-1)?.type).toBe("profile.erased");
    expect(await answer(call("/v1/admin/health"))).toMatchObject({ webhooksDisabled: 0 });
    log.mockRestore();
  });

  test("is disabled at once when it says that it is gone", async () => {
    const log = vi.spyOn(console, "error").mockImplementation(() => undefined);
    const receiver = await addReceiver(fails(410));
    await logChange("created", (await makeProfile()).id);
    await tell();
    await eventually(async () =>
      expect(await viewOf(receiver)).toMatchObject({ state: "disabled", disabledBecause: "gone" }),
    );
    log.mockRestore();
  });
});

describe("what a person has taken back", () => {
  const visit = (startedAt: number) => ({
    branchId: "q1",
    day: "2026-10-14",
    startedAt,
    endedAt: startedAt + HOUR,
    estimated: false,
  });

  test("is not sent by a later try either: recognition withdrawn, restricted, erased", async () => {
    const receiver = await addReceiver(fails(500));
    const [withdrawn, restricted, erased] = [await makeProfile(), await makeProfile(), await makeProfile()];
    for (const { key, id } of [withdrawn, restricted, erased]) {
      await consent(key, "granted", 1_000);
      await logChange("visit.completed", id, { data: visit(Date.UTC(2026, 9, 14, 3)) });
    }
    const now = Date.UTC(2026, 0, 1);
    await runAt(receiver, now);
    expect(receiver.verified().map(({ data }) => data)).toContainEqual({
      profileId: withdrawn.id,
      branchId: "q1",
      day: "2026-10-14",
      startedAt: "2026-10-14T03:00:00.000Z",
      endedAt: "2026-10-14T04:00:00.000Z",
      estimated: false,
    });
    expect(receiver.got).toHaveLength(3);
    receiver.behave(OK);
    await consent(withdrawn.key, "withdrawn", 2_000);
    await env.DB.prepare("INSERT INTO restrictions VALUES (?, 'rq_1', 1)").bind(restricted.key).run();
    await env.DB.prepare("DELETE FROM assignments WHERE key = ?").bind(erased.key).run();
    await runAt(receiver, now + 10 * SECOND);
    expect(receiver.got).toHaveLength(3);
    expect((await viewOf(receiver)).counts).toMatchObject({
      no_consent: 1,
      restricted: 1,
      erased: 1,
      taken: 0,
    });
  });

  test("is not told under a shop's id from the moment linking ends, before anything is decided about it", async () => {
    const receiver = await addReceiver(OK, ["visit.completed"]);
    const [store, shop] = [await makeProfile(), await makeProfile()];
    await env.DB.batch([
      env.DB.prepare("UPDATE identifiers SET realm = 'commerce' WHERE key = ?").bind(shop.key),
      env.DB.prepare("UPDATE assignments SET anchor = ? WHERE key = ?").bind(shop.key, store.key),
    ]);
    for (const purpose of ["visit_recognition", "profile_linking"])
      await consent(store.key, "granted", 1_000, purpose);
    await logChange("visit.completed", shop.id, { data: visit(1_000) });
    await tell();
    await eventually(async () => expect(receiver.got).toHaveLength(1));
    await consent(store.key, "withdrawn", 2_000, "profile_linking");
    await logChange("visit.completed", shop.id, { data: visit(3_000) });
    await tell();
    await eventually(async () => expect((await viewOf(receiver)).counts).toMatchObject({ no_consent: 1 }));
    expect(receiver.got).toHaveLength(1);
  });

  test("ends as the receiver's last word: a grant that was withdrawn since is not told, a withdrawal always", async () => {
    const receiver = await addReceiver(OK, ["consent.changed"]);
    const { key, id } = await makeProfile();
    await consent(key, "granted", 1_000, "marketing_sms");
    await consent(key, "withdrawn", 2_000, "marketing_sms");
    const word = (state: string, time: number) => ({
      consents: [{ purpose: "marketing_sms", state, at: new Date(time).toISOString() }],
    });
    await logChange("consent.changed", id, { data: word("granted", 1_000) });
    await logChange("consent.changed", id, { data: word("withdrawn", 2_000) });
    await tell();
    await eventually(async () => expect(receiver.got).toHaveLength(1));
    expect(receiver.verified()[0]).toMatchObject({
      type: "consent.changed",
      data: { profileId: id, consents: [{ purpose: "marketing_sms", state: "withdrawn" }] },
    });
    await eventually(async () => expect((await viewOf(receiver)).counts).toMatchObject({ no_consent: 1 }));
  });
});

describe("visits", () => {
  const START = Date.UTC(2026, 9, 14, 3);
  const message = (
    subject: string,
    device: string,
    revision: number,
    visits: [number, number, boolean][],
  ) => ({
    kind: "visits",
    branchId: "q-visits",
    day: "2026-10-14",
    device,
    revision,
    definitions: "2026-1",
    randomised: false,
    visits: visits.map(([from, to, counted]) => ({
      subject,
      startedAt: START + from,
      endedAt: START + to,
      counted,
      estimated: false,
      signedIn: false,
    })),
  });
  const rowsOf = async (profileId: string) =>
    (
      await env.DB.prepare("SELECT type, data FROM changes WHERE profile_id = ? ORDER BY seq")
        .bind(profileId)
        .all<{ type: string; data: string }>()
    ).results.map(({ type, data }) => [type, JSON.parse(data) as Record<string, unknown>] as const);
  const told = (from: number, to: number) => ({
    branchId: "q-visits",
    day: "2026-10-14",
    startedAt: START + from,
    endedAt: START + to,
    estimated: false,
  });
  const versionOf = async (id: string) =>
    (await env.DB.prepare("SELECT version FROM profiles WHERE id = ?").bind(id).first<{ version: number }>())
      ?.version;

  test("are told once when they settle, and again only when one is different or gone", async () => {
    const { key, id } = await makeProfile();
    const first = message(key, "d1", 1, [[0, 100, true]]);
    await deliver([first]);
    await deliver([first]);
    expect(await rowsOf(id)).toEqual([["visit.completed", told(0, 100)]]);
    expect(await versionOf(id)).toBe(2);
    // Settled anew with another mark that is not told, and a passer beside it.
    await deliver([
      {
        ...message(key, "d1", 2, [
          [0, 100, true],
          [5_000, 5_100, false],
        ]),
        randomised: true,
      },
    ]);
    expect(await versionOf(id)).toBe(2);
    await deliver([
      message(key, "d1", 3, [
        [-50, 100, true],
        [5_000, 5_400, true],
      ]),
    ]);
    await deliver([message(key, "d1", 4, [[5_000, 5_400, true]])]);
    await deliver([message(key, "d1", 3, [[-50, 100, true]])]);
    expect((await rowsOf(id)).slice(1)).toEqual([
      ["visit.amended", { ...told(-50, 100), was: { startedAt: START, endedAt: START + 100 } }],
      ["visit.completed", told(5_000, 5_400)],
      ["visit.amended", { ...told(-50, 100), removed: true }],
    ]);
    expect(await versionOf(id)).toBe(4);
  });

  test("of somebody without a profile, or erased since, are told to nobody", async () => {
    const before = await env.DB.prepare("SELECT count(*) AS n FROM changes").first<{ n: number }>();
    await deliver([message("k".repeat(21) + "A", "d2", 1, [[0, 100, true]])]);
    expect(await env.DB.prepare("SELECT count(*) AS n FROM changes").first<{ n: number }>()).toEqual(before);
  });

  test("that begin are told once, however often the message comes, and reach the receiver", async () => {
    const receiver = await addReceiver(OK, ["visit.started"]);
    const { key, id } = await makeProfile();
    await consent(key, "granted", 1_000);
    const begun = { kind: "visit_started", branchId: "q-visits", subject: key, startedAt: START };
    await deliver([begun, begun]);
    await deliver([begun]);
    await eventually(async () => expect(receiver.got).toHaveLength(1), 2_000);
    expect(receiver.verified()[0]).toMatchObject({
      type: "visit.started",
      data: { profileId: id, branchId: "q-visits", startedAt: "2026-10-14T03:00:00.000Z" },
    });
    expect(await rowsOf(id)).toHaveLength(1);
  });

  test("that began before their person was erased are told to nobody, although a profile stands again", async () => {
    const { key, id } = await makeProfile();
    const [tag] = suppressionTags(testServices().settings.SUPPRESSION_KEYS)(key);
    await env.DB.prepare("INSERT INTO tombstones VALUES (?, 1, 'test', ?)").bind(tag, START).run();
    await deliver([
      { kind: "visit_started", branchId: "q-visits", subject: key, startedAt: START },
      message(key, "d3", 1, [[0, 100, true]]),
      message(key, "d3", 2, [[1, 100, true]]),
    ]);
    expect(await rowsOf(id)).toEqual([["visit.completed", told(1, 100)]]);
  });
});

describe("a recognised visitor who comes in", () => {
  const TEN = Date.UTC(2026, 9, 14, 3);
  const MINUTE = 60_000;
  const startedAt = async (branchId: string) =>
    (
      await env.DB.prepare(
        "SELECT data FROM changes WHERE type = 'visit.started' AND instr(data, ?) ORDER BY seq",
      )
        .bind(branchId)
        .all<{ data: string }>()
    ).results.map(({ data }) => (JSON.parse(data) as { startedAt: number }).startedAt);

  test("is told at once and once a visit, from the grant on", async () => {
    const receiver = await addReceiver(OK, ["visit.started"]);
    await makeBranch("come-in");
    const agent = await enrol("come-in", TEN);
    const mac = "02:00:00:00:99:01";
    const seenUntil = (at: number, from = at - MINUTE) =>
      report(agent, at, [observation(mac, from, at, { left: false })]);
    await seenUntil(TEN);
    await signIn("come-in", mac, "+84912399001", TEN);
    await testServices().identity.settle({ now: TEN, virtual: true });
    await seenUntil(TEN + MINUTE);
    await eventually(async () => expect(receiver.got).toHaveLength(1));
    await seenUntil(TEN + 2 * MINUTE);
    await seenUntil(TEN + 10 * MINUTE);
    await seenUntil(TEN + 60 * MINUTE);
    await eventually(async () => expect(receiver.got).toHaveLength(2));
    expect(await startedAt("come-in")).toEqual([TEN, TEN + 59 * MINUTE]);
    expect(receiver.verified()[0]?.data["profileId"]).toMatch(/^pr_[0-9a-f]{32}$/);
  });

  test("makes no message where nobody wants to know", async () => {
    await makeBranch("unasked");
    const agent = await enrol("unasked", TEN);
    const mac = "02:00:00:00:99:02";
    await signIn("unasked", mac, "+84912399002", TEN);
    await testServices().identity.settle({ now: TEN, virtual: true });
    await report(agent, TEN + MINUTE, [observation(mac, TEN, TEN + MINUTE)]);
    await report(agent, TEN + 60 * MINUTE, []);
    await eventually(async () => {
      const row = await env.DB.prepare(
        "SELECT count(*) AS n FROM visits WHERE branch_id = 'unasked'",
      ).first();
      expect(row).toEqual({ n: 1 });
    });
    expect(await startedAt("unasked")).toEqual([]);
  });
});

describe("an operator", () => {
  test("is refused an address with credentials, a type that does not exist, and anything without the scope", async () => {
    const statusOf = async (json: unknown, bearer: string | null = env.ADMIN_TOKEN) =>
      (await call("/v1/admin/webhooks", { json, bearer })).status;
    expect(await statusOf({ url: "https://an:pass@shop.vn/" })).toBe(400);
    expect(await statusOf({ url: "ftp://shop.vn/" })).toBe(400);
    expect(await statusOf({ url: "https://shop.vn/", types: ["profile.exploded"] })).toBe(400);
    expect(await statusOf({ url: "https://shop.vn/" }, null)).toBe(401);
    const { key } = await answer<{ key: string }>(
      call("/v1/admin/keys", { json: { name: "crm", scopes: ["crm:read"] } }),
      201,
    );
    expect(await statusOf({ url: "https://shop.vn/" }, key)).toBe(403);
  });

  test("rotates the secret: for a day either of the two verifies", async () => {
    const receiver = await addReceiver();
    const { secret } = await answer<z.infer<typeof WebhookSecretView>>(
      call(`/v1/admin/webhooks/${receiver.id}/rotate`, { method: "POST" }),
    );
    await logChange("created", (await makeProfile()).id);
    await tell();
    await eventually(async () => expect(receiver.got).toHaveLength(1));
    expect(secret).not.toBe(receiver.secret);
    expect(receiver.verified(receiver.secret)).toEqual(receiver.verified(secret));
    const stored = await env.DB.prepare("SELECT secret FROM webhook_endpoints WHERE id = ?")
      .bind(receiver.id)
      .first<{ secret: string }>();
    expect(stored?.secret).not.toContain("whsec_");
  });

  test("sends a message for a test and reads what became of it", async () => {
    const receiver = await addReceiver(fails(404));
    const send = () =>
      answer<WebhookTestView>(call(`/v1/admin/webhooks/${receiver.id}/test`, { method: "POST" }));
    expect(await send()).toMatchObject({ ok: false, reason: "status", status: 404 });
    receiver.behave(OK);
    expect(await send()).toMatchObject({ ok: true, reason: null });
    expect(receiver.verified()[1]).toMatchObject({ type: "webhook.test", data: {} });
    await answer(call("/v1/admin/webhooks/wh_nobody/test", { method: "POST" }), 404);
  });

  test("replays from a seq or a time under the same ids, and is told what is not kept any more", async () => {
    const receiver = await addReceiver();
    const { id } = await makeProfile();
    const first = await logChange("created", id, { at: Date.UTC(2030, 0, 1) });
    const second = await logChange("updated", id, { at: Date.UTC(2030, 0, 2) });
    await tell();
    await eventually(async () => expect(receiver.got).toHaveLength(2));
    const replay = (json: unknown, status = 202) =>
      answer(call(`/v1/admin/webhooks/${receiver.id}/replay`, { json }), status);
    expect(await replay({ from: first })).toEqual({ from: first, until: second });
    await eventually(async () => expect(receiver.got).toHaveLength(4));
    expect(await replay({ since: "2030-01-01T12:00:00Z" })).toEqual({ from: second, until: second });
    await eventually(async () => expect(receiver.got).toHaveLength(5));
    expect(await replay({ since: "2031-01-01T00:00:00Z" })).toEqual({ from: null, until: null });
    expect(new Set(receiver.got.map((got) => got.id)).size).toBe(2);
    await env.DB.prepare("INSERT INTO settings VALUES ('changes_removed', ?, 1)")
      .bind(String(first - 1))
      .run();
    await replay({ from: first - 1 }, 410);
    await env.DB.prepare("DELETE FROM settings WHERE key = 'changes_removed'").run();
  });

  test("removes a receiver: nothing is sent any more and its sender keeps nothing", async () => {
    const receiver = await addReceiver(fails(500));
    await logChange("created", (await makeProfile()).id);
    await tell();
    await eventually(async () => expect((await viewOf(receiver)).counts).toMatchObject({ failed: 1 }));
    await answer(call(`/v1/admin/webhooks/${receiver.id}`, { method: "DELETE" }), 204);
    await answer(call(`/v1/admin/webhooks/${receiver.id}`, { method: "DELETE" }), 404);
    expect(await senderOf(receiver).status()).toBeNull();
    expect(
      (await answer<{ data: WebhookView[] }>(call("/v1/admin/webhooks"))).data.map(({ id }) => id),
    ).not.toContain(receiver.id);
  });
});

test("a sender whose log was restored to an earlier moment goes on from there", async () => {
  const log = vi.spyOn(console, "error").mockImplementation(() => undefined);
  const receiver = await addReceiver();
  const { id } = await makeProfile();
  await logChange("created", id);
  const lost = [await logChange("updated", id), await logChange("updated", id)];
  await tell();
  await eventually(async () => expect(receiver.got).toHaveLength(3));
  await env.DB.batch([
    env.DB.prepare("DELETE FROM changes WHERE seq >= ?").bind(lost[0]),
    env.DB.prepare("UPDATE sqlite_sequence SET seq = seq - 2 WHERE name = 'changes'"),
  ]);
  await tell();
  await eventually(async () => expect((await viewOf(receiver)).lag.unread).toBe(0));
  await eventually(async () => expect(log).toHaveBeenCalled());
  expect(await logChange("merged", id)).toBe(lost[0]);
  await tell();
  await eventually(async () => expect(receiver.verified().at(-1)?.type).toBe("profile.merged"));
  log.mockRestore();
});

test("a sender that slept past what the log keeps says so, and goes on from there", async () => {
  const log = vi.spyOn(console, "error").mockImplementation(() => undefined);
  const receiver = await addReceiver();
  const { id } = await makeProfile();
  const lost = await logChange("created", id);
  await env.DB.batch([
    env.DB.prepare("INSERT INTO settings VALUES ('changes_removed', ?, 1)").bind(String(lost)),
    env.DB.prepare("DELETE FROM changes WHERE seq <= ?").bind(lost),
  ]);
  await logChange("updated", id);
  await tell();
  await eventually(async () => expect(receiver.got).toHaveLength(1));
  expect((await viewOf(receiver)).lag.missedThrough).toBe(lost);
  await env.DB.prepare("DELETE FROM settings WHERE key = 'changes_removed'").run();
  log.mockRestore();
});
