import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { ExplainView, PreviewView } from "../../schema/wire/identity.ts";
import { explainText } from "./explain-text.ts";
import { parseEnd } from "./identity-end.ts";
import { previewRules } from "./preview-rules.ts";
import { createProgram } from "./program.ts";

const ID = `pr_${"0".repeat(31)}1`;
const OTHER = `pr_${"0".repeat(31)}2`;

const run = async (args: string[], ...replies: unknown[]) => {
  const calls: [method: string, path: string, body: unknown][] = [];
  const printed: string[] = [];
  const send = ((url: string, init?: RequestInit) => {
    const body = typeof init?.body === "string" ? (JSON.parse(init.body) as unknown) : undefined;
    calls.push([init?.method ?? "GET", new URL(url).pathname, body]);
    return Promise.resolve(Response.json(replies.length > 1 ? replies.shift() : replies[0]));
  }) as typeof fetch;
  const local = { url: "http://127.0.0.1:8787", adminToken: "t" };
  const program = createProgram({ env: {}, local, print: (text) => printed.push(text), send });
  await program.parseAsync(args, { from: "user" });
  return { calls, text: printed.join("\n") };
};

const edge: ExplainView["edges"][number] = {
  a: "i1",
  b: "i2",
  trust: "asserted",
  sources: ["pos-q1"],
  firstAt: "2026-11-01T00:00:00.000Z",
  lastAt: "2026-11-20T00:00:00.000Z",
  evidence: [
    {
      id: "as/pos-q1/1",
      trust: 2,
      source: "pos-q1",
      message: null,
      at: "2026-11-01T00:00:00.000Z",
      consentId: null,
    },
    {
      id: "portal/2",
      trust: 1,
      source: "oa",
      message: "zalo-77",
      at: "2026-11-20T00:00:00.000Z",
      consentId: "co_1",
    },
  ],
  statement: null,
};
const identifier = (ref: string, kind: string, value: string, member: boolean) => ({
  ref,
  realm: "commerce" as const,
  kind,
  mask: "•••",
  value,
  member,
});
const VIEW: ExplainView = {
  id: ID,
  previousIds: [OTHER],
  realms: ["commerce"],
  rulesVersion: "2026-1",
  anchor: "i1",
  identifiers: [
    identifier("i1", "phone", "+84912345679", true),
    identifier("i2", "customer:pos-q1", "KH1", true),
    identifier("i3", "phone", "+84900000001", false),
  ],
  edges: [edge],
  refused: [
    {
      ...edge,
      a: "i2",
      b: "i3",
      rule: "shared",
      meaning: "one of the two is used by several people",
      found: ["i3"],
      evidence: [],
      sources: [],
      statement: { id: "st_1", says: "same", reason: "asked", at: "2026-11-05T00:00:00.000Z" },
    },
  ],
  contacts: ["i3"],
  omitted: 0,
  redacted: [],
};

describe("an explanation as text", () => {
  test("is a tree of members, edges with trust and source, and refused edges with their rule", () => {
    expect(explainText(VIEW)).toBe(
      [
        `Profile ${ID}`,
        `was also ${OTHER}`,
        "rules 2026-1",
        "",
        "One person has these identifiers:",
        "├─ commerce phone +84912345679  (gives the profile its id)",
        "└─ commerce customer:pos-q1 KH1",
        "",
        "because:",
        "└─ commerce phone +84912345679 = commerce customer:pos-q1 KH1: asserted, by pos-q1 2 times, 2026-11-01 to 2026-11-20, by consent to link",
        "",
        "These were kept apart:",
        "└─ commerce customer:pos-q1 KH1 ≠ commerce phone +84900000001: shared, one of the two is used by several people",
        "   asserted, 2026-11-01 to 2026-11-20; found commerce phone +84900000001",
        "",
        "It can be reached by, together with other people:",
        "└─ commerce phone +84900000001",
      ].join("\n"),
    );
  });

  test("names evidence and statements by the id they are retracted by when asked", () => {
    const text = explainText(VIEW, "with evidence");
    expect(text).toContain("   evidence as/pos-q1/1 (pos-q1, 2026-11-01)");
    expect(text).toContain("   evidence portal/2 (oa, message zalo-77, 2026-11-20)");
    expect(text).toContain('   an operator on 2026-11-05: the same person, "asked" (st_1)');
  });

  test("says what is not shown and why, and names a value that may not be shown by nothing", () => {
    const hidden = { ...identifier("i1", "phone", "", true), mask: null };
    const text = explainText({
      ...VIEW,
      identifiers: [{ ref: hidden.ref, realm: "store", kind: "phone", mask: null, member: true }],
      edges: [],
      refused: [],
      contacts: [],
      omitted: 3,
      redacted: [{ field: "identifiers.value", reason: "scope" }],
    });
    expect(text).toContain("store phone (not shown)");
    expect(text).toContain("3 more edges are not shown.");
    expect(text).toContain("Not shown: identifiers.value (scope).");
  });
});

