// The queue of data-subject requests over HTTP, what closing one does, and who was affected by a breach.

import { describe, expect, test } from "vitest";
import type { BreachPage, RequestView } from "../../schema/wire/rights.ts";
import { PURPOSES } from "../../schema/consent.ts";
import { cleanUp } from "../clean-up.ts";
import { suppressionTags } from "../portal/suppression.ts";
import { makeBranch } from "./agent.ts";
import { keyWith } from "./crm-people.ts";
import { eraseNow, phonePerson, placesOfPerson, rights, rows } from "./erasing.ts";
import { answer, call } from "./http.ts";
import { signIn, testServices } from "./person.ts";
import { anchorsOf, keyOf, NOW } from "./tills.ts";

const DAY = 86_400_000;
const at = (time: string | undefined): number => Date.parse(time ?? "");

const person = async (branchId: string, phone: string, now = NOW) => {
  await makeBranch(branchId);
  await signIn(branchId, "02:00:00:00:d1:01", phone, now, PURPOSES);
  const key = await keyOf("phone", phone, "store");
  await anchorsOf([key]);
  const [row] = await rows<{ id: string }>(
    "SELECT p.id FROM profiles p JOIN assignments s ON s.anchor = p.anchor WHERE s.key = ?",
    key,
  );
  return { key, id: row?.id ?? "" };
};

const open = async (kind: string, phone: string, more: Record<string, unknown> = {}, now = NOW) => {
  const reply = await answer<{ data: RequestView[] }>(
    call("/v1/requests", { json: { kind, by: { kind: "phone", value: phone }, ...more }, now }),
    201,
  );
  const [request] = reply.data;
  if (!request) throw new Error("Nothing was opened");
  return request;
};

const act = (id: string, verb: string, json?: unknown, now = NOW) =>
  call(`/v1/requests/${id}/${verb}`, { method: "POST", now, ...(json === undefined ? {} : { json }) });

const audits = (id: string) =>
  rows<{ action: string }>("SELECT action FROM audit WHERE target LIKE ? ORDER BY at, rowid", `${id}%`);

