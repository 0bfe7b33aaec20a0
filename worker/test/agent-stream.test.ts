// Who may open an agent's stream: who may report, once a token.

import { beforeAll, expect, test } from "vitest";
import type { BranchId } from "../../schema/ids.ts";
import type { Problem } from "../../schema/problems.ts";
import { access, askOf, openStream, services, until } from "./access.ts";
import { batchOf, enrol, makeBranch, signed, type TestAgent } from "./agent.ts";
import { answer, call } from "./http.ts";

const NOW = Date.UTC(2026, 9, 14, 5, 0);
let agent: TestAgent;

beforeAll(async () => {
  await makeBranch("streams");
  agent = await enrol("streams", NOW);
});

const open = (
  bearer: string | null,
  headers: Record<string, string> = { upgrade: "websocket" },
): Promise<Response> => call("/v1/agents/stream", { now: NOW, bearer, headers });
const codeOf = async (reply: Promise<Response>, status: number): Promise<string> =>
  (await answer<Problem>(reply, status)).code;

test("a stream without a token, with another's or with one out of time is refused as a report is", async () => {
  expect(await codeOf(open(null), 401)).toBe("unauthorized");
  expect(await codeOf(open("not.a.token"), 401)).toBe("unauthorized");
  expect(await codeOf(open(await signed({ ...agent, agentId: "ag_unknownunknown" }, NOW)), 401)).toBe(
    "unauthorized",
  );
  const late = await open(await signed(agent, NOW - 3_600_000));
  expect(late.status).toBe(401);
  expect((await late.json<Problem>()).code).toBe("clock_skew");
  expect(late.headers.get("date")).toBe(new Date(NOW).toUTCString());
});

test("a token opens one stream, and what the agent adds to its request changes nothing", async () => {
  const token = await signed(agent, NOW);
  const spoofed = JSON.stringify({
    agentId: "ag_other",
    branchId: "elsewhere",
    jti: "x",
    expiresAt: 0,
    now: 0,
  });
  const first = await open(token, { upgrade: "websocket", "x-quen-stream": spoofed });
  expect(first.status).toBe(101);
  first.webSocket?.accept();
  first.webSocket?.close();
  expect(await codeOf(open(token), 401)).toBe("unauthorized");
});

test("a report's token opens no stream, and a stream's reports nothing", async () => {
  const reports = (bearer: string) =>
    call("/v1/presence", { now: NOW, bearer, json: batchOf(agent, NOW, []) });
  const [first, second] = [await signed(agent, NOW), await signed(agent, NOW)];
  expect((await reports(first)).status).toBe(200);
  expect(await codeOf(open(first), 401)).toBe("unauthorized");
  const stream = await open(second);
  expect(stream.status).toBe(101);
  stream.webSocket?.accept();
  stream.webSocket?.close();
  expect((await reports(second)).status).toBe(401);
});

test("plain HTTP is told to upgrade", async () => {
  expect(await codeOf(open(await signed(agent, NOW), {}), 426)).toBe("upgrade_required");
});

test("an agent whose branch is closed gets 403, a revoked one 401", async () => {
  await makeBranch("streams-closing");
  const leaver = await enrol("streams-closing", NOW);
  const stream = await openStream(leaver, null, NOW);
  stream.socket.close();
  await answer(call("/v1/admin/branches/streams-closing", { method: "PATCH", json: { closed: true } }));
  expect(await codeOf(open(await signed(leaver, NOW)), 403)).toBe("branch_gone");
  await answer(call(`/v1/admin/agents/${leaver.agentId}`, { method: "DELETE" }), 204);
  expect(await codeOf(open(await signed(leaver, NOW)), 401)).toBe("unauthorized");
});

test("a revoked agent's open stream ends and is told of nothing more, also where its old key is still remembered", async () => {
  await makeBranch("streams-revoked");
  const [lost, kept] = [await enrol("streams-revoked", NOW), await enrol("streams-revoked", NOW)];
  const [gone, stays] = [await openStream(lost, null, NOW), await openStream(kept, true, NOW)];
  await answer(call(`/v1/admin/agents/${lost.agentId}`, { method: "DELETE" }), 204);
  await until(gone.closed);
  expect((await access().allow(askOf("streams-revoked"))).kind).toBe("online");
  expect(gone.frames).toEqual([]);
  const opening = { agentId: lost.agentId, branchId: "streams-revoked" as BranchId };
  const again = services().access("streams-revoked" as BranchId);
  expect((await again.stream({ ...opening, now: NOW })).status).toBe(401);
  stays.socket.close();
});

test("the streams of a branch that is closed end, and open again with the branch", async () => {
  await makeBranch("streams-closed");
  const member = await enrol("streams-closed", NOW);
  const stream = await openStream(member, null, NOW);
  const set = (closed: boolean) =>
    answer(call("/v1/admin/branches/streams-closed", { method: "PATCH", json: { closed } }));
  await set(true);
  await until(stream.closed);
  const opening = { agentId: member.agentId, branchId: "streams-closed" as BranchId };
  const stale = services().access("streams-closed" as BranchId);
  expect((await stale.stream({ ...opening, now: NOW })).status).toBe(403);
  await set(false);
  (await openStream(member, null, NOW)).socket.close();
});
