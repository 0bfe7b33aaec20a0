// Identity that explains itself and can be corrected: explain, statements, retractions, blocked values, rules.

import { env } from "cloudflare:workers";
import { describe, expect, test } from "vitest";
import type { Problem } from "../../schema/problems.ts";
import type {
  ExplainView,
  IdentityStatus,
  PreviewView,
  RulesView,
  SharedView,
  StatementView,
} from "../../schema/wire/identity.ts";
import { accessRows, keyOf, keyWith, settle, tell } from "./crm-people.ts";
import { answer, call } from "./http.ts";
import { signIn } from "./person.ts";

const NOW = Date.UTC(2026, 9, 20, 5);
const PATH = "/v1/admin/identity";
let serial = 0;
/** Codes and phones that no other test of this file has. */
const fresh = () => {
  serial += 1;
  const number = String(serial).padStart(4, "0");
  return { phone: `+8491355${number}`, code: `KH${number}`, other: `KH${number}-2` };
};

const told = async (...identifiers: [kind: string, value: string][]) => {
  await tell({ at: NOW, identifiers });
  await settle(NOW);
};
const idOf = async (kind: string, value: string, realm: "store" | "commerce" = "commerce") => {
  const row = await env.DB.prepare(
    "SELECT p.id FROM assignments s JOIN profiles p ON p.anchor = s.anchor WHERE s.key = ?",
  )
    .bind(await keyOf(realm, kind, value))
    .first<{ id: string }>();
  if (row === null) throw new Error(`${kind} ${value} has no profile`);
  return row.id;
};
const end = (kind: string, value: string) => ({ realm: "commerce", kind, value });
const state = (a: unknown, b: unknown, says: "same" | "not_same") =>
  call(`${PATH}/statements`, { json: { a, b, says, reason: "asked at the counter" }, now: NOW });
const explainOf = (id: string, bearer?: string) =>
  answer<ExplainView>(
    call(`/v1/profiles/${id}/explain`, bearer === undefined ? { now: NOW } : { now: NOW, bearer }),
  );
const rising = (numbers: number[]) => numbers.toSorted((a, b) => a - b);
const audits = async (action: string) =>
  (await env.DB.prepare("SELECT target FROM audit WHERE action = ?").bind(action).all<{ target: string }>())
    .results;

