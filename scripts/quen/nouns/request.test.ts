import { describe, expect, test } from "vitest";
import { createProgram } from "../program.ts";

const REQUEST = {
  id: "rq_00000001",
  kind: "copy",
  origin: "operator",
  profileId: null,
  note: null,
  receivedAt: "2026-11-23T02:00:00.000Z",
  replyDueAt: "2026-11-25T16:59:59.999Z",
  dueAt: "2026-12-03T16:59:59.999Z",
  repliedAt: null,
  extendedAt: null,
  closedAt: null,
  outcome: null,
  proof: null,
  overdue: "reply",
};

const run = async (...args: string[]) => {
  const calls: unknown[] = [];
  const printed: string[] = [];
  const send = (async (url: string, init?: RequestInit) => {
    const { pathname, search } = new URL(url);
    const body: unknown = typeof init?.body === "string" ? JSON.parse(init.body) : null;
    calls.push([init?.method, pathname + search, body]);
    const list = pathname === "/v1/requests" || pathname.endsWith("holidays");
    return Response.json(list ? { data: [REQUEST], next: null, added: ["2027-02-04"] } : REQUEST);
  }) as typeof fetch;
  const local = { url: "http://127.0.0.1:8787", adminToken: "t" };
  await createProgram({ env: {}, local, print: (text) => printed.push(text), send }).parseAsync(
    ["request", ...args],
    { from: "user" },
  );
  return { calls, text: printed.join("\n") };
};

describe("quen request", () => {
  test.each([
    [["list"], "GET", "/v1/requests?state=open", null],
    [["list", "--closed"], "GET", "/v1/requests?state=closed", null],
    [["show", "rq_00000001"], "GET", "/v1/requests/rq_00000001", null],
    [
      ["open", "phone", "0912 345 678", "--kind", "copy", "--text", "x", "--others"],
      "POST",
      "/v1/requests",
      { by: { kind: "phone", value: "0912 345 678" }, kind: "copy", text: "x", others: true },
    ],
    [["reply", "rq_00000001"], "POST", "/v1/requests/rq_00000001/reply", null],
    [["extend", "rq_00000001", "--reason", "y"], "POST", "/v1/requests/rq_00000001/extend", { reason: "y" }],
    [["close", "rq_00000001"], "POST", "/v1/requests/rq_00000001/close", { outcome: "done" }],
    [
      ["close", "rq_00000001", "--refuse", "no"],
      "POST",
      "/v1/requests/rq_00000001/close",
      { outcome: "refused", reason: "no" },
    ],
    [["holidays", "2027-02-04"], "PUT", "/v1/requests/holidays", { added: ["2027-02-04"] }],
  ] as const)("%j asks as the API wants it", async (args, method, path, body) => {
    const { calls } = await run(...args);
    expect(calls).toEqual([[method, path, body]]);
  });

  test("shows what is overdue, and takes one word on how it ended", async () => {
    expect((await run("list")).text).toMatch(/rq_00000001 .*reply/);
    await expect(run("close", "rq_00000001", "--proof", "a", "--refuse", "b")).rejects.toThrow("not both");
  });
});
