import { X509Certificate } from "node:crypto";
import { describe, expect, test } from "vitest";
import { CERTIFICATE, startController } from "../testing/fake-controller.ts";
import { isPinned, parsePin } from "./certificate.ts";
import { makeController } from "./controller.ts";
import { Cookies } from "./cookies.ts";

const { fingerprint256 } = new X509Certificate(CERTIFICATE);
const never = new AbortController().signal;

describe("a controller's own certificate", () => {
  test("is taken when it is the pinned one, and then not a byte is sent before", async () => {
    const { url, asked } = await startController(() => ({ body: { a: 1 } }), "https");
    const pin = parsePin(`sha256:${fingerprint256}`);
    const reply = await makeController(url, pin)({ method: "GET", path: "/x" }, never);
    expect(reply).toMatchObject({ kind: "reply", status: 200, body: { a: 1 } });
    expect(asked).toHaveLength(1);
  });

  test.each([
    ["without a pin", null],
    ["with another pin", "ab".repeat(32)],
  ])("is refused %s, and the controller hears nothing", async (_, pin) => {
    const { url, asked } = await startController(() => ({}), "https");
    const request = { method: "POST" as const, path: "/api/login", json: { password: "secret" } };
    expect(await makeController(url, pin)(request, never)).toMatchObject({
      kind: "failed",
      reason: "certificate",
    });
    expect(asked).toEqual([]);
  });

  const pins: [string, string | null][] = [
    [`sha256:${"AB".repeat(32)}`, "ab".repeat(32)],
    [`sha256:${Array(32).fill("ab").join(":")}`, "ab".repeat(32)],
    [`SHA256:${"ab".repeat(32)}`, "ab".repeat(32)],
    ["ab".repeat(32), null],
    [`sha256:${"ab".repeat(31)}`, null],
    ["sha1:abab", null],
  ];
  test.each(pins)("pinned as %s is read", (text, expected) => {
    expect(parsePin(text)).toBe(expected);
  });

  test("that is not shown is not the pinned one", () => {
    expect(isPinned("ab".repeat(32), undefined)).toBe(false);
  });
});

describe("a controller", () => {
  test("that is gone, hangs or sends without end is unreachable within a bounded time", async () => {
    const { url } = await startController(() => null);
    expect(await makeController(url, null)({ method: "GET", path: "/" }, never)).toMatchObject({
      kind: "failed",
      reason: "unreachable",
    });
    const long = await startController(() => ({ body: "x".repeat(2_000_000) }));
    expect((await makeController(long.url, null)({ method: "GET", path: "/" }, never)).kind).toBe("failed");
    const gone = AbortSignal.abort();
    expect((await makeController(url, null)({ method: "GET", path: "/" }, gone)).kind).toBe("failed");
  });
});

test("cookies are kept by name, replaced and deleted", () => {
  const cookies = new Cookies();
  cookies.learn(["a=1; Path=/; HttpOnly", "b=x=y; Secure", "=nothing", "c"]);
  expect(cookies.toString()).toBe("a=1; b=x=y");
  cookies.learn(["a=; Max-Age=0", "b=2"]);
  expect([cookies.toString(), cookies.get("b")]).toEqual(["b=2", "2"]);
});