describe("a request", () => {
  test("is opened with its due dates, answered, extended and closed, each once and each in the audit", async () => {
    const { id: profileId } = await person("rq-a", "+84918000001");
    const request = await open("copy", "0918 000 001", { text: "Gửi bản sao cho tôi", others: true });
    expect(request).toMatchObject({ kind: "copy", origin: "operator", profileId, note: null, overdue: null });
    expect(Math.round((at(request.dueAt) - NOW) / DAY)).toBe(15);
    const read = await answer<RequestView>(call(`/v1/requests/${request.id}`));
    expect(read.note).toEqual({ text: "Gửi bản sao cho tôi", answerTo: null });
    expect(
      await rows("SELECT * FROM access_log WHERE action = 'request' AND profile_id = ?", profileId),
    ).toHaveLength(1);
    const replied = await answer<RequestView>(act(request.id, "reply"));
    expect(at(replied.repliedAt ?? "")).toBe(NOW);
    expect((await act(request.id, "reply")).status).toBe(409);
    const longer = await answer<RequestView>(act(request.id, "extend", { reason: "nhiều tệp" }));
    expect(at(longer.dueAt) - at(request.dueAt)).toBe(10 * DAY);
    expect((await act(request.id, "extend", { reason: "again" })).status).toBe(409);
    expect((await act(request.id, "close", { outcome: "done" })).status).toBe(409);
    const closed = await answer<RequestView>(act(request.id, "close", { outcome: "done", proof: "mail 17" }));
    expect(closed).toMatchObject({ outcome: "done", proof: "mail 17" });
    expect(await rows("SELECT note FROM requests WHERE id = ?", request.id)).toEqual([{ note: null }]);
    expect((await act(request.id, "close", { outcome: "refused", reason: "no" })).status).toBe(409);
    expect((await audits(request.id)).map(({ action }) => action)).toEqual([
      "request.open",
      "request.reply",
      "request.extend",
      "request.close",
    ]);
  });

  test("says when nobody answered in time, and may not be extended once it was due", async () => {
    await person("rq-b", "+84918000002");
    const request = await open("view", "+84918000002");
    const overdue = async (now: number) =>
      (await answer<{ data: RequestView[] }>(call("/v1/requests", { now }))).data.find(
        ({ id }) => id === request.id,
      )?.overdue;
    expect([
      await overdue(at(request.replyDueAt)),
      await overdue(at(request.replyDueAt) + 1),
      await overdue(at(request.dueAt) + 1),
    ]).toEqual([null, "reply", "due"]);
    expect((await act(request.id, "extend", { reason: "late" }, at(request.dueAt) + 1)).status).toBe(409);
  });

  test("to restrict keeps the data and has it not used, until it is lifted", async () => {
    const { id } = await person("rq-c", "+84918000003");
    const bearer = await keyWith("crm:personal");
    const redacted = async () =>
      (
        await answer<{ redacted: { field: string; reason: string }[] }>(
          call(`/v1/profiles/${id}`, { bearer }),
        )
      ).redacted;
    expect((await redacted()).some(({ reason }) => reason === "restricted")).toBe(false);
    const request = await open("restrict", "+84918000003");
    await answer(act(request.id, "close", { outcome: "done" }));
    expect((await redacted()).map(({ reason }) => reason)).toContain("restricted");
    await answer(act(request.id, "lift", { reason: "xong" }));
    expect((await redacted()).some(({ reason }) => reason === "restricted")).toBe(false);
    expect((await act(request.id, "lift", { reason: "xong" })).status).toBe(409);
  });

  test("to object ends marketing and nothing else, with records that name the request", async () => {
    const phone = "+84918000004";
    await person("rq-d", phone);
    const request = await open("object", phone);
    await answer(act(request.id, "close", { outcome: "done" }, NOW + DAY));
    const view = await rights().view(phonePerson(phone), NOW + 2 * DAY);
    expect(view.standing.map(({ purpose }) => purpose)).toEqual(["visit_recognition", "profile_linking"]);
    const ended = view.consents.filter(({ state }) => state === "withdrawn");
    expect(ended.map(({ method }) => method)).toEqual(["request", "request", "request"]);
    const withdrawn = await open("withdraw", phone);
    await answer(act(withdrawn.id, "close", { outcome: "done" }, NOW + 3 * DAY));
    expect((await rights().view(phonePerson(phone), NOW + 4 * DAY)).standing).toEqual([]);
  });

  test("to erase is closed by the erasure alone", async () => {
    await person("rq-e", "+84918000005");
    const request = await open("erase", "+84918000005");
    expect((await act(request.id, "close", { outcome: "done", proof: "said so" })).status).toBe(409);
    await eraseNow("+84918000005", NOW + DAY);
    const closed = await answer<RequestView>(call(`/v1/requests/${request.id}`));
    expect(closed).toMatchObject({ outcome: "done", profileId: null });
    expect(closed.proof).toMatch(/^erasure\//);
  });

  test("of the own page that was fulfilled at once is closed and counted once", async () => {
    const phone = "+84918000006";
    const { key } = await person("rq-f", phone);
    for (const now of [NOW, NOW + 1])
      await rights().fulfilled(phonePerson(phone), { kind: "copy", as: "s1" }, now);
    const own = await rows<Record<string, unknown>>("SELECT * FROM requests WHERE subject = ?", key);
    expect(own).toMatchObject([{ kind: "copy", origin: "me", outcome: "done", closed_at: NOW }]);
  });

  test("needs the scope privacy, a value of its kind and a known id", async () => {
    const bearer = await keyWith("crm:personal");
    expect((await call("/v1/requests", { bearer })).status).toBe(403);
    expect((await call("/v1/privacy/breach", { bearer, json: {} })).status).toBe(403);
    const wrong = { kind: "copy", by: { kind: "phone", value: "12" } };
    expect((await call("/v1/requests", { json: wrong })).status).toBe(400);
    expect((await call("/v1/requests/rq_00000000")).status).toBe(404);
    expect((await act("rq_00000000", "reply")).status).toBe(404);
  });

  test("counts the days off that the brand added", async () => {
    await answer(call("/v1/requests/holidays", { method: "PUT", json: { added: ["2026-10-15"] } }));
    const request = await open("view", "+84918000007");
    await answer(call("/v1/requests/holidays", { method: "PUT", json: { added: [] } }));
    const plain = await open("view", "+84918000007");
    expect(at(request.replyDueAt) - at(plain.replyDueAt)).toBe(3 * DAY);
  });
});

describe("a breach", () => {
  const affected = async (json: Record<string, unknown>): Promise<BreachPage> =>
    answer<BreachPage>(
      call("/v1/privacy/breach", {
        json: { from: new Date(NOW - DAY).toISOString(), to: new Date(NOW + DAY).toISOString(), ...json },
        now: NOW + DAY,
      }),
    );

  test("names whoever was read by an actor then, with a contact, and is itself logged", async () => {
    const [one, other] = [await person("br-a", "+84918000011"), await person("br-b", "+84918000012")];
    const bearer = await keyWith("crm:personal");
    await answer(call(`/v1/profiles/${one.id}`, { bearer, now: NOW }));
    await answer(call(`/v1/profiles/${other.id}`, { bearer, now: NOW + 3 * DAY }));
    const [row] = await rows<{ actor: string }>("SELECT actor FROM access_log WHERE profile_id = ?", one.id);
    const page = await affected({ actors: [row?.actor ?? ""] });
    const [found, ...more] = page.data.filter(({ profileId }) =>
      [one.id, other.id].includes(profileId ?? ""),
    );
    expect(more).toEqual([]);
    expect(found).toEqual({
      profileId: one.id,
      realm: "store",
      channel: "phone",
      contact: "+84918000011",
      reads: 1,
      readBy: [row?.actor],
      tables: [],
    });
    expect(
      await rows("SELECT * FROM access_log WHERE action = 'breach' AND profile_id = ?", one.id),
    ).toHaveLength(1);
    expect(await rows("SELECT * FROM audit WHERE action = 'breach.export'")).toHaveLength(1);
    await eraseNow("+84918000011", NOW + DAY);
    expect((await affected({ actors: [row?.actor ?? ""] })).erasedReads).toBeGreaterThan(0);
  });

  test("names whoever had rows in a table then, and nobody who came later", async () => {
    await person("br-c", "+84918000013");
    await person("br-d", "+84918000014", NOW + 5 * DAY);
    const page = await affected({ tables: ["consents", "visits"] });
    const named = page.data.filter(({ contact }) => /1400000|8000013|8000014/.test(contact ?? ""));
    expect(named.map(({ contact, tables }) => [contact, tables])).toEqual([["+84918000013", ["consents"]]]);
  });

  test.each([
    [{ tables: ["visits"], from: new Date(NOW + 2 * DAY).toISOString() }, "to"],
    [{}, "actors"],
    [{ tables: ["audit"] }, "tables.0"],
  ])("that is asked wrongly, %#, is refused with the field", async (json, path) => {
    const reply = await call("/v1/privacy/breach", {
      json: { from: new Date(NOW - DAY).toISOString(), to: new Date(NOW + DAY).toISOString(), ...json },
    });
    expect(reply.status).toBe(400);
    const { errors } = await reply.json<{ errors: { path: string }[] }>();
    expect(errors.map((error) => error.path)).toContain(path);
  });
});

describe("the access log", () => {
  test("is kept for twelve months", async () => {
    const { db } = testServices();
    const now = NOW + 400 * DAY;
    for (const old of [366 * DAY, 365 * DAY])
      await db.$client
        .prepare("INSERT INTO access_log (at, actor, action, request_id) VALUES (?, 'kept?', 'profile', 'r')")
        .bind(now - old)
        .run();
    await cleanUp(db, now, "daily");
    const left = await rows<{ at: number }>("SELECT at FROM access_log WHERE actor = 'kept?'");
    expect(left.map((row) => now - row.at)).toEqual([365 * DAY]);
  });
});

describe("a restored database", () => {
  test("forgets again whoever the marks kept outside say was erased, and nobody who came after or was never", async () => {
    const [gone, stays, anew] = ["+84918000021", "+84918000022", "+84918000023"] as const;
    await person("re-a", gone);
    await eraseNow(gone, NOW + DAY);
    const { data: marks } = await answer<{ data: { tag: string }[] }>(call("/v1/privacy/erasures"));
    await person("re-b", stays);
    await person("re-c", anew);
    await eraseNow(anew, NOW + DAY);
    await signIn("re-c", "02:00:00:00:d1:02", anew, NOW + 2 * DAY, PURPOSES);
    // As if it were the day before: the person stands, and no mark says otherwise.
    const tag = suppressionTags(testServices().settings.SUPPRESSION_KEYS)(
      await keyOf("phone", gone, "store"),
    )[0];
    await testServices().db.$client.prepare("DELETE FROM tombstones WHERE tag = ?").bind(tag).run();
    await person("re-d", gone, NOW);
    expect(await placesOfPerson(gone)).not.toEqual([]);

    const back = await answer<{ added: number }>(call("/v1/privacy/erasures", { json: { marks } }));
    expect(back.added).toBe(1);
    const done = await answer<Record<string, unknown>>(
      call("/v1/privacy/erasures/again", { json: {}, now: NOW + 3 * DAY }),
    );
    expect(done).toEqual({ erased: 1, left: 0, next: null });
    expect(await placesOfPerson(gone)).toEqual([]);
    for (const phone of [stays, anew])
      expect((await rights().view(phonePerson(phone), NOW + 4 * DAY)).standing).toHaveLength(5);
    expect(
      await answer<Record<string, unknown>>(
        call("/v1/privacy/erasures/again", { json: {}, now: NOW + 4 * DAY }),
      ),
    ).toEqual({ erased: 0, left: 0, next: null });
  });
});

describe("the officer's page", () => {
  const page = (path: string, { cookie, form }: { cookie?: string; form?: Record<string, string> } = {}) =>
    call(path, {
      bearer: null,
      now: NOW,
      headers: { authorization: "", "accept-language": "en", ...(cookie === undefined ? {} : { cookie }) },
      ...(form === undefined ? {} : { body: new URLSearchParams(form) }),
    });
  const officer = async (also: readonly string[] = ["privacy"]) => {
    const { url } = await answer<{ url: string }>(call("/v1/admin/sign-in", { json: { also } }), 201);
    const form = { token: new URL(url).searchParams.get("token") ?? "" };
    const reply = await page("/dashboard/sign-in", { form });
    const cookie = (reply.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
    const html = await (await page("/privacy", { cookie })).text();
    const csrf = /name="csrf" value="([^"]+)"/.exec(html)?.[1] ?? "";
    const post = (path: string, more: Record<string, string>) =>
      page(path, { cookie, form: { csrf, ...more } });
    return { get: (path: string) => page(path, { cookie }), post };
  };

  test("is closed to who was let in to read marketing's numbers, or to the counter", async () => {
    for (const also of [[], ["counter"]]) {
      const { get, post } = await officer(also);
      const board = await get("/dashboard");
      expect([board.status, (await board.text()).includes("/privacy")]).toEqual([200, false]);
      const queue = await get("/privacy");
      expect(await queue.text()).not.toContain('name="csrf"');
      const refused = await post("/privacy/new", { kind: "erase", by: "phone", value: "0918 000 039" });
      expect(refused.headers.get("location") ?? "").not.toContain("/privacy/rq_");
    }
  });

  test("opens, shows, answers and erases as the API does: sealed, logged, audited, once", async () => {
    const phone = "+84918000031";
    const { id: profileId } = await person("dpo-a", phone);
    const { get, post } = await officer();
    const text = "Xóa hết giúp tôi";
    const opened = await post("/privacy/new", {
      kind: "erase",
      by: "phone",
      value: "0918 000 031",
      text,
      received: new Date(NOW).toISOString().slice(0, 10),
    });
    const path = new URL(opened.headers.get("location") ?? "", "http://quen.test").pathname;
    const id = path.slice(path.lastIndexOf("/") + 1);
    expect([opened.status, await rows("SELECT origin FROM requests WHERE id = ?", id)]).toEqual([
      303,
      [{ origin: "operator" }],
    ]);
    expect(await (await get("/privacy")).text()).not.toContain(text);
    const reads = () =>
      rows("SELECT actor, request_id FROM access_log WHERE action = 'request' AND profile_id = ?", profileId);
    expect(await reads()).toEqual([]);
    const shown = await get(path);
    expect(await shown.text()).toContain(text);
    expect(await reads()).toEqual([{ actor: "operator", request_id: shown.headers.get("x-request-id") }]);

    expect((await post(`${path}/reply`, {})).status).toBe(303);
    expect((await post(`${path}/extend`, { words: "nhiều nơi" })).status).toBe(303);
    expect(await (await get(path)).text()).toMatch(/Extended<[^]*by operator[^]*nhiều nơi/);
    const form = { profile: profileId, "asked-by": "in_person" };
    expect((await post(`${path}/erase`, form)).status).toBe(200);
    expect(await placesOfPerson(phone)).not.toEqual([]);
    const [first, second] = await Promise.all(
      ["yes", "yes"].map((confirmed) => post(`${path}/erase`, { ...form, confirmed })),
    );
    expect([first?.status, second?.status]).toContain(303);
    expect(await placesOfPerson(phone)).toEqual([]);
    const [row] = await rows<Record<string, unknown>>("SELECT * FROM requests WHERE id = ?", id);
    expect(row).toMatchObject({ outcome: "done", note: null, subject: null });
    expect(
      await rows(
        "SELECT * FROM erasure_certificates WHERE id = ?",
        String(row?.["proof"]).replace("erasure/", ""),
      ),
    ).toHaveLength(1);
    expect(
      await rows(
        "SELECT actor FROM audit WHERE action = 'profile.erase' AND 'erasure/' || target = ?",
        row?.["proof"],
      ),
    ).toEqual([{ actor: "operator" }]);
    expect(await (await get(path)).text()).toMatch(/carried out<[^]*by operator[^]*erasure\//);
    expect((await post(`${path}/erase`, { ...form, confirmed: "yes" })).status).toBe(409);
    expect((await audits(id)).map(({ action }) => action)).toEqual([
      "request.open",
      "request.reply",
      "request.extend",
    ]);
  });

  test("is nobody's who is not signed in, an API key's neither, and pages the whole queue", async () => {
    expect((await page("/privacy")).status).toBe(401);
    const bearer = await keyWith("privacy");
    expect((await call("/privacy", { bearer })).status).toBe(401);
    await Promise.all(Array.from({ length: 27 }, () => open("view", "+84918000032")));
    const { get } = await officer();
    const ids: string[] = [];
    for (let next: string | undefined = "/privacy"; next !== undefined;) {
      const html: string = await (await get(next)).text();
      ids.push(...[...html.matchAll(/class="id">(rq_\w+)/g)].map(([, id = ""]) => id));
      next = /href="([^"]*)" rel="next"/.exec(html)?.[1]?.replaceAll("&amp;", "&");
    }
    const all = await rows<{ id: string }>(
      "SELECT id FROM requests WHERE closed_at IS NULL ORDER BY due_at, id",
    );
    expect(ids).toEqual(all.map(({ id }) => id));
    expect(ids.length).toBeGreaterThan(26);
  });
});
