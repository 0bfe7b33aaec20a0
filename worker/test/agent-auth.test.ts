// Authentication of agents: one 401 for all that is wrong, another for what is merely out of time.

import { generateKeyPair } from "jose";
import { beforeAll, describe, expect, test } from "vitest";
import type { Problem } from "../../schema/problems.ts";
import { batchOf, enrol, makeBranch, signed, type TestAgent } from "./agent.ts";
import { answer, call } from "./http.ts";

const NOW = Date.UTC(2026, 9, 14, 5, 0);
let agent: TestAgent;

beforeAll(async () => {
  await makeBranch("q1");
  agent = await enrol("q1", NOW);
});

const send = (bearer: string | null): Promise<Response> =>
  call("/v1/presence", { now: NOW, bearer, json: batchOf(agent, NOW, []) });

describe("an agent's token", () => {
  test("is refused alike when the agent is unknown, the audience wrong, the key another's or it is missing", async () => {
    const other = await generateKeyPair("EdDSA", { crv: "Ed25519" });
    const seconds = Math.floor(NOW / 1000);
    const tokens = [
      null,
      "not.a.token",
      await signed({ ...agent, agentId: "ag_unknownunknown" }, NOW),
      await signed(agent, NOW, { aud: "somebody" }),
      await signed({ ...agent, key: other.privateKey }, NOW),
      await signed(agent, NOW, { exp: seconds + 301 }),
      await signed(agent, NOW, { jti: undefined }),
    ];
    const bodies = new Set<string>();
    for (const token of tokens) {
      const problem = await answer<Problem>(send(token), 401);
      bodies.add(JSON.stringify({ ...problem, requestId: "" }));
    }
    expect(bodies.size).toBe(1);
    expect([...bodies][0]).toContain('"code":"unauthorized"');
  });

  test("out of time is clock_skew with a Date header to correct by", async () => {
    for (const at of [NOW - 3_600_000, NOW + 3_600_000]) {
      const reply = await send(await signed(agent, at));
      expect(reply.status).toBe(401);
      expect((await reply.json<Problem>()).code).toBe("clock_skew");
      expect(reply.headers.get("date")).toBe(new Date(NOW).toUTCString());
    }
  });

  test("works once", async () => {
    const token = await signed(agent, NOW);
    expect((await send(token)).status).toBe(200);
    expect((await answer<Problem>(send(token), 401)).code).toBe("unauthorized");
  });

  test("raced with itself works once", async () => {
    const token = await signed(agent, NOW);
    const statuses = await Promise.all(Array.from({ length: 8 }, async () => (await send(token)).status));
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
  });

  test("of a revoked agent is refused, and of a closed branch is 403 branch_gone", async () => {
    await makeBranch("closing");
    const leaver = await enrol("closing", NOW);
    const post = async () =>
      call("/v1/presence", { now: NOW, bearer: await signed(leaver, NOW), json: batchOf(leaver, NOW, []) });
    expect((await post()).status).toBe(200);
    await answer(call("/v1/admin/branches/closing", { method: "PATCH", json: { closed: true } }));
    expect((await answer<Problem>(post(), 403)).code).toBe("branch_gone");
    await answer(call(`/v1/admin/agents/${leaver.agentId}`, { method: "DELETE" }), 204);
    expect((await answer<Problem>(post(), 401)).code).toBe("unauthorized");
  });
});

describe("an enrolment code", () => {
  const key = { kty: "OKP", crv: "Ed25519", x: "A".repeat(43) };
  const use = (code: string, now = NOW) =>
    call("/v1/agents/enrol", {
      bearer: null,
      now,
      json: { code, publicKey: key, name: "router", version: "0.1.0" },
    });
  const make = async () =>
    (
      await answer<{ code: string }>(
        call("/v1/admin/agents/codes", { now: NOW, json: { branchId: "q1" } }),
        201,
      )
    ).code;

  test("works once, however it is typed and however many try", async () => {
    const code = await make();
    const typed = code.toUpperCase().replaceAll("-", " ");
    const statuses = await Promise.all(
      [use(code), use(typed), use(code)].map(async (reply) => (await reply).status),
    );
    expect(statuses.toSorted((a, b) => a - b)).toEqual([201, 410, 410]);
  });

  test("expires after 24 hours", async () => {
    const code = await make();
    expect((await answer<Problem>(use(code, NOW + 24 * 3_600_000), 410)).code).toBe("code_used");
  });

  test("that is malformed names the field", async () => {
    const reply = call("/v1/agents/enrol", {
      bearer: null,
      json: { code: "x", publicKey: { ...key, x: "short" }, name: "", version: "1" },
    });
    const problem = await answer<Problem>(reply, 400);
    expect(problem.errors?.map((error) => error.path)).toEqual(["code", "publicKey.x", "name"]);
  });
});