describe("explain", () => {
  test("names every identifier, every edge that merged them with its evidence, and what was kept apart by which rule", async () => {
    const { phone, code, other } = fresh();
    const email = `a${serial}@quen.test`;
    await told(["customer:pos", code], ["phone", phone], ["email", email]);
    await tell({
      at: NOW,
      source: "web",
      identifiers: [
        ["customer:web", other],
        ["email", email],
      ],
    });
    await answer(state(end("customer:pos", code), end("email", email), "not_same"), 201);
    const id = await idOf("customer:pos", code);
    const told1 = await explainOf(id);
    const name = (ref: string) => told1.identifiers.find((one) => one.ref === ref)?.value ?? "";
    expect(told1).toMatchObject({ id, realms: ["commerce"], rulesVersion: "2026-1", redacted: [] });
    expect(
      told1.identifiers
        .filter(({ member }) => member)
        .map(({ value }) => value ?? "")
        .toSorted(),
    ).toEqual([code, phone].toSorted());
    expect(told1.edges.map(({ a, b }) => [name(a), name(b)].toSorted())).toEqual([[code, phone].toSorted()]);
    expect(told1.edges[0]).toMatchObject({ trust: "asserted", sources: ["pos"], statement: null });
    expect(told1.edges[0]?.evidence).toEqual([
      {
        id: expect.any(String),
        trust: 2,
        source: "pos",
        at: expect.any(String),
        consentId: null,
        message: null,
      },
    ]);
    for (const [kind, value] of [
      ["customer:pos", code],
      ["phone", phone],
    ] as const)
      expect(JSON.stringify(told1)).not.toContain(await keyOf("commerce", kind, value));
    const [refused] = told1.refused;
    expect(refused).toMatchObject({
      rule: "not_same",
      meaning: "an operator says that they are not the same person",
      statement: { says: "not_same", reason: "asked at the counter" },
    });
    expect(name(told1.anchor ?? "")).toBe(phone);
    const keys = await Promise.all([
      keyOf("commerce", "phone", phone),
      keyOf("commerce", "customer:pos", code),
    ]);
    for (const key of keys) expect(JSON.stringify({ ...told1, edges: [], refused: [] })).not.toContain(key);
  });

  test("shows masks to crm:read and values to crm:personal, whose read is logged", async () => {
    const { phone, code } = fresh();
    await told(["customer:pos", code], ["phone", phone]);
    const id = await idOf("phone", phone);
    const read = await explainOf(id, await keyWith("crm:read"));
    expect(JSON.stringify(read)).not.toContain(phone);
    expect(read.identifiers.map(({ mask }) => mask)).toContain(`091 ••• ${phone.slice(-3)}`);
    expect(read.redacted).toEqual([{ field: "identifiers.value", reason: "scope" }]);
    const reply = await call(`/v1/profiles/${id}/explain`, { bearer: await keyWith("crm:personal") });
    expect(await reply.text()).toContain(phone);
    const log = await accessRows(reply.headers.get("x-request-id") ?? "");
    expect(log).toEqual([{ actor: expect.stringMatching(/^key_/), action: "explain", profileId: id }]);
    const refused = await call(`/v1/profiles/${id}/explain`, { bearer: await keyWith("marketing:read") });
    expect(refused.status).toBe(403);
    for (const nobody of [`pr_${"0".repeat(32)}`, "pr_1"])
      expect((await answer<Problem>(call(`/v1/profiles/${nobody}/explain`), 404)).code).toBe("not_found");
  });

  test("names the consent on which a join of store and commerce rests, and shows nobody who agreed to nothing", async () => {
    const { phone, code } = fresh();
    await told(["customer:pos", code], ["phone", phone]);
    await signIn("nowhere", `02:00:00:01:00:${String(serial).padStart(2, "0")}`, phone, NOW, [
      "visit_recognition",
      "profile_linking",
    ]);
    await settle(NOW);
    const joined = await explainOf(await idOf("customer:pos", code));
    expect(joined.realms.toSorted()).toEqual(["commerce", "store"]);
    const proven = joined.edges.find(({ trust }) => trust === "proven");
    expect(proven?.evidence[0]).toMatchObject({ source: "portal", consentId: expect.stringMatching(/./) });
    const silent = fresh();
    await signIn("nowhere", `02:00:00:01:00:${String(serial).padStart(2, "0")}`, silent.phone, NOW, []);
    await settle(NOW);
    const hidden = await idOf("phone", silent.phone, "store");
    expect((await call(`/v1/profiles/${hidden}/explain`)).status).toBe(404);
  });
});

describe("explain of a number that a till types for everybody", () => {
  test("tells 100 of its edges and how many it leaves out, and the owner of one of its codes is told in short", async () => {
    const { phone, code } = fresh();
    const codes = Array.from({ length: 230 }, (_, index): [string, string] => [
      "customer:pos",
      `${code}-${index}`,
    ]);
    await told(["phone", phone], ...codes);
    const hub = await explainOf(await idOf("phone", phone));
    expect(hub.refused).toHaveLength(100);
    expect(hub.omitted).toBe(130);
    expect(new Set(hub.refused.map(({ rule }) => rule))).toEqual(new Set(["shared"]));
    const one = await explainOf(await idOf("customer:pos", `${code}-7`));
    expect(one.refused).toHaveLength(1);
    expect(one.contacts).toHaveLength(1);
    const contact = one.identifiers.find(({ ref }) => ref === one.contacts[0]);
    expect(contact).toMatchObject({ kind: "phone", value: phone, member: false });
    expect(one.refused[0]?.found).toEqual(one.contacts);
  });
});

