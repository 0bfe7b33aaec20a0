import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CONSENT_STATES, PURPOSES } from "../../../schema/consent.ts";
import { assembleProfile } from "./assemble.ts";
import type { ProfileFacts } from "./facts.ts";
import {
  bought,
  CODE,
  EMAIL,
  factsOf,
  id,
  key as keyNamed,
  member,
  met,
  named,
  NOW,
  PHONE,
  seenBy,
  word,
  ZALO,
} from "./testing/facts-of.ts";

const show = (facts: ProfileFacts) => assembleProfile(facts, NOW, "personal");
const kinds = (facts: ProfileFacts) => show(facts)?.identifiers?.map(({ kind }) => kind);
const reasons = (facts: ProfileFacts) =>
  Object.fromEntries((show(facts)?.redacted ?? []).map(({ field, reason }) => [field, reason]));

const RECOGNISED = word("visit_recognition", "granted", 1);
const LINKED = word("profile_linking", "granted", 1);
const UNLINKED = word("profile_linking", "withdrawn", 2);
const joined = (more: Partial<ProfileFacts> = {}): ProfileFacts =>
  factsOf({
    members: [member(PHONE, { ids: [id("1")] }), member(CODE, { ids: [id("2")] })],
    answers: [RECOGNISED, LINKED],
    visits: [seenBy(PHONE, 3)],
    orders: [bought(CODE, 2), bought(CODE, 1)],
    events: [met(CODE, "web", 3)],
    traits: [named(PHONE), named(CODE)],
    ...more,
  });

describe("who is shown", () => {
  it.each<[string, ProfileFacts, string[] | undefined]>([
    ["nobody of the store without a standing purpose", factsOf({ answers: [] }), undefined],
    ["nobody who refused everything", factsOf({ answers: [word("marketing_sms", "refused", 1)] }), undefined],
    [
      "nobody who withdrew the last purpose",
      factsOf({ answers: [RECOGNISED, word("visit_recognition", "withdrawn", 2)] }),
      undefined,
    ],
    [
      "whoever has any purpose that stands",
      factsOf({ answers: [word("marketing_sms", "granted", 1)] }),
      ["phone"],
    ],
    [
      "an e-mail together with whose it is",
      factsOf({ members: [member(PHONE), member(EMAIL, { owners: [PHONE] })] }),
      ["phone", "email"],
    ],
    ["no e-mail alone", factsOf({ members: [member(PHONE), member(EMAIL)] }), ["phone"]],
    [
      "no value that says nothing about anyone",
      factsOf({ members: [member(PHONE, { blocked: true })] }),
      undefined,
    ],
    [
      "a customer, by contract",
      factsOf({ anchor: CODE, members: [member(CODE)], answers: [] }),
      ["customer:pos"],
    ],
    ["both realms under linking", joined(), ["phone", "customer:pos"]],
    [
      "the anchor's realm alone once linking ended",
      joined({ answers: [RECOGNISED, LINKED, UNLINKED] }),
      ["phone"],
    ],
    [
      "the till's side where the anchor is its own",
      joined({ anchor: CODE, answers: [RECOGNISED, LINKED, UNLINKED] }),
      ["customer:pos"],
    ],
    [
      "nobody by a withdrawal of another member",
      factsOf({
        members: [member(PHONE), member(ZALO)],
        answers: [RECOGNISED, word("visit_recognition", "withdrawn", 2, ZALO)],
      }),
      undefined,
    ],
  ])("%s", (_, facts, shown) => {
    expect(kinds(facts)).toEqual(shown);
  });
});

