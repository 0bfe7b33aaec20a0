// Erasure: nothing of the person is left where anybody could find it, and nothing that comes late brings them back.

import { env } from "cloudflare:workers";
import { describe, expect, test } from "vitest";
import type { VisitSetMessage } from "../../schema/messages.ts";
import { erasedGate } from "../compose.ts";
import type { Env } from "../env.ts";
import { insertDeadLetters } from "../store/dead-letters.ts";
import { consumeDead, consumeFacts } from "../queues.ts";
import { enrol, makeBranch, observation, report, tokenOf } from "./agent.ts";
import { eraseNow, phonePerson, placesOfPerson, ports, rights, rows, subjectOf } from "./erasing.ts";
import { eventually } from "./eventually.ts";
import { signIn, testServices } from "./person.ts";
import { recordedBatch } from "./recorded-batch.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** 14 October 2026, 10:00 in Saigon. */
const TEN = Date.UTC(2026, 9, 14, 3, 0);

const gate = () => {
  const found = erasedGate(env as unknown as Env);
  if (!found) throw new Error("The test Worker is not configured");
  return found;
};

const visitsOf = (subject: string) =>
  rows<{ started_at: number }>("SELECT * FROM visits WHERE subject = ? ORDER BY started_at", subject);

const setOf = (
  branchId: string,
  device: string,
  subject: string,
  starts: readonly number[],
): VisitSetMessage => ({
  kind: "visits",
  branchId,
  day: "2026-10-14",
  device,
  revision: 50,
  definitions: "test",
  randomised: false,
  visits: starts.map((startedAt) => ({
    subject,
    startedAt,
    endedAt: startedAt + 10 * MINUTE,
    counted: true,
    estimated: false,
    signedIn: false,
  })),
});