describe("a statement of an operator", () => {
  test("merges two, is explained, and taken back parts them again under their old ids", async () => {
    const [one, two] = [fresh(), fresh()];
    await told(["customer:pos", one.code], ["phone", one.phone]);
    await told(["customer:pos", two.code]);
    const [a, b] = [await idOf("phone", one.phone), await idOf("customer:pos", two.code)];
    const { id } = await answer<{ id: string }>(state({ profileId: a }, { profileId: b }, "same"), 201);
    expect(await idOf("customer:pos", two.code)).toBe(a);
    const merged = await explainOf(b);
    expect(merged).toMatchObject({ id: a, previousIds: expect.arrayContaining([b]) });
    expect(merged.edges.find(({ trust }) => trust === "stated")?.statement).toMatchObject({
      id,
      says: "same",
    });
    const { data } = await answer<{ data: StatementView[] }>(call(`${PATH}/statements`));
    expect(data.find((one_) => one_.id === id)).toMatchObject({
      says: "same",
      actor: "admin",
      profileIds: [a],
    });
    await answer(call(`${PATH}/statements/${id}`, { method: "DELETE", now: NOW + 1 }), 204);
    expect(await idOf("customer:pos", two.code)).toBe(b);
    expect(await audits("identity.unstate")).toContainEqual({ target: id });
    await answer(call(`${PATH}/statements/${id}`, { method: "DELETE" }), 404);
  });

  test("of two profiles that the rules keep apart even so is refused, and it is said by which rule", async () => {
    const [one, two] = [fresh(), fresh()];
    await told(["customer:pos", one.code], ["customer:pos", one.other]);
    await told(["customer:pos", two.code], ["customer:pos", two.other]);
    const [a, b] = [await idOf("customer:pos", one.code), await idOf("customer:pos", two.code)];
    const refused = await answer<Problem>(state({ profileId: a }, { profileId: b }, "same"), 409);
    expect(refused.detail).toBe(
      "The rules keep them apart even so: kind_limit, one person would have too many identifiers of one kind.",
    );
  });

  test("that two ids of one profile are not the same parts it", async () => {
    const { phone, code } = fresh();
    await told(["customer:pos", code]);
    const before = await idOf("customer:pos", code);
    await told(["customer:pos", code], ["phone", phone]);
    const after = await idOf("phone", phone);
    expect(await idOf("customer:pos", code)).toBe(after);
    await answer(state({ profileId: before }, { profileId: after }, "not_same"), 201);
    expect([await idOf("customer:pos", code), await idOf("phone", phone)]).toEqual([before, after]);
  });

  test("is refused of unknown or equal ends and of no value, and its field is named", async () => {
    const { phone, code } = fresh();
    await told(["customer:pos", code]);
    const known = end("customer:pos", code);
    for (const [a, b, status] of [
      [known, end("customer:pos", "never told"), 404],
      [known, { profileId: `pr_${"0".repeat(32)}` }, 404],
      [known, known, 400],
      [known, end("phone", "0000000000"), 400],
      [known, { kind: "phone", value: phone }, 400],
    ] as const)
      expect((await state(a, b, "same")).status).toBe(status);
    const wrong = await answer<Problem>(state(known, end("phone", "12"), "same"), 400);
    expect(wrong.errors).toEqual([{ path: "b.value", message: "is not a phone" }]);
    const key = await keyWith("crm:personal");
    expect((await call(`${PATH}/statements`, { bearer: key })).status).toBe(403);
  });

  test("repeated or raced stands once, with one audit row; the opposite replaces it", async () => {
    const [one, two] = [fresh(), fresh()];
    await told(["customer:pos", one.code]);
    await told(["customer:pos", two.code]);
    const [a, b] = [end("customer:pos", one.code), end("customer:pos", two.code)];
    const before = (await audits("identity.state")).length;
    const statuses = await Promise.all([1, 2, 3, 4].map(async () => (await state(a, b, "same")).status));
    expect(rising(statuses)).toEqual([201, 409, 409, 409]);
    expect((await state(b, a, "same")).status).toBe(409);
    expect((await audits("identity.state")).length).toBe(before + 1);
    expect((await state(b, a, "not_same")).status).toBe(201);
    expect(await idOf("customer:pos", one.code)).not.toBe(await idOf("customer:pos", two.code));
  });
});

describe("evidence taken back", () => {
  test("parts whom it joined, once, and telling it again does not bring it back", async () => {
    const { phone, code } = fresh();
    await told(["customer:pos", code], ["phone", phone]);
    const { edges } = await explainOf(await idOf("phone", phone));
    const id = edges[0]?.evidence[0]?.id ?? "";
    const retract = () =>
      call(`${PATH}/evidence/${encodeURIComponent(id)}/retract`, {
        json: { reason: "a typo" },
        now: NOW + 1,
      });
    const statuses = await Promise.all(
      [retract(), retract(), retract()].map(async (reply) => (await reply).status),
    );
    expect(rising(statuses)).toEqual([204, 404, 404]);
    expect(await idOf("customer:pos", code)).not.toBe(await idOf("phone", phone));
    await told(["customer:pos", code], ["phone", phone]);
    expect(await idOf("customer:pos", code)).not.toBe(await idOf("phone", phone));
    const trail = (await audits("identity.retract")).filter(({ target }) => target.endsWith("a typo"));
    expect(trail).toHaveLength(1);
    const key = await keyOf("commerce", "phone", phone);
    expect(JSON.stringify(trail)).not.toContain(key);
    expect((await call(`${PATH}/evidence/none/retract`, { json: { reason: "a typo" } })).status).toBe(404);
  });
});

