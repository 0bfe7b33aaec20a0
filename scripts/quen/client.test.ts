import { describe, expect, test } from "vitest";
import { createClient } from "./client.ts";

const connection = { url: "https://shop.example", token: "secret-token" };
const replies = (...bodies: [status: number, body: unknown][]) => {
  const seen: { url: string; init: RequestInit | undefined }[] = [];
  const send = ((url: string, init?: RequestInit) => {
    seen.push({ url, init });
    const [status, body] = bodies.shift() ?? [500, {}];
    return Promise.resolve(new Response(body === null ? null : JSON.stringify(body), { status }));
  }) as typeof fetch;
  return { seen, client: createClient(connection, send) };
};

describe("calls of the CLI", () => {
  test("a list follows its cursor to the last page", async () => {
    const { client, seen } = replies([200, { data: [1], next: "a/b" }], [200, { data: [2], next: null }]);
    expect(await client.list("/v1/admin/keys")).toEqual([1, 2]);
    expect(seen[1]?.url).toBe("https://shop.example/v1/admin/keys?cursor=a%2Fb");
  });

  test("a refusal carries code, detail and field errors, and never the token", async () => {
    const errors = [{ path: "timezone", message: "is not an IANA zone" }];
    const { client } = replies([400, { code: "invalid_body", detail: "The body is not valid", errors }]);
    await expect(client.post("/v1/admin/branches", {})).rejects.toMatchObject({
      status: 400,
      problem: { errors },
      message: "POST /v1/admin/branches was refused with 400 invalid_body: The body is not valid",
    });
  });

  test("a reply without a body is fine", async () => {
    const { client } = replies([204, null]);
    await expect(client.remove("/v1/admin/keys/key_1")).resolves.toBeUndefined();
  });

  test("an address that does not answer is a sentence", async () => {
    const send = (() =>
      Promise.reject(new TypeError("fetch failed", { cause: new Error("ECONNREFUSED") }))) as typeof fetch;
    await expect(createClient(connection, send).get("/v1/admin/health")).rejects.toThrow(
      "https://shop.example does not answer (ECONNREFUSED).",
    );
  });
});
