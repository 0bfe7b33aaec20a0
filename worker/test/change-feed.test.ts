// The change feed: in commit order, every page names the next, a gap is always told. Whoever follows it keeps the same
// copy, however often they are killed on the way.

import { env } from "cloudflare:workers";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ChangesPage } from "../../schema/wire/changes.ts";
import { removeOldChanges } from "../store/change-feed.ts";
import { database } from "../store/database.ts";
import { logChange, makeProfile } from "./change-rows.ts";
import { answer, call } from "./http.ts";

const DAY = 86_400_000;

const pathOf = (cursor: string | null, limit: number): string =>
  `/v1/profiles/changes?limit=${limit}${cursor === null ? "" : `&cursor=${encodeURIComponent(cursor)}`}`;
const page = (cursor: string | null, limit = 100): Promise<ChangesPage> =>
  answer<ChangesPage>(call(pathOf(cursor, limit)));
const now = async (): Promise<string> => (await page("now")).next;

describe("the change feed", () => {
  test("tells by seq what happened, each once, page by page, and always where to go on", async () => {
    const start = await now();
    const { id } = await makeProfile();
    const first = await logChange("created", id, { at: Date.UTC(2026, 9, 14, 3) });
    for (const type of ["visit.completed", "visit.started", "visit.amended", "consent.changed"])
      await logChange(type, id, { data: { private: "to webhooks" } });
    await logChange("merged", id, { previousIds: ["pr_other"] });
    const read: ChangesPage["data"] = [];
    let [cursor, hasMore] = [start, true];
    while (hasMore) {
      const got = await page(cursor, 2);
      read.push(...got.data);
      ({ next: cursor, hasMore } = got);
    }
    expect(read.map(({ type }) => type)).toEqual(["created", "updated", "updated", "updated", "merged"]);
    expect(read.map(({ seq }) => seq)).toEqual(read.map(({ seq }) => seq).toSorted((a, b) => a - b));
    expect(read[0]).toEqual({
      seq: first,
      type: "created",
      profileId: id,
      previousIds: [],
      at: "2026-10-14T03:00:00.000Z",
    });
    expect(read.at(-1)?.previousIds).toEqual(["pr_other"]);
    expect(await page(cursor)).toEqual({ data: [], next: cursor, hasMore: false });
    await logChange("visit.started", id);
    const quiet = await page(cursor);
    expect(quiet).toMatchObject({ data: [], hasMore: false });
    // What is not told is not read twice either.
    expect(quiet.next).not.toBe(cursor);
    await logChange("erased", id);
    expect((await page(quiet.next)).data.map(({ type }) => type)).toEqual(["erased"]);
  });

  test("begins without a cursor at the oldest that is kept", async () => {
    const { results } = await env.DB.prepare("SELECT min(seq) AS seq FROM changes").all<{ seq: number }>();
    expect((await page(null, 1)).data[0]?.seq).toBe(results[0]?.seq);
  });

  test.each(["x", "", "YzE6LTE", "YzE6MDE", "djE6MQ", "%00", "c1:1"])(
    "refuses %j as a cursor",
    async (cursor) => {
      expect(await answer(call(`/v1/profiles/changes?cursor=${cursor}`), 400)).toMatchObject({
        code: "invalid_query",
      });
    },
  );

  test.each(["0", "1001", "-1", "many"])("refuses %s as a limit", async (limit) => {
    expect((await call(`/v1/profiles/changes?limit=${limit}`)).status).toBe(400);
  });

  test("is open to every key that may read the snapshot before it, and closed to others", async () => {
    for (const [scope, status] of [
      ["crm:read", 200],
      ["crm:personal", 200],
      ["marketing:read", 403],
      ["privacy", 403],
    ] as const) {
      const json = { name: "m", scopes: [scope] };
      const { key } = await answer<{ key: string }>(call("/v1/admin/keys", { json }), 201);
      for (const path of ["/v1/profiles", "/v1/profiles/changes"])
        expect([scope, path, (await call(path, { bearer: key })).status]).toEqual([scope, path, status]);
    }
    expect((await call("/v1/profiles/changes", { bearer: null })).status).toBe(401);
  });
});

describe("changes past their 90 days", () => {
  test("go from the beginning only, and every cursor that missed one is told so, exactly", async () => {
    await env.DB.prepare("DELETE FROM changes").run();
    const at = Date.UTC(2027, 0, 1);
    const { id } = await makeProfile();
    const before = await now();
    const old = await logChange("created", id, { at: at - 91 * DAY });
    const seen = (await page(before)).next;
    // A supplied clock can be behind: it is kept as long as one before it is.
    await logChange("updated", id, { at: at - 89 * DAY });
    const late = await logChange("updated", id, { at: at - 95 * DAY });
    expect(await removeOldChanges(database(env.DB), at)).toBe("done");
    await removeOldChanges(database(env.DB), at);
    expect(await answer(call(pathOf(before, 10)), 410)).toMatchObject({ code: "cursor_expired" });
    expect((await page(seen)).data.map(({ seq }) => seq)).toEqual([old + 1, late]);
    expect((await page(null)).data).toHaveLength(2);
    await removeOldChanges(database(env.DB), at + 2 * DAY);
    await answer(call(pathOf(seen, 10)), 410);
    const end = await now();
    expect(await page(end)).toEqual({ data: [], next: end, hasMore: false });
    // All is gone, and seq goes on from where it was.
    expect(await logChange("created", id)).toBe(late + 1);
    expect((await page(end)).data).toHaveLength(1);
  });

  test("as well as a cursor of a log that was restored since: it is ahead of what there is", async () => {
    const ahead = Buffer.from(`c1:${10 ** 9}`).toString("base64url");
    expect((await call(pathOf(ahead, 10))).status).toBe(410);
  });

  test("are found in bounded steps", async () => {
    await env.DB.prepare("DELETE FROM changes").run();
    await env.DB.prepare(
      `INSERT INTO changes (type, profile_id, at) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 6000)
      SELECT 'updated', 'pr_many', 1 FROM n`,
    ).run();
    expect(await removeOldChanges(database(env.DB), Date.now())).toBe("more");
    expect(await removeOldChanges(database(env.DB), Date.now())).toBe("done");
  });
});