describe("a blocked value", () => {
  const word = (value: string, method = "POST") =>
    call(`${PATH}/blocked`, { method, json: { kind: "phone", value, reason: "everybody's" }, now: NOW + 1 });

  test("joins nobody, whoever told it before or tells it later, and does again when it is let go", async () => {
    const { phone, code } = fresh();
    await told(["customer:pos", code], ["phone", phone]);
    const joined = await idOf("phone", phone);
    expect(await answer(word(`0${phone.slice(3)}`))).toEqual({ blocked: true, identifiers: 1 });
    expect(await idOf("customer:pos", code)).not.toBe(joined);
    const later = fresh();
    await told(["customer:pos", later.code], ["phone", phone]);
    expect(await idOf("customer:pos", later.code)).not.toBe(await idOf("customer:pos", code));
    expect((await word(phone)).status).toBe(409);
    expect(await answer(word(phone, "DELETE"))).toEqual({ blocked: false, identifiers: 1 });
    expect((await word(phone, "DELETE")).status).toBe(409);
    const unknown = fresh();
    expect(await answer(word(unknown.phone))).toEqual({ blocked: true, identifiers: 0 });
    await told(["customer:pos", unknown.code], ["phone", unknown.phone]);
    const alone = await explainOf(await idOf("customer:pos", unknown.code));
    expect(alone.refused.map(({ rule }) => rule)).toEqual(["blocked"]);
    expect((await word("12")).status).toBe(400);
  });

  test("that is all of a profile hides it and shows it again, and the feed tells both", async () => {
    const { phone } = fresh();
    await told(["phone", phone]);
    const id = await idOf("phone", phone);
    const feed = async (cursor: string) =>
      answer<{ data: { profileId: string; type: string }[]; next: string }>(
        call(`/v1/profiles/changes?cursor=${cursor}`),
      );
    let { next } = await feed("now");
    for (const [method, status] of [
      ["POST", 404],
      ["DELETE", 200],
    ] as const) {
      await answer(word(phone, method));
      const page = await feed(next);
      expect(page.data).toMatchObject([{ profileId: id, type: "updated" }]);
      expect((await call(`/v1/profiles/${id}`)).status).toBe(status);
      // A repeat changes nothing, and tells nothing.
      expect((await word(phone, method)).status).toBe(409);
      ({ next } = page);
      expect((await feed(next)).data).toEqual([]);
    }
  });

  test("raced is blocked once", async () => {
    const { phone } = fresh();
    const statuses = await Promise.all([1, 2, 3].map(async () => (await word(phone)).status));
    expect(rising(statuses)).toEqual([200, 409, 409]);
  });
});

describe("shared identifiers", () => {
  test("are listed masked, those with most edges first, and counted in the status", async () => {
    const household = fresh();
    for (const index of [1, 2, 3]) {
      const identifiers: [string, string][] = [
        ["customer:pos", `${household.code}-${index}`],
        ["phone", household.phone],
      ];
      await tell({ at: NOW, identifiers });
    }
    await settle(NOW);
    const reply = await call(`${PATH}/shared`);
    const text = await reply.text();
    expect(text).not.toContain(household.phone);
    const { data } = JSON.parse(text) as { data: SharedView[] };
    const found = data.find(({ mask }) => mask.endsWith(household.phone.slice(-3)));
    expect(found).toMatchObject({ kind: "phone", realm: "commerce", edges: 3 });
    expect(data.map(({ edges }) => edges)).toEqual(data.map(({ edges }) => edges).toSorted((a, b) => b - a));
    const status = await answer<IdentityStatus>(call(`${PATH}/status?shared=true`));
    expect(status).toMatchObject({
      rulesVersion: "2026-1",
      waiting: 0,
      waitingSince: null,
      rebuilding: false,
    });
    expect(status.shared).toBe(data.length);
  });
});

