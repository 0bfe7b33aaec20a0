// The operator's API: branches, settings, gateways, keys and their scopes, the audit trail.

import { env } from "cloudflare:workers";
import { describe, expect, test } from "vitest";
import type { Problem } from "../../schema/problems.ts";
import { keyCache } from "../key-cache.ts";
import type { ApiKey } from "../store/access.ts";
import { enrol, makeBranch, observation, report } from "./agent.ts";
import { answer, call } from "./http.ts";

const NOW = Date.UTC(2026, 9, 14, 5, 0);

const fieldsOf = async (reply: Promise<Response>): Promise<string[]> =>
  ((await answer<Problem>(reply, 400)).errors ?? []).map((error) => error.path);

describe("a branch", () => {
  test("is made once; its time zone and fields are checked by name", async () => {
    await makeBranch("nha-trang", { timezone: "Asia/Ho_Chi_Minh" });
    const again = await answer<Problem>(
      call("/v1/admin/branches", { json: { id: "nha-trang", name: "x" } }),
      409,
    );
    expect(again.code).toBe("conflict");
    const wrong = { id: "Has Spaces", name: "", timezone: "Mars/Olympus", dayStartHour: 99, extra: 1 };
    expect(await fieldsOf(call("/v1/admin/branches", { json: wrong }))).toEqual(
      expect.arrayContaining(["id", "name", "timezone", "dayStartHour"]),
    );
    const headers = { "content-type": "application/json" };
    const broken = call("/v1/admin/branches", { body: "{", headers });
    expect((await answer<Problem>(broken, 400)).code).toBe("invalid_body");
    const plain = call("/v1/admin/branches", { body: "{}" });
    expect((await answer<Problem>(plain, 415)).code).toBe("unsupported_media");
  });

  test("never changes its time zone or its day's start", async () => {
    await makeBranch("fixed");
    const change = { method: "PATCH", json: { timezone: "Europe/Berlin" } };
    expect((await answer<Problem>(call("/v1/admin/branches/fixed", change), 400)).code).toBe("invalid_body");
  });

  test("overrides the brand's definitions, which override the defaults, and the version names what differs", async () => {
    interface View {
      definitions: { gapMs: number; minDwellMs: number };
      definitionsVersion: string;
    }
    await makeBranch("tuned");
    await answer(
      call("/v1/admin/settings", {
        method: "PATCH",
        json: { definitions: { gapMs: 600_000, minDwellMs: 60_000 } },
      }),
    );
    const own = { method: "PATCH", json: { overrides: { definitions: { gapMs: 1_200_000 } } } };
    const view = await answer<View>(call("/v1/admin/branches/tuned", own));
    expect(view.definitions).toMatchObject({ gapMs: 1_200_000, minDwellMs: 60_000 });
    expect(view.definitionsVersion).toBe("2026-1+gapMs=1200000,minDwellMs=60000");
    expect(
      await fieldsOf(call("/v1/admin/settings", { method: "PATCH", json: { definitions: { gapMs: 5 } } })),
    ).toEqual(["definitions.gapMs"]);
  });

  test("with a report interval of its own passes it on to its agents", async () => {
    await makeBranch("quick", { overrides: { report: { intervalMs: 5_000 } } });
    const agent = await enrol("quick", NOW);
    expect((await report(agent, NOW, [])).report).toEqual({ intervalMs: 5_000 });
  });
});