describe("what is shown", () => {
  it("is everything where everything is allowed, and nothing is said to be missing", () => {
    const profile = show(joined());
    expect(profile).toMatchObject({
      realms: ["store", "commerce"],
      previousIds: [id("2")],
      visits: { total: 1, favouriteBranchId: "q1", last30Days: 1 },
      orders: { count: 2, totalVnd: 100_000, averageVnd: 50_000 },
      channels: [
        { channel: "pos", events: 2 },
        { channel: "web", events: 3 },
        { channel: "store", events: 1 },
      ],
      lifecycle: { stage: "active" },
      consent: { visit_recognition: { state: "granted", at: 1 } },
      redacted: [],
    });
  });

  it("after linking ended holds nothing of the other side, not even its id", () => {
    const profile = show(joined({ answers: [RECOGNISED, LINKED, UNLINKED] }));
    expect(profile).toMatchObject({ realms: ["store"], previousIds: [], orders: null });
    expect(profile?.channels?.map(({ channel }) => channel)).toEqual(["store"]);
    expect(profile?.traits?.map(({ key }) => key)).toEqual([PHONE]);
    const till = show(joined({ anchor: CODE, id: id("2"), answers: [RECOGNISED, LINKED, UNLINKED] }));
    expect(till).toMatchObject({ realms: ["commerce"], previousIds: [], visits: null });
    expect(till?.consent).toEqual({});
    expect(till?.traits?.map(({ key }) => key)).toEqual([CODE]);
  });

  it.each<[string, ProfileFacts, Record<string, string>]>([
    ["a store without linking says that orders stand apart", factsOf(), { orders: "not_linked" }],
    [
      "a till's customer says that visits stand apart",
      factsOf({ anchor: CODE, members: [member(CODE)], answers: [] }),
      { visits: "not_linked" },
    ],
    [
      "visits need recognition",
      factsOf({ answers: [word("marketing_sms", "granted", 1)] }),
      { visits: "no_consent", orders: "not_linked", channels: "no_consent", lifecycle: "no_consent" },
    ],
    [
      "visits end with recognition",
      joined({ answers: [LINKED, RECOGNISED, word("visit_recognition", "withdrawn", 2)] }),
      { visits: "withdrawn" },
    ],
    [
      "a refusal ends nothing",
      joined({ answers: [LINKED, RECOGNISED, word("visit_recognition", "refused", 2)] }),
      {},
    ],
    [
      "whoever asked to be kept and not used is not shown",
      joined({ members: [member(PHONE), member(CODE, { restricted: true })] }),
      Object.fromEntries(
        ["identifiers", "traits", "visits", "orders", "channels", "lifecycle", "consent", "contact"].map(
          (field) => [field, "restricted"],
        ),
      ),
    ],
  ])("%s", (_, facts, redacted) => {
    expect(reasons(facts)).toEqual(redacted);
  });

  it.each<[string, ProfileFacts]>([
    ["by anybody of it, also of the side that is not shown", joined({ anchor: CODE, answers: [UNLINKED] })],
    ["by a member that has nothing else", joined()],
  ])("is kept back %s who asked for it", (_, facts) => {
    const asked = facts.members.map((one) => (one.key === PHONE ? { ...one, restricted: true } : one));
    expect(show({ ...facts, members: asked })).toMatchObject({
      identifiers: null,
      orders: null,
      consent: null,
    });
  });

  it("holds visits and orders of those who are shown, and of them what each allowed", () => {
    const [other, blocked] = [keyNamed("q"), keyNamed("b")];
    const facts = joined({
      members: [
        member(PHONE),
        member(ZALO),
        member(CODE),
        member(other, { realm: "commerce" }),
        member(blocked, { realm: "commerce", blocked: true }),
      ],
      answers: [RECOGNISED, LINKED, word("marketing_zalo", "granted", 1, ZALO)],
      visits: [seenBy(PHONE, 3), seenBy(ZALO, 9)],
      orders: [bought(CODE, 2), bought(other, 3), bought(blocked, 4)],
    });
    expect(show(facts)).toMatchObject({ visits: { total: 1 }, orders: { count: 2 } });
  });

  it("says that there are no orders where linking would show them", () => {
    expect(show(factsOf({ answers: [LINKED] }))?.orders).toEqual({
      count: 0,
      totalVnd: 0,
      averageVnd: null,
      lastAt: null,
    });
  });

  it("has no average of orders without a price in VND", () => {
    const foreign = { ...bought(CODE, 1, 0), priced: 0 };
    expect(show(joined({ orders: [foreign] }))?.orders).toMatchObject({ count: 1, averageVnd: null });
  });

  it("knows the first visit ever, and what of the visits was in the last 30 days", () => {
    const facts = joined({
      visits: [{ ...seenBy(PHONE, 40), firstAt: 7 }, seenBy(PHONE, 3), seenBy(PHONE, 2, "q2")],
    });
    expect(show(facts)?.visits).toMatchObject({
      total: 3,
      firstAt: 7,
      last30Days: 2,
      favouriteBranchId: "q1",
    });
  });

  it("has no values for who may not read them", () => {
    const profile = assembleProfile(joined(), NOW, "redacted");
    expect(profile).toMatchObject({
      traits: null,
      redacted: [
        { field: "identifiers.value", reason: "scope" },
        { field: "traits", reason: "scope" },
      ],
    });
  });

  it("allows a contact only while marketing stands for it, by the person's own act", () => {
    const contact = (...answers: ProfileFacts["answers"]) =>
      Object.entries(show(factsOf({ answers: [RECOGNISED, ...answers] }))?.contact ?? {})
        .filter(([, { allowed }]) => allowed)
        .map(([channel]) => channel);
    expect(contact()).toEqual([]);
    expect(contact(word("marketing_sms", "granted", 1), word("marketing_zalo", "granted", 1))).toEqual([
      "zalo",
      "sms",
    ]);
    expect(contact(word("marketing_sms", "granted", 1), word("marketing_sms", "withdrawn", 2))).toEqual([]);
    expect(contact({ ...word("marketing_email", "granted", 1), userInitiated: false })).toEqual([]);
  });

  it("lets a grant of one number say nothing about another that is joined with it", () => {
    const other = keyNamed("o");
    const facts = joined({
      members: [
        member(PHONE),
        member(other, { kind: "phone" }),
        member(EMAIL, { owners: [other] }),
        member(CODE),
      ],
      answers: [
        RECOGNISED,
        LINKED,
        word("visit_recognition", "granted", 1, other),
        word("marketing_sms", "granted", 1, other),
        word("marketing_email", "granted", 1, other),
        word("marketing_email", "granted", 1),
      ],
    });
    const reach = show(facts)?.identifiers?.map(({ key, contact }) => [key, contact]);
    expect(reach).toEqual([
      [PHONE, []],
      [other, ["sms"]],
      [EMAIL, ["email"]],
      [CODE, []],
    ]);
    expect(show(facts)?.contact?.sms.allowed).toBe(true);
  });

  it("never allows a contact by what was only imported, whatever was granted", () => {
    const imported = { userInitiated: false };
    const grants = (["zalo", "sms", "email"] as const).flatMap((channel) =>
      [PHONE, ZALO].map((subject) => word(`marketing_${channel}`, "granted", 1, subject)),
    );
    const facts = joined({
      members: [
        member(PHONE, imported),
        member(ZALO, { ...imported, kind: "zalo_oa:1" }),
        member(EMAIL, { ...imported, owners: [PHONE] }),
        member(CODE, { ...imported, kind: "phone" }),
      ],
      answers: [RECOGNISED, LINKED, ...grants],
    });
    const reach = show(facts)?.identifiers?.flatMap(({ contact }) => contact);
    expect(show(facts)?.identifiers).toHaveLength(4);
    expect(reach).toEqual([]);
  });

  it("counts an online channel whole, over everybody who is shown", () => {
    const [other, blocked] = [keyNamed("q"), keyNamed("b")];
    const facts = joined({
      members: [
        member(PHONE),
        member(CODE),
        member(other, { realm: "commerce" }),
        member(blocked, { realm: "commerce", blocked: true }),
      ],
      orders: [bought(CODE, 2)],
      events: [met(CODE, "pos", 1), met(CODE, "web", 2), met(other, "web", 5), met(blocked, "web", 9)],
    });
    expect(show(facts)?.channels?.map(({ channel, events }) => [channel, events])).toEqual([
      ["pos", 2],
      ["web", 7],
      ["store", 1],
    ]);
  });

  it("tells the newest word where nothing stands", () => {
    const consent = show(
      factsOf({
        answers: [
          RECOGNISED,
          word("marketing_sms", "granted", 1),
          word("marketing_sms", "withdrawn", 5),
          word("marketing_sms", "refused", 9),
          word("marketing_zalo", "refused", 3),
        ],
      }),
    )?.consent;
    expect(consent).toEqual({
      visit_recognition: { state: "granted", at: 1 },
      marketing_sms: { state: "withdrawn", at: 5 },
      marketing_zalo: { state: "refused", at: 3 },
    });
  });
});