describe("an erased person", () => {
  test("is found nowhere: no phone, no node key, no name, no e-mail, in no table and no object", async () => {
    await makeBranch("er-all");
    await makeBranch("er-other");
    const phone = "+84912000001";
    const person = phonePerson(phone);
    const subject = await subjectOf(person);
    const mac = "02:00:00:00:a1:01";
    const agent = await enrol("er-all", TEN);
    const all = ["visit_recognition", "profile_linking", "marketing_zalo", "marketing_sms"] as const;
    await signIn("er-all", mac, phone, TEN, all);
    await signIn("er-other", mac, phone, TEN + MINUTE, all);
    await signIn("er-all", mac, phone, TEN + 2 * MINUTE, all);
    await report(agent, TEN + 30 * MINUTE, [observation(mac, TEN, TEN + 20 * MINUTE)]);
    await report(agent, TEN + HOUR, []);
    await eventually(async () => expect(await visitsOf(subject)).toHaveLength(1));
    // One stay is still open in the object when the person goes.
    await report(agent, TEN + 2 * HOUR, [
      observation(mac, TEN + 110 * MINUTE, TEN + 2 * HOUR, { left: false }),
    ]);
    const ask = {
      proof: { kind: "otp", messageId: "otp_x" },
      language: "vi",
      origin: "https://q.vn",
      brand: "Q",
    } as const;
    const kept = await rights().correct(
      person,
      { name: "Lan Nguyễn", email: "lan@example.vn" },
      { ...ask, now: TEN + HOUR },
    );
    const token = kept.kind === "kept" ? (kept.localLink ?? "").split("/").at(-1) : "";
    expect(await rights().verifyEmail(token ?? "", TEN + HOUR)).toEqual({ kind: "verified" });
    await env.DB.prepare("INSERT INTO visitor_firsts VALUES ('er-all', ?, 1)").bind(subject).run();
    const letter = {
      queue: "quen-facts",
      reason: "retries_exhausted",
      detail: "x",
      at: TEN,
      attempts: 1,
      replayedAt: null,
    } as const;
    const other = "o".repeat(21) + "A";
    const both = setOf("er-all", tokenOf(mac), subject, [TEN]);
    const mixed = {
      ...both,
      visits: [...both.visits, ...setOf("er-all", tokenOf(mac), other, [TEN]).visits],
    };
    await insertDeadLetters(testServices().db, [
      { ...letter, id: "er-1", body: JSON.stringify(mixed) },
      { ...letter, id: "er-2", body: `not JSON, but ${subject}`, reason: "invalid_message" },
    ]);
    await ports().codes.issue({
      phone: person.phone,
      device: null,
      sessionId: "s",
      branchId: "er-all" as never,
      now: TEN + 2 * HOUR,
      intent: "resume",
    });
    expect((await placesOfPerson(phone)).length).toBeGreaterThan(5);

    const certificateId = await eraseNow(phone, TEN + 2 * HOUR + MINUTE);

    expect(await placesOfPerson(phone, "Lan Nguyễn", "lan@example.vn")).toEqual([]);
    const certificate = await rights().certificate(certificateId);
    expect(certificate?.removed).toEqual({
      identifiers: 2,
      details: 1,
      devices: 1,
      visits: 1,
      first_visits: 1,
      dead_letters: 2,
      orders: 0,
      traits: 0,
      events: 0,
      // Each sign-in and the e-mail, also with the commerce side; and the proof of the e-mail itself.
      evidence: 5,
      changes: expect.any(Number) as number,
    });
    // Three sign-ins of five answers, and four withdrawals.
    expect(certificate?.sealedProofs).toBe(3 * 5 + 4);
    const [left] = await rows<{ body: string }>("SELECT body FROM dead_letters WHERE id = 'er-1'");
    expect(JSON.parse(left?.body ?? "")).toMatchObject({ visits: [{ subject: other }] });
    expect(await rows("SELECT * FROM dead_letters WHERE id = 'er-2'")).toEqual([]);
    expect(
      await rows("SELECT * FROM device_facts WHERE kind = 'sign_in' AND device = ?", tokenOf(mac)),
    ).toEqual([]);
    const view = await rights().view(person, TEN + 3 * HOUR);
    expect(view).toMatchObject({
      identifiers: [],
      details: { name: null, email: null },
      standing: [],
      consents: [],
      devices: [],
      visits: [],
      firsts: [],
      erasedAt: [TEN + 2 * HOUR + MINUTE],
    });
  });

  test("is not brought back by reports that come late, and these are counted", async () => {
    await makeBranch("er-late");
    const phone = "+84912000002";
    const mac = "02:00:00:00:a1:02";
    const agent = await enrol("er-late", TEN);
    await signIn("er-late", mac, phone, TEN);
    await report(agent, TEN + 5 * MINUTE, [observation(mac, TEN, TEN + 5 * MINUTE, { left: false })]);
    const at = TEN + 6 * MINUTE;
    await eraseNow(phone, at);
    const late = await report(agent, TEN + 20 * MINUTE, [
      observation(mac, TEN - HOUR, TEN - 50 * MINUTE),
      observation(mac, TEN, at),
      observation(mac, TEN + 5 * MINUTE, TEN + 20 * MINUTE),
    ]);
    expect(late.dropped).toEqual([
      { index: 0, reason: "erased" },
      { index: 1, reason: "erased" },
    ]);
    await report(agent, TEN + 2 * HOUR, []);
    await eventually(async () =>
      expect(await rows("SELECT * FROM footfall_days WHERE branch_id = 'er-late'")).toHaveLength(1),
    );
    expect(await visitsOf(await subjectOf(phonePerson(phone)))).toEqual([]);
    expect(await placesOfPerson(phone)).toEqual([]);
  });

  test("is not brought back by queued visits from before, in the queue or in a letter, and these are counted", async () => {
    await makeBranch("er-queue");
    const phone = "+84912000003";
    const mac = "02:00:00:00:a1:03";
    const subject = await subjectOf(phonePerson(phone));
    await signIn("er-queue", mac, phone, TEN);
    await eraseNow(phone, TEN + HOUR);
    const { db } = testServices();
    const message = setOf("er-queue", tokenOf(mac), subject, [TEN, TEN + HOUR, TEN + HOUR + 1]);
    const { batch, fates } = recordedBatch("quen-facts", [message], 1, TEN);
    await consumeFacts(batch, db, gate(), TEN + 2 * HOUR);
    expect(fates()).toEqual(["acked"]);
    // What began after the erasure is a new person's.
    expect((await visitsOf(subject)).map(({ started_at }) => started_at)).toEqual([TEN + HOUR + 1]);
    const status = await testServices().presence.status("er-queue" as never);
    expect(status.counters["erased_visit"]).toBe(2);
    const dead = recordedBatch("quen-facts-dead", [message], 1, TEN);
    await consumeDead(dead.batch, db, gate(), TEN + 2 * HOUR);
    const letters = await rows<{ body: string }>(
      "SELECT body FROM dead_letters WHERE body LIKE '%er-queue%'",
    );
    expect(letters.flatMap(({ body }) => (JSON.parse(body) as VisitSetMessage).visits)).toMatchObject([
      { startedAt: TEN + HOUR + 1 },
    ]);
  });

  test("starts anew with a later sign-in, with a chain and visits of its own", async () => {
    await makeBranch("er-again");
    const phone = "+84912000004";
    const mac = "02:00:00:00:a1:04";
    const person = phonePerson(phone);
    const subject = await subjectOf(person);
    const agent = await enrol("er-again", TEN);
    await signIn("er-again", mac, phone, TEN);
    await report(agent, TEN + 20 * MINUTE, [observation(mac, TEN, TEN + 20 * MINUTE)]);
    await eraseNow(phone, TEN + HOUR);
    await signIn("er-again", mac, phone, TEN + 2 * HOUR);
    await report(agent, TEN + 3 * HOUR, [
      observation(mac, TEN + 30 * MINUTE, TEN + 40 * MINUTE),
      observation(mac, TEN + 110 * MINUTE, TEN + 150 * MINUTE),
    ]);
    await report(agent, TEN + 4 * HOUR, []);
    await eventually(async () => {
      expect((await visitsOf(subject)).map(({ started_at }) => started_at)).toEqual([TEN + 2 * HOUR]);
    });
    const view = await rights().view(person, TEN + 4 * HOUR);
    expect(view.consents.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4, 5]);
    expect(view.erasedAt).toEqual([TEN + HOUR]);
    expect(view.devices).toHaveLength(1);
    await eraseNow(phone, TEN + 5 * HOUR);
    expect(await placesOfPerson(phone)).toEqual([]);
    expect((await rights().view(person, TEN + 6 * HOUR)).erasedAt).toEqual([TEN + HOUR, TEN + 5 * HOUR]);
  });

  test("leaves a device that went to somebody else with its new owner, and gives it to no earlier one", async () => {
    await makeBranch("er-owners");
    const [earlier, erased, later] = ["+84912000005", "+84912000006", "+84912000007"] as const;
    const mac = "02:00:00:00:a1:05";
    const agent = await enrol("er-owners", TEN);
    await signIn("er-owners", mac, earlier, TEN);
    await signIn("er-owners", mac, erased, TEN + HOUR);
    await signIn("er-owners", mac, later, TEN + 2 * HOUR);
    await eraseNow(erased, TEN + 150 * MINUTE);
    expect(await placesOfPerson(erased)).toEqual([]);
    await report(agent, TEN + 3 * HOUR, [observation(mac, TEN, TEN + 3 * HOUR)]);
    await report(agent, TEN + 4 * HOUR, []);
    await eventually(async () => {
      const found = await rows<{ subject: string; started_at: number; ended_at: number }>(
        "SELECT subject, started_at, ended_at FROM visits WHERE branch_id = 'er-owners' ORDER BY started_at",
      );
      expect(found).toMatchObject([
        { subject: await subjectOf(phonePerson(earlier)), started_at: TEN },
        { subject: await subjectOf(phonePerson(later)), started_at: TEN + 2 * HOUR },
      ]);
      expect(found[0]?.ended_at).toBeLessThanOrEqual(TEN + HOUR);
    });
  });
});