describe("what is typed for an identifier", () => {
  test("is a profile's id, or realm, kind and value", () => {
    expect(parseEnd(ID)).toEqual({ profileId: ID });
    expect(parseEnd("commerce/customer:pos=KH=1")).toEqual({
      realm: "commerce",
      kind: "customer:pos",
      value: "KH=1",
    });
  });

  test.each(["0912345678", "phone=0912", "shop/phone=0912", "commerce/phone", "pr_123"])(
    "%s is neither, and the message says what would be",
    (text) => {
      expect(() => parseEnd(text)).toThrow(
        `"${text}" is neither a profile's id (pr_…) nor REALM/KIND=VALUE.`,
      );
    },
  );
});

describe("quen profile", () => {
  const statement = { id: "st_1" };
  test.each<[string[], [string, string, unknown]]>([
    [
      ["lookup", "phone", "0912 345 678"],
      ["POST", "/v1/profiles/lookup", { by: [{ kind: "phone", value: "0912 345 678" }] }],
    ],
    [
      ["same", ID, "commerce/customer:pos=KH1", "--reason", "asked"],
      [
        "POST",
        "/v1/admin/identity/statements",
        {
          a: { profileId: ID },
          b: { realm: "commerce", kind: "customer:pos", value: "KH1" },
          says: "same",
          reason: "asked",
        },
      ],
    ],
    [
      ["not-same", ID, OTHER, "--reason", "asked"],
      [
        "POST",
        "/v1/admin/identity/statements",
        { a: { profileId: ID }, b: { profileId: OTHER }, says: "not_same", reason: "asked" },
      ],
    ],
    [
      ["retract", "st_1"],
      ["DELETE", "/v1/admin/identity/statements/st_1", undefined],
    ],
    [
      ["retract", "pos/1/a/b", "--reason", "typo"],
      ["POST", "/v1/admin/identity/evidence/pos%2F1%2Fa%2Fb/retract", { reason: "typo" }],
    ],
    [
      ["block", "phone", "0901234567", "--reason", "everybody's"],
      ["POST", "/v1/admin/identity/blocked", { kind: "phone", value: "0901234567", reason: "everybody's" }],
    ],
    [
      ["unblock", "phone", "0901234567", "--reason", "one person's"],
      [
        "DELETE",
        "/v1/admin/identity/blocked",
        { kind: "phone", value: "0901234567", reason: "one person's" },
      ],
    ],
    [
      ["erase", ID, "--yes", "--reason", "request", "--method", "in_person"],
      ["POST", `/v1/profiles/${ID}/erasure`, { reason: "request", method: "in_person" }],
    ],
  ])("%j makes one call", async (args, call) => {
    const reply = { ...statement, data: [], identifiers: 1 };
    expect((await run(["profile", ...args], reply)).calls).toEqual([call]);
  });

  test("evidence is not retracted without a reason, and nobody is erased where nobody can be asked", async () => {
    await expect(run(["profile", "retract", "pos/1/a/b"], {})).rejects.toThrow("--reason");
    await expect(
      run(["profile", "erase", ID, "--reason", "request", "--method", "phone"], {}),
    ).rejects.toThrow("give --yes");
  });

  test("two profiles of one value stand apart, and it is said why", async () => {
    const profile = (id: string, realm: string) => ({ id, realms: [realm], redacted: [], previousIds: [] });
    const found = { data: [{ by: {}, profiles: [profile(ID, "store"), profile(OTHER, "commerce")] }] };
    const { text } = await run(["profile", "lookup", "phone", "0912345678"], found);
    expect(text).toContain(`Profile ${ID} (store)`);
    expect(text).toContain("the person has not agreed to link them");
    expect((await run(["profile", "lookup", "phone", "x"], { data: [] })).text).toContain("Nobody is known");
  });
});