describe("rules", () => {
  const settled = async () => {
    for (let turns = 0; turns < 200; turns += 1) {
      const { more } = await settle(NOW);
      const { waiting, rebuilding } = await answer<IdentityStatus>(call(`${PATH}/status`));
      if (!more && waiting === 0 && !rebuilding) return;
    }
    throw new Error("Identity is not decided about");
  };
  const previewOf = async (version: string) => {
    const steps: PreviewView[] = [];
    let cursor: string | null = null;
    do {
      const step: PreviewView = await answer<PreviewView>(
        call(`${PATH}/rules/${version}/preview`, { json: { cursor } }),
      );
      steps.push(step);
      cursor = step.next;
    } while (cursor !== null);
    const sum = (count: (step: PreviewView) => number) => steps.reduce((all, step) => all + count(step), 0);
    return {
      steps,
      looked: sum((step) => step.looked),
      before: sum((step) => step.profilesBefore),
      after: sum((step) => step.profilesAfter),
      merged: sum((step) => step.merged.count),
      split: sum((step) => step.split.count),
    };
  };
  const profiles = async () => {
    const row = await env.DB.prepare(
      "SELECT (SELECT count(*) FROM profiles) AS n, (SELECT coalesce(max(seq), 0) FROM changes) AS seq",
    ).first<{ n: number; seq: number }>();
    if (row === null) throw new Error("nothing was counted");
    return row;
  };
  const changesSince = async (seq: number) => {
    const { results } = await env.DB.prepare(
      "SELECT type, count(*) AS n FROM changes WHERE seq > ? AND type IN ('merged', 'split') GROUP BY type",
    )
      .bind(seq)
      .all<{ type: string; n: number }>();
    return Object.fromEntries(results.map(({ type, n }) => [type, n]));
  };

  test("are told once, previewed without changing anything, and activated do exactly what was previewed", async () => {
    for (let household = 0; household < 3; household += 1) {
      const { phone, code } = fresh();
      for (const index of [1, 2])
        await tell({
          at: NOW,
          identifiers: [
            ["customer:pos", `${code}-${index}`],
            ["phone", phone],
          ],
        });
    }
    await settled();
    const { data } = await answer<{ data: RulesView[] }>(call(`${PATH}/rules`));
    const inForce = data.find((one) => one.inForce);
    if (inForce === undefined) throw new Error("no rules are in force");
    const { rules } = inForce;
    const generous = {
      ...rules,
      version: "households",
      kinds: rules.kinds.map(([kind, of]) => [
        kind,
        kind === "phone" ? { ...of, sharedAbove: { ...of.sharedAbove, ofOneKind: 2 } } : of,
      ]),
    };
    const tellRules = (body: unknown) => call(`${PATH}/rules`, { json: body });
    const raced = await Promise.all([1, 2, 3].map(async () => (await tellRules(generous)).status));
    expect(rising(raced)).toEqual([201, 409, 409]);
    expect((await tellRules({ ...generous, version: "2026-1" })).status).toBe(409);
    const wrong = await answer<Problem>(tellRules({ ...generous, version: "x", componentLimit: 1 }), 400);
    expect(wrong.errors?.map(({ path }) => path)).toEqual(["componentLimit"]);
    for (const verb of ["preview", "activate"])
      expect((await call(`${PATH}/rules/none/${verb}`, { json: {} })).status).toBe(404);

    const before = await profiles();
    const previewed = await previewOf("households");
    expect(await profiles()).toEqual(before);
    expect(previewed.before).toBe(before.n);
    expect(previewed.merged).toBeGreaterThanOrEqual(3);
    const sample = previewed.steps.flatMap((step) => step.merged.samples)[0];
    expect(sample?.profileId).toMatch(/^pr_/);

    await answer(call(`${PATH}/rules/households/activate`, { method: "POST", now: NOW + 2 }), 202);
    expect((await call(`${PATH}/rules/households/activate`, { method: "POST" })).status).toBe(409);
    await settled();
    expect((await profiles()).n).toBe(previewed.after);
    expect(await changesSince(before.seq)).toEqual({ merged: previewed.merged });

    const back = await previewOf("2026-1");
    const at = await profiles();
    await answer(call(`${PATH}/rules/2026-1/activate`, { method: "POST", now: NOW + 1 }), 202);
    await settled();
    expect(await changesSince(at.seq)).toEqual({ split: back.split });
    expect((await profiles()).n).toBe(before.n);
    const after = await previewOf("households");
    expect([after.merged, after.split, after.after]).toEqual([previewed.merged, 0, previewed.after]);
    expect(await audits("identity.activate")).toEqual([{ target: "households" }, { target: "2026-1" }]);
  });
});