// A world of profiles that changes while it is followed: what each shows stands in a map, what happened in the log.

interface Act {
  kind: "make" | "update" | "erase" | "split" | "merge";
  which: number;
  into: number;
}

const acts = fc.array(
  fc.record<Act>({
    kind: fc.constantFrom("make", "update", "erase", "split", "merge"),
    which: fc.nat(5),
    into: fc.nat(5),
  }),
  { minLength: 5, maxLength: 25 },
);

const worldOf = (name: number) => {
  const shown = new Map<string, number>();
  let made = 0;
  const pick = (which: number): string | undefined => [...shown.keys()][which % Math.max(1, shown.size)];
  const make = (): string => {
    made += 1;
    const id = `pr_${name}_${made}`;
    shown.set(id, 1);
    return id;
  };
  const touch = (id: string): void => void shown.set(id, (shown.get(id) ?? 0) + 1);
  const act = async ({ kind, which, into }: Act): Promise<void> => {
    const id = pick(which);
    const other = pick(into);
    if (kind === "make" || id === undefined || other === undefined) {
      await logChange("created", make());
      return;
    }
    switch (kind) {
      case "update":
        touch(id);
        await logChange("updated", id);
        return;
      case "erase":
        shown.delete(id);
        await logChange("erased", id);
        return;
      case "split":
        touch(id);
        await logChange("split", make(), { previousIds: [id] });
        return;
      case "merge":
        if (other === id) return;
        shown.delete(id);
        touch(other);
        await logChange("merged", other, { previousIds: [id] });
    }
  };
  return { shown, act };
};

/** What a follower keeps on its disk. */
interface Disk {
  cursor: string;
  copy: Map<string, number>;
}

class Killed extends Error {}

/** Reads one page and applies it: whatever a change names is read again. `step` may throw: power fails there. */
const followOnce = async (
  disk: Disk,
  shown: ReadonlyMap<string, number>,
  { limit, step }: { limit: number; step: () => void },
): Promise<boolean> => {
  const { data, next, hasMore } = await page(disk.cursor, limit);
  step();
  for (const id of data.flatMap(({ profileId, previousIds }) => [profileId, ...previousIds])) {
    const read = shown.get(id);
    step();
    if (read === undefined) disk.copy.delete(id);
    else disk.copy.set(id, read);
    step();
  }
  disk.cursor = next;
  step();
  return hasMore;
};

/** True when it was killed, and so has to start again with what was on the disk. */
const wasKilled = (error: unknown): boolean => {
  if (error instanceof Killed) return true;
  throw error;
};

test("a follower that is killed at random points ends with the same copy as one that never stopped, and as the world", async () => {
  let [runs, kills] = [0, 0];
  await fc.assert(
    fc.asyncProperty(
      acts,
      fc.infiniteStream(fc.nat(9)),
      fc.integer({ min: 1, max: 7 }),
      async (todo, chance, limit) => {
        runs += 1;
        const { shown, act } = worldOf(runs);
        const cursor = await now();
        const [killed, steady]: Disk[] = [
          { cursor, copy: new Map() },
          { cursor, copy: new Map() },
        ];
        if (killed === undefined || steady === undefined) throw new Error("There are two followers");
        let lives = 12;
        const perhaps = (): void => {
          if (lives === 0 || (chance.next().value ?? 9) > 1) return;
          lives -= 1;
          kills += 1;
          throw new Killed();
        };
        const safely = { limit: 3, step: () => undefined };
        const badly = { limit, step: perhaps };
        for (const one of todo) {
          await act(one);
          // Both read while the world goes on, each at its own pace.
          if ((chance.next().value ?? 0) < 2) await followOnce(steady, shown, safely);
          if ((chance.next().value ?? 0) < 4) await followOnce(killed, shown, badly).catch(wasKilled);
        }
        for (let more = true; more;) more = await followOnce(steady, shown, safely);
        for (let more = true; more;) more = await followOnce(killed, shown, badly).catch(wasKilled);
        expect(steady.copy).toEqual(shown);
        expect(killed.copy).toEqual(shown);
      },
    ),
    { numRuns: 25 },
  );
  expect(kills).toBeGreaterThan(50);
});