describe("quen rules", () => {
  const step = (looked: number, next: string | null, of: number | null = null): PreviewView => ({
    rulesBefore: "2026-1",
    rulesAfter: "strict",
    looked,
    of,
    profilesBefore: looked,
    profilesAfter: looked - 1,
    merged: { count: 1, samples: [{ profileId: ID, previousIds: [OTHER] }] },
    split: { count: 0, samples: [] },
    becomesShared: 0,
    noLongerShared: 2,
    next,
  });

  test("preview asks on until the end, tells how far it is, and adds up", async () => {
    const steps = [step(500, "k1", 900), step(400, null)];
    const cursors: unknown[] = [];
    const told: [number, number][] = [];
    const client = {
      post: <T>(_path: string, body?: unknown) => {
        cursors.push(body);
        return Promise.resolve(steps.shift() as T);
      },
    };
    const found = await previewRules(client, "strict", (looked, of) => told.push([looked, of]));
    expect(cursors).toEqual([{ cursor: null }, { cursor: "k1" }]);
    expect(told).toEqual([
      [500, 900],
      [900, 900],
    ]);
    expect(found).toMatchObject({ steps: 2, profilesBefore: 900, profilesAfter: 898, noLongerShared: 4 });
    expect(found.merged).toMatchObject({ count: 2, samples: { length: 2 } });
  });

  test("a preview during which other rules came into force is not added up", async () => {
    const steps = [step(500, "k1"), { ...step(400, null), rulesBefore: "other" }];
    const client = { post: <T>() => Promise.resolve(steps.shift() as T) };
    await expect(previewRules(client, "strict", () => undefined)).rejects.toThrow("preview again");
  });

  test("numbers go out to a file and come back as a new version", async () => {
    const folder = mkdtempSync(join(tmpdir(), "quen-"));
    const file = join(folder, "rules.json");
    const rules = { version: "2026-1", componentLimit: 200, kinds: [] };
    await run(["rules", "show", "2026-1", "--out", file], {
      data: [{ version: "2026-1", rules }],
      next: null,
    });
    const changed = { ...(JSON.parse(readFileSync(file, "utf8")) as object), version: "strict" };
    writeFileSync(file, JSON.stringify(changed));
    const { calls, text } = await run(["rules", "add", file], { version: "strict" });
    expect(calls).toEqual([["POST", "/v1/admin/identity/rules", changed]]);
    expect(text).toContain("quen rules preview strict");
    rmSync(folder, { recursive: true });
  });

  test("activate waits until everybody was decided about again", async () => {
    const { calls, text } = await run(
      ["rules", "activate", "strict"],
      { version: "strict" },
      { waiting: 1, rebuilding: false },
      { waiting: 0, rebuilding: true },
      { waiting: 0, rebuilding: false },
    );
    expect(calls.map(([, path]) => path)).toEqual([
      "/v1/admin/identity/rules/strict/activate",
      "/v1/admin/identity/status",
      "/v1/admin/identity/status",
      "/v1/admin/identity/status",
    ]);
    expect(text).toBe("strict is in force.");
  });
});