describe("a key", () => {
  const make = async (scopes: string[]) =>
    answer<{ id: string; key: string }>(call("/v1/admin/keys", { json: { name: "test", scopes } }), 201);

  test("is shown once, stored hashed, opens its scope only, and nothing once revoked", async () => {
    const { id, key } = await make(["marketing:read"]);
    expect(JSON.stringify((await env.DB.prepare("SELECT * FROM api_keys").all()).results)).not.toContain(key);
    expect(JSON.stringify(await answer(call("/v1/admin/keys")))).not.toContain(key);
    await answer(call("/v1/branches", { bearer: key }));
    expect((await answer<Problem>(call("/v1/admin/branches", { bearer: key }), 403)).code).toBe("forbidden");
    await answer(call(`/v1/admin/keys/${id}`, { method: "DELETE" }), 204);
    await answer(call("/v1/branches", { bearer: key }), 401);
    await answer(call(`/v1/admin/keys/${id}`, { method: "DELETE" }), 404);
  });

  test("is asked for once in a few seconds, and one that is unknown each time", async () => {
    let now = 0;
    const asked: string[] = [];
    const found = {
      id: "key_1",
      name: "crm",
      scopes: [],
      createdAt: 0,
      revokedAt: null,
    } as unknown as ApiKey;
    let standing = true;
    const keys = keyCache(
      async (hash) => {
        asked.push(hash);
        return standing && hash === "known" ? found : null;
      },
      () => now,
    );
    for (const hash of ["known", "known", "unknown", "unknown"]) await keys.find(hash);
    expect(asked).toEqual(["known", "unknown", "unknown"]);
    standing = false;
    now = 4_999;
    expect(await keys.find("known")).toBe(found);
    now = 5_000;
    expect(await keys.find("known")).toBeNull();
    standing = true;
    expect(await keys.find("known")).toBe(found);
    standing = false;
    keys.clear();
    expect(await keys.find("known")).toBeNull();
  });

  test("without the scope is refused, and admin includes every scope", async () => {
    const counter = await make(["counter"]);
    expect((await call("/v1/branches", { bearer: counter.key })).status).toBe(403);
    const admin = await make(["admin"]);
    expect((await call("/v1/branches", { bearer: admin.key })).status).toBe(200);
    expect((await call("/v1/branches", { bearer: "qk_guessguessguess" })).status).toBe(401);
    expect(await fieldsOf(call("/v1/admin/keys", { json: { name: "x", scopes: ["everything"] } }))).toEqual([
      "scopes.0",
    ]);
  });
});

describe("what operators do", () => {
  test("stands in the audit trail, written with the change itself", async () => {
    await makeBranch("audited");
    await answer(call("/v1/admin/gateways", { json: { kind: "link", branchId: "audited" } }), 201);
    const rows = await env.DB.prepare("SELECT actor, action, target FROM audit ORDER BY rowid").all();
    expect(rows.results).toContainEqual({ actor: "admin", action: "branch.create", target: "audited" });
    expect(rows.results.some((row) => row["action"] === "gateway.create")).toBe(true);
  });

  test("that changed nothing leaves no trail: a revocation is written once, raced or repeated, and of nothing never", async () => {
    const trail = async (action: string) =>
      (await env.DB.prepare("SELECT target FROM audit WHERE action = ?").bind(action).all()).results;
    await makeBranch("revoking");
    const agent = await enrol("revoking", NOW);
    const body = { json: { name: "test", scopes: ["counter"] } };
    const key = await answer<{ id: string }>(call("/v1/admin/keys", body), 201);
    const revoke = async (path: string) => (await call(path, { method: "DELETE" })).status;
    for (const [path, action] of [
      ["/v1/admin/agents/", "agent.revoke"],
      ["/v1/admin/keys/", "key.revoke"],
    ] as const) {
      const id = action === "agent.revoke" ? agent.agentId : key.id;
      const before = (await trail(action)).length;
      const unknown = action === "agent.revoke" ? "ag_00000000000000000000" : "key_0000000000000000";
      expect(await revoke(path + unknown)).toBe(404);
      expect(await trail(action)).toHaveLength(before);
      const statuses = await Promise.all([revoke(path + id), revoke(path + id)]);
      expect(statuses.toSorted((a, b) => a - b)).toEqual([204, 404]);
      expect(await revoke(path + id)).toBe(404);
      expect((await trail(action)).slice(before)).toEqual([{ target: id }]);
    }
  });

  test("is seen in agents' health and in the counters, where a repeated batch is not counted twice", async () => {
    await makeBranch("watched");
    const agent = await enrol("watched", NOW);
    const bad = [{ nonsense: true }, observation("02:00:00:00:00:01", 1, 2)];
    await report(agent, NOW, bad);
    await report({ ...agent, seq: agent.seq - 1 }, NOW, bad);
    interface Counters {
      data: { branchId: string | null; dropped: Record<string, number> }[];
    }
    const { data } = await answer<Counters>(call("/v1/admin/counters"));
    expect(data.find((one) => one.branchId === "watched")?.dropped).toEqual({ invalid: 1, too_late: 1 });
    const agents = await answer<{
      data: { id: string; lastSeenAt: string; health: { spoolBytes: number } }[];
    }>(call("/v1/admin/agents"));
    expect(agents.data.find((one) => one.id === agent.agentId)).toMatchObject({
      lastSeenAt: new Date(NOW).toISOString(),
      health: { spoolBytes: 0 },
    });
  });
});
