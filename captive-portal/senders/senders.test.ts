import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { PhoneNumber } from "../../schema/phone.ts";
import { localSender } from "./local.ts";
import { webhookSender } from "./webhook.ts";

const KEY = Buffer.alloc(32, 5);
const settings = { url: "https://sms.example.vn/codes", secret: `whsec_${KEY.toString("base64")}` };
const message = {
  messageId: "msg_1",
  phone: "+84912345679" as PhoneNumber,
  code: "012345",
  language: "vi",
  via: "any",
  expiresAt: Date.UTC(2026, 10, 2, 5, 5),
  now: Date.UTC(2026, 10, 2, 5),
} as const;

const answering = (answer: () => Response | Promise<Response>) => {
  const requests: Request[] = [];
  const fetch = async (request: Request): Promise<Response> => {
    requests.push(request);
    return answer();
  };
  return { requests, sender: webhookSender({ ...settings, fetch, timeoutMs: 20 }) };
};

describe("the webhook sender", () => {
  it("posts the code once, signed as Standard Webhooks says, and follows no redirect", async () => {
    const { requests, sender } = answering(() => new Response(null, { status: 204 }));
    expect(await sender.sendCode(message)).toEqual({ kind: "done", localCode: null, by: "other" });
    expect(requests).toHaveLength(1);
    const [request] = requests;
    const body = (await request?.text()) ?? "";
    expect(JSON.parse(body)).toEqual({
      phone: "+84912345679",
      code: "012345",
      language: "vi",
      expiresAt: "2026-11-02T05:05:00.000Z",
    });
    const timestamp = String(message.now / 1_000);
    const mac = createHmac("sha256", KEY).update(`msg_1.${timestamp}.${body}`).digest("base64");
    expect(request?.headers.get("webhook-id")).toBe("msg_1");
    expect(request?.headers.get("webhook-timestamp")).toBe(timestamp);
    expect(request?.headers.get("webhook-signature")).toBe(`v1,${mac}`);
    expect(request?.redirect).toBe("manual");
  });

  it.each([
    [200, {}, { kind: "done", localCode: null, by: "other" }],
    [429, { "retry-after": "7" }, { kind: "retry", afterMs: 7_000 }],
    [503, { "retry-after": "soon" }, { kind: "retry", afterMs: 30_000 }],
    [500, {}, { kind: "retry", afterMs: 30_000 }],
    [302, { location: "https://evil.example" }, { kind: "refuse", reason: "The code sender answered 302" }],
    [400, {}, { kind: "refuse", reason: "The code sender answered 400" }],
  ])("makes of %i with %j: %j", async (status, headers, outcome) => {
    const { sender } = answering(() => new Response(null, { status, headers: headers as HeadersInit }));
    expect(await sender.sendCode(message)).toEqual(outcome);
  });

  it("answers retry when there is no network or no answer in time", async () => {
    const broken = answering(() => Promise.reject(new TypeError("no network")));
    expect(await broken.sender.sendCode(message)).toEqual({ kind: "retry", afterMs: 30_000 });
    const silent = webhookSender({
      ...settings,
      timeoutMs: 20,
      fetch: ({ signal }) =>
        new Promise((_, reject) => {
          signal.addEventListener("abort", () => reject(new Error("timed out")));
        }),
    });
    expect(await silent.sendCode(message)).toEqual({ kind: "retry", afterMs: 30_000 });
  });

  it.each([
    [{ url: "http://sms.example.vn/" }, /must be https/],
    [{ url: "https://user:pass@sms.example.vn/" }, /no credentials/],
    [{ secret: "whsec_c2hvcnQ=" }, /24 to 64 bytes/],
    [{ secret: "plain" }, /24 to 64 bytes/],
  ])("refuses to start with %j", (wrong, says) => {
    const fetch = async () => new Response();
    expect(() => webhookSender({ ...settings, fetch, ...wrong })).toThrow(says);
  });
});

describe("the local sender", () => {
  it("logs the code with a masked phone, shows it, and is marked as local", async () => {
    const lines: unknown[] = [];
    const sender = localSender((sentence, fields) => void lines.push(sentence, fields));
    expect(sender.reach).toBe("local");
    expect(await sender.sendCode(message)).toEqual({ kind: "done", localCode: "012345", by: "other" });
    expect(JSON.stringify(lines)).toContain("012345");
    expect(JSON.stringify(lines)).not.toContain("912345679");
  });
});
