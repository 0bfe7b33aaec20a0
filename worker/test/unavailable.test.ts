// 503 is said of infrastructure that does not answer and passes by itself; a bug is 500, wherever it is.

import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect, onTestFinished, test } from "vitest";
import type { Problem } from "../../schema/problems.ts";
import { isUnavailable } from "../http/is-unavailable.ts";
import { batchOf, enrol, makeBranch, signed } from "./agent.ts";
import { answer, call } from "./http.ts";

const NOW = Date.UTC(2026, 9, 14, 5, 0);

const failure = (message: string, more: Record<string, unknown> = {}): Error =>
  Object.assign(new Error(message), more);
const query = (cause: string): Error => new Error("Failed query: select 1", { cause: new Error(cause) });

test.each([
  [query("D1_ERROR: no such table: device_facts: SQLITE_ERROR")],
  [query("D1_ERROR: Network connection lost.")],
  [failure("Failed query: select 1", { remote: true })],
  [failure("D1_EXEC_ERROR: Error in line 1")],
  [failure("Network connection lost.", { retryable: true })],
  [failure("Durable Object is overloaded. Too many requests queued.", { overloaded: true, remote: true })],
  [failure("Durable Object reset because its code was updated.", { durableObjectReset: true, remote: true })],
  [failure("anything", { durableObjectReset: true })],
  [failure("Internal error in Durable Object storage write caused object to be reset.")],
  [failure("internal error; reference = abc")],
  [failure("database or disk is full: SQLITE_FULL", { remote: true })],
])("infrastructure: %s", (error) => {
  expect(isUnavailable(error)).toBe(true);
});

test.each([
  [new TypeError("Cannot read properties of undefined (reading 'at')")],
  [failure("Cannot read properties of undefined", { remote: true })],
  [failure("x", { remote: true, retryable: false, overloaded: false, durableObjectReset: false })],
  [failure("no such table: agents: SQLITE_ERROR", { remote: true })],
  [failure("The Durable Object was asked for a day that does not exist", { remote: true })],
  [query("D1_TYPE_ERROR: Type 'undefined' not supported for value 'undefined'")],
  [query("D1_ERROR: UNIQUE constraint failed: agents.id: SQLITE_CONSTRAINT")],
])("a bug: %s", (error) => {
  expect(isUnavailable(error)).toBe(false);
});

test("a bug inside the branch object is 500 and not worth a retry", async () => {
  await makeBranch("buggy");
  const agent = await enrol("buggy", NOW);
  const stub = env.BRANCH.get(env.BRANCH.idFromName("buggy"));
  await runInDurableObject(stub, (_, state) => {
    state.storage.sql.exec("DROP TABLE agents");
  });
  const bearer = await signed(agent, NOW);
  const reply = call("/v1/presence", { now: NOW, bearer, json: batchOf(agent, NOW, []) });
  expect((await reply).headers.get("retry-after")).toBeNull();
  expect((await answer<Problem>(reply, 500)).code).toBe("internal");
});

test("an object that was reset is 503", async () => {
  await makeBranch("reset");
  const stub = env.BRANCH.get(env.BRANCH.idFromName("reset"));
  const agent = await enrol("reset", NOW);
  const bearer = await signed(agent, NOW);
  const json = batchOf(agent, NOW, []);
  await runInDurableObject(stub, (instance) => {
    const prototype: object = Object.getPrototypeOf(instance);
    const before = Object.getOwnPropertyDescriptor(prototype, "ingest") ?? {};
    // The platform takes an object away in the middle of a call.
    Object.defineProperty(prototype, "ingest", {
      configurable: true,
      value: () => Promise.reject(failure("Durable Object reset because its code was updated.")),
    });
    onTestFinished(() => void Object.defineProperty(prototype, "ingest", before));
  });
  const reply = await call("/v1/presence", { now: NOW, bearer, json });
  expect(reply.status).toBe(503);
  expect(reply.headers.get("retry-after")).toBe("5");
});
