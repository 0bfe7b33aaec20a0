// A deployment with a setting that could never work answers 503 and says in its log which setting it is.

import { env } from "cloudflare:workers";
import { describe, expect, test, vi } from "vitest";
import { type Env, parseSettings } from "../env.ts";
import worker from "../index.ts";

const key = (letter: string): string => letter.repeat(42) + "A";
const secretOf = (bytes: number): string => `whsec_${Buffer.alloc(bytes, 7).toString("base64")}`;

const good: Record<string, unknown> = {
  ...env,
  QUEN_MODE: "production",
  QUEN_PUBLIC_URL: "https://wifi.example.vn",
  OTP_WEBHOOK_URL: "https://sender.example/otp",
  OTP_WEBHOOK_SECRET: secretOf(32),
};

const context = { waitUntil: () => undefined, passThroughOnException: () => undefined, props: {} };

const ask = async (settings: Record<string, unknown>): Promise<Response> => {
  const headers = { authorization: `Bearer ${env.ADMIN_TOKEN}` };
  const request = new Request("http://quen.test/v1/admin/health", { headers });
  return worker.fetch(request as never, settings as unknown as Env, context as never);
};

describe("a setting that could never work", () => {
  test.each([
    ["OTP_WEBHOOK_SECRET", "plain"],
    // Not a length that base64 can have.
    ["OTP_WEBHOOK_SECRET", `whsec_${"A".repeat(33)}`],
    ["OTP_WEBHOOK_SECRET", `whsec_${"A".repeat(34)}=`],
    ["OTP_WEBHOOK_SECRET", secretOf(23)],
    ["OTP_WEBHOOK_SECRET", secretOf(65)],
    ["OTP_WEBHOOK_URL", "https://user:pass@sender.example/otp"],
    ["OTP_WEBHOOK_URL", "https://user@sender.example/otp"],
    ["OTP_WEBHOOK_URL", "http://sender.example/otp"],
    ["OTP_WEBHOOK_URL", "sender.example"],
    ["QUEN_PUBLIC_URL", "http://wifi.example.vn"],
    ["DEVICE_KEYS", `a:${key("x")},a:${key("y")}`],
    ["SEAL_KEYS", `a:${key("x")},a:${key("x")}`],
    ["CONSENT_KEYS", `a:${key("x")},b:${key("y")},c:${key("z")}`],
    ["IDENTIFIER_KEYS", `new:${key("x")},old:${key("y")}`],
  ])("%s=%s is a 503 whose log names it and whose reply does not", async (name, value) => {
    const log = vi.spyOn(console, "error").mockImplementation(() => undefined);
    const reply = await ask({ ...good, [name]: value });
    const logged = JSON.stringify(log.mock.calls);
    log.mockRestore();
    expect(reply.status).toBe(503);
    const text = await reply.text();
    expect(text).not.toContain(name);
    expect(logged).toContain(name);
    expect(logged).not.toContain(value);
    expect(text).not.toContain(value);
  });
});

describe("settings at the edge of what is allowed", () => {
  test.each([
    ["OTP_WEBHOOK_SECRET", secretOf(24)],
    ["OTP_WEBHOOK_SECRET", secretOf(25)],
    ["OTP_WEBHOOK_SECRET", secretOf(64)],
    ["DEVICE_KEYS", `new:${key("x")},old:${key("y")}`],
    ["SEAL_KEYS", `new:${key("x")},old:${key("y")}`],
  ])("%s=%s is answered", async (name, value) => {
    expect((await ask({ ...good, [name]: value })).status).toBe(200);
  });
});

test("a second version of IDENTIFIER_KEYS says why it is refused", () => {
  const rotated = { ...good, IDENTIFIER_KEYS: `new:${key("x")},old:${key("y")}` };
  expect(parseSettings(rotated)).toEqual({
    ok: false,
    problems: [
      "IDENTIFIER_KEYS holds a second version, under which no standing grant could be found: it cannot be rotated yet",
    ],
  });
});