describe("whatever anybody answered", () => {
  const answers = fc.array(
    fc.record({
      subject: fc.constantFrom(PHONE, ZALO),
      purpose: fc.constantFrom(...PURPOSES),
      state: fc.constantFrom(...CONSENT_STATES),
      at: fc.integer({ min: 1, max: 9 }),
      userInitiated: fc.boolean(),
    }),
    { maxLength: 12 },
  );
  const household = (some: ProfileFacts["answers"]) =>
    joined({
      members: [member(PHONE), member(ZALO), member(CODE)],
      visits: [seenBy(PHONE, 3), seenBy(ZALO, 9)],
      answers: some,
    });

  it("each field is shown or named with a reason, and never both", () => {
    fc.assert(
      fc.property(answers, (some) => {
        const profile = show(household(some));
        if (profile === null) return;
        for (const field of ["visits", "orders", "channels", "lifecycle"] as const)
          expect([field, profile[field] === null]).toEqual([
            field,
            profile.redacted.some((redaction) => redaction.field === field),
          ]);
      }),
      { numRuns: 1_000 },
    );
  });

  it("a withdrawal never shows more", () => {
    const purpose = fc.constantFrom(...PURPOSES);
    fc.assert(
      fc.property(answers, purpose, fc.constantFrom(PHONE, ZALO), (some, ended, subject) => {
        const before = show(household(some));
        const after = show(household([...some, word(ended, "withdrawn", 99, subject)]));
        const shown = (profile: typeof before) => [
          ...(profile?.identifiers ?? []).map(({ key }) => key),
          ...(["visits", "orders"] as const).filter((field) => (profile?.[field] ?? null) !== null),
          ...Object.entries(profile?.contact ?? {}).flatMap(([channel, { allowed }]) =>
            allowed ? [channel] : [],
          ),
        ];
        expect(shown(before)).toEqual(expect.arrayContaining(shown(after)));
      }),
      { numRuns: 1_000 },
    );
  });
});
