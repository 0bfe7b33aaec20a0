// Profiles over HTTP in numbers: timelines and the snapshot in pages, the CSV file, and what each costs.

import { env } from "cloudflare:workers";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { parseProfileId, type SubjectKey } from "../../schema/ids.ts";
import type { Problem } from "../../schema/problems.ts";
import { SnapshotView, TimelineView } from "../../schema/wire/crm.ts";
import { personStays } from "../core/profile/person-stays.ts";
import { database } from "../store/database.ts";
import { readProfilePage, readProfiles } from "../store/profile-rows.ts";
import { readTimeline } from "../store/timeline-rows.ts";
import { makeBranch } from "./agent.ts";
import { get, lookup, NOW, shopper, till } from "./crm-asks.ts";
import { accessRows, countingDatabase, keyWith, MINUTE, settle } from "./crm-people.ts";
import { answer } from "./http.ts";
import { allStays } from "./visitors/slow.ts";
import { world } from "./visitors/world.ts";

beforeAll(async () => {
  await makeBranch("crm-1");
});

describe("a timeline", () => {
  test("is told newest first, in pages that together are the whole", async () => {
    const { phone } = await shopper(6301);
    await till(phone, "KH-6301");
    await settle(NOW);
    const [profile] = await lookup(phone);
    const path = `/v1/profiles/${profile?.id ?? ""}/timeline`;
    const whole = TimelineView.parse(await answer(get(`${path}?limit=200`)));
    expect(whole.next).toBeNull();
    const types = whole.data.map(({ type }) => type);
    expect(types.filter((type) => !["created", "merged", "split"].includes(type))).toEqual([
      "order",
      "visit",
      "visit",
      ...types.filter((type) => type === "consent" || type === "sign_in"),
    ]);
    expect(whole.data).toContainEqual(
      expect.objectContaining({ type: "order", items: [{ name: "Cà phê sữa", quantity: 2 }] }),
    );
    expect(whole.data).toContainEqual(
      expect.objectContaining({ type: "visit", dwellMs: 20 * MINUTE, branchId: "crm-1" }),
    );
    expect(whole.data).toContainEqual(expect.objectContaining({ type: "sign_in", branchId: "crm-1" }));
    const pages: TimelineView["data"] = [];
    let next: string | null = "";
    while (next !== null) {
      const page: TimelineView = TimelineView.parse(
        await answer(get(`${path}?limit=2${next && `&cursor=${next}`}`)),
      );
      pages.push(...page.data);
      next = page.next;
    }
    expect(pages).toEqual(whole.data);
    const problem = await answer<Problem>(get(`${path}?cursor=nonsense`), 400);
    expect(problem.errors?.[0]?.path).toBe("cursor");
    const redacted = TimelineView.parse(await answer(get(path, { bearer: await keyWith("crm:read") })));
    expect(JSON.stringify(redacted)).not.toContain("Cà phê");
    expect(redacted.redacted).toEqual([
      { field: "items", reason: "scope" },
      { field: "details", reason: "scope" },
    ]);
  });
});

