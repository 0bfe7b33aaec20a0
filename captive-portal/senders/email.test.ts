import { createHmac } from "node:crypto";
import { describe, expect, test } from "vitest";
import { emailWebhook } from "./email-webhook.ts";

const secret = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;
const link = {
  messageId: "mail_1",
  to: "lan@example.vn",
  url: "https://quen.example/me/email/abc",
  brand: "Cà phê Mẫu",
  language: "vi",
  expiresAt: Date.UTC(2026, 10, 3),
  now: Date.UTC(2026, 10, 2),
} as const;

const senderThat = (answer: (request: Request) => Promise<Response>) =>
  emailWebhook({ url: "https://mail.example/links", secret, fetch: answer });

describe("the mailing service", () => {
  test("gets the link signed, and nothing else of the person", async () => {
    const seen: Request[] = [];
    const sender = senderThat(async (request) => {
      seen.push(request);
      return new Response(null, { status: 202 });
    });
    expect(await sender.sendLink(link)).toEqual({ kind: "done", localLink: null });
    const [request] = seen;
    const body = (await request?.text()) ?? "";
    expect(JSON.parse(body)).toEqual({
      to: link.to,
      url: link.url,
      brand: link.brand,
      language: "vi",
      expiresAt: "2026-11-03T00:00:00.000Z",
    });
    const signed = `mail_1.${link.now / 1_000}.${body}`;
    const expected = createHmac("sha256", Buffer.alloc(32, 7)).update(signed).digest("base64");
    expect(request?.headers.get("webhook-signature")).toBe(`v1,${expected}`);
    expect(request?.redirect).toBe("manual");
  });

  test.each([
    [503, { kind: "retry", afterMs: 30_000 }],
    [429, { kind: "retry", afterMs: 30_000 }],
    [422, { kind: "refuse", reason: "The e-mail sender answered 422" }],
    [302, { kind: "refuse", reason: "The e-mail sender answered 302" }],
  ])("that answers %i is understood", async (status, outcome) => {
    expect(await senderThat(async () => new Response(null, { status })).sendLink(link)).toEqual(outcome);
  });

  test("that cannot be reached is tried again later", async () => {
    const sender = senderThat(async () => {
      throw new TypeError("no route");
    });
    expect(await sender.sendLink(link)).toEqual({ kind: "retry", afterMs: 30_000 });
  });

  test("must be https with a key of its own", () => {
    const fetch = async () => new Response();
    expect(() => emailWebhook({ url: "http://mail.example", secret, fetch })).toThrow("https");
    expect(() => emailWebhook({ url: "https://mail.example", secret: "short", fetch })).toThrow("whsec_");
  });
});