describe("the snapshot", () => {
  test("is told in pages, each profile once, and its last page begins the feed where the snapshot began", async () => {
    for (const number of [6401, 6402, 6403]) await shopper(number);
    await settle(NOW);
    const whole = SnapshotView.parse(await answer(get("/v1/profiles?limit=200")));
    expect(whole.next).toBeNull();
    expect(whole.data.length).toBeGreaterThanOrEqual(3);
    const first = SnapshotView.parse(await answer(get("/v1/profiles?limit=2")));
    expect(first.changes).toBeUndefined();
    // Somebody new, while it is being read.
    const { phone } = await shopper(6404);
    await settle(NOW);
    const told = [...first.data];
    let page = first;
    while (page.next !== null) {
      page = SnapshotView.parse(await answer(get(`/v1/profiles?limit=2&cursor=${page.next}`)));
      told.push(...page.data);
    }
    const ids = told.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual(expect.arrayContaining(whole.data.map(({ id }) => id)));
    const feed = await answer<{ data: { profileId: string }[] }>(
      get(`/v1/profiles/changes?cursor=${page.changes ?? ""}`),
    );
    const [late] = await lookup(phone);
    expect(feed.data.map(({ profileId }) => profileId)).toContain(late?.id);
    const problem = await answer<Problem>(get("/v1/profiles?cursor=nonsense"), 400);
    expect(problem.errors?.[0]?.path).toBe("cursor");
  });

  test("as CSV runs nothing in a spreadsheet, and tells values only to who may read them", async () => {
    await till("+84912346405", "=KH6405", "=HYPERLINK(1)");
    await settle(NOW);
    const reply = await get("/v1/profiles?format=csv");
    expect(reply.headers.get("content-disposition")).toBe('attachment; filename="quen-profiles.csv"');
    const text = await reply.text();
    const row = text.split("\r\n").find((line) => line.includes("KH6405")) ?? "";
    expect(row).toMatch(/,'\+84912346405,,'=KH6405,'=HYPERLINK\(1\),/);
    const widths = text
      .trimEnd()
      .split("\r\n")
      .map((line) => line.split(",").length);
    expect(new Set(widths).size).toBe(1);
    expect((await accessRows(reply.headers.get("x-request-id") ?? "")).length).toBeGreaterThan(3);
    const redacted = await (
      await get("/v1/profiles?format=csv", { bearer: await keyWith("crm:read") })
    ).text();
    expect(redacted).not.toMatch(/KH6405|HYPERLINK|9123/);
    expect(redacted.trimEnd().split("\r\n")).toHaveLength(widths.length);
  });
});

describe("the cost", () => {
  test("is one batch of at most six statements for one profile, a hundred identifiers and a timeline", async () => {
    const { phone } = await shopper(6501);
    await till(phone, "KH-6501");
    await settle(NOW);
    const [profile] = await lookup(phone);
    const id = parseProfileId(profile?.id ?? "");
    if (id === null) throw new Error("There is no profile");
    const entry = { at: NOW, actor: "test", action: "profile", requestId: "cost" } as const;
    const keys = Array.from({ length: 200 }, (_, n) => (n === 0 ? "a" : "b").repeat(22) as SubjectKey);
    const costs = async (read: (db: ReturnType<typeof database>) => Promise<unknown>) => {
      const { binding, batches } = countingDatabase(env.DB);
      await read(database(binding));
      return batches;
    };
    expect(await costs((db) => readProfiles(db, { by: "id", id }, entry))).toEqual([6]);
    expect(await costs((db) => readProfiles(db, { by: "keys", keys }, entry))).toEqual([6]);
    expect(await costs((db) => readProfiles(db, { by: "id", id }, null))).toEqual([5]);
    expect(await costs((db) => readTimeline(db, { id, until: NOW, limit: 50 }, entry))).toEqual([6]);
    expect(await costs((db) => readProfilePage(db, { after: null, limit: 200 }, entry))).toEqual([7]);
  });
});

describe("the visits of a person", () => {
  test("are those of the slow and obvious reading, which the counts of all visitors are held to as well", () => {
    fc.assert(
      fc.property(world, (some) => {
        const slow = allStays(some).map(({ branchId, subject, day, dwell }) => ({
          branchId,
          subject,
          day,
          dwell,
        }));
        const fast = some.branches.flatMap(({ id, settings }) =>
          [...Map.groupBy(some.visits, ({ subject }) => subject)].flatMap(([subject, own]) => {
            const here = own
              .filter(({ branchId }) => branchId === id)
              .map((visit) => ({ ...visit, counted: visit.counted === 1 }));
            return personStays(here, settings.definitions).map(({ day, startedAt, endedAt }) => ({
              branchId: id,
              subject,
              day,
              dwell: endedAt - startedAt,
            }));
          }),
        );
        const sorted = (stays: unknown[]) => stays.map((stay) => JSON.stringify(stay)).toSorted();
        expect(sorted(fast)).toEqual(sorted(slow));
      }),
      { numRuns: 200 },
    );
  });
});
