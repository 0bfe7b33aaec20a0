import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { createPortal } from "./create-portal.ts";
import { memoryPorts } from "./testing/memory-ports.ts";
import { SAMPLE_GATEWAY } from "./testing/sample.ts";
import { ORIGIN, PHONE, Shopper, formsOf, sessionOf, textOf } from "./testing/shopper.ts";

describe("a form that our own page did not send", () => {
  const good = { phone: PHONE, adult: "yes" };

  it.each([
    ["Sec-Fetch-Site: cross-site", { "sec-fetch-site": "cross-site" }],
    ["Sec-Fetch-Site: same-site", { "sec-fetch-site": "same-site" }],
    ["another Origin", { origin: "https://evil.example" }],
  ])("is refused with %s, even with the right token", async (_, headers) => {
    const shopper = new Shopper();
    const page = await shopper.open();
    const form = formsOf(page.html)[0];
    const reply = await shopper.post(form?.action ?? "", { ...form?.hidden, ...good }, headers);
    expect(reply.status).toBe(403);
    expect(shopper.ports.counted).toEqual(["foreign_form"]);
    expect(shopper.ports.sent).toEqual([]);
  });

  it("is accepted from old browsers, whose Origin is null under no-referrer", async () => {
    const shopper = new Shopper();
    const form = formsOf((await shopper.open()).html)[0];
    const reply = await shopper.post(form?.action ?? "", { ...form?.hidden, ...good }, { origin: "null" });
    expect(reply.url).toMatch(/\/code$/);
  });

  it.each(["", "/guest", "/code", "/code/again", "/withdraw"])(
    "is refused at %j without the session's token or with another session's",
    async (ending) => {
      const shopper = new Shopper();
      const [mine, other] = [await shopper.open(), await shopper.open()];
      const path = new URL(mine.url).pathname + ending;
      const foreign = formsOf(other.html)[0]?.hidden["token"] ?? "";
      expect((await shopper.post(path, good)).status).toBe(403);
      expect((await shopper.post(path, { ...good, token: foreign })).status).toBe(403);
      expect(shopper.ports.counted).toEqual(["foreign_form", "foreign_form"]);
    },
  );

  it("is refused when it is no form or too large", async () => {
    const shopper = new Shopper();
    const page = await shopper.open();
    const path = new URL(page.url).pathname;
    const json = { method: "POST", body: "{}", headers: { "content-type": "application/json" } };
    expect((await shopper.send(path, json)).status).toBe(403);
    const large = await shopper.submit(page, sessionOf(page), { ...good, note: "x".repeat(13_000) });
    expect(large.status).toBe(403);
    expect(shopper.ports.counted).toEqual(["bad_form", "bad_form"]);
  });
});

describe("a page", () => {
  it("escapes what a brand, a branch and a shopper write", async () => {
    const hostile = `"><script>alert(1)</script>`;
    const { brand } = SAMPLE_GATEWAY;
    const gateway = {
      ...SAMPLE_GATEWAY,
      branchName: hostile,
      brand: { ...brand, name: hostile, colour: "red;}</style><script>", texts: { vi: { intro: hostile } } },
    };
    const shopper = new Shopper({ gateway });
    const page = await shopper.askForCode({ phone: hostile });
    expect(page.html).not.toContain("<script");
    expect(page.html).toContain("&lt;script&gt;");
  });

  it("allows its own style by hash and nothing else, and may be framed, cached and referred to by nobody", async () => {
    const { html, headers } = await new Shopper().open();
    const style = /<style>(.*)<\/style>/s.exec(html)?.[1] ?? "";
    const hash = createHash("sha256").update(style).digest("base64");
    expect(headers.get("content-security-policy")).toBe(
      `default-src 'none'; style-src 'sha256-${hash}'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
    );
    expect(headers.get("referrer-policy")).toBe("no-referrer");
    expect(headers.get("cache-control")).toBe("no-store");
    expect(headers.get("strict-transport-security")).toContain("max-age=");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("set-cookie")).toBeNull();
  });

  it("has the same protection when it is a redirect, an error or a receipt that does not exist", async () => {
    const shopper = new Shopper();
    const replies = [
      await shopper.send(`/w/${SAMPLE_GATEWAY.id}?mac=02:1a:2b:3c:4d:5e`),
      await shopper.send("/w/gw_00000000"),
      await shopper.send("/w/a/b/c/d"),
      await shopper.send("/receipt/unknown"),
    ];
    expect(replies.map(({ status }) => status)).toEqual([303, 404, 404, 404]);
    for (const { headers } of replies) {
      expect(headers.get("cache-control")).toBe("no-store");
      expect(headers.get("referrer-policy")).toBe("no-referrer");
      expect(headers.get("content-security-policy")).toContain("default-src 'none'");
    }
  });

  it("of a session leads nowhere else: every link is ours or the brand's landing page", async () => {
    const shopper = new Shopper();
    const done = await shopper.typeCode(await shopper.askForCode({ allow: ["visit_recognition"] }));
    const outside = Array.from(
      done.html.matchAll(/(?:href|action)="([^"]*)"/g),
      ([, address = ""]) => address,
    ).filter((address) => new URL(address, ORIGIN).origin !== ORIGIN);
    expect(outside).toEqual(["https://example.vn/"]);
  });
});

describe("a session without proof", () => {
  it("shows no choices, no receipt and withdraws nothing", async () => {
    const shopper = new Shopper();
    await shopper.typeCode(await shopper.askForCode({ allow: ["visit_recognition"] }));
    // The same device opens the portal again: a MAC can be forged, so it proves nothing.
    const page = await shopper.open();
    const done = await shopper.get(`${new URL(page.url).pathname}/done`);
    expect(textOf(done.html)).not.toContain("Bạn đang cho phép");
    const token = formsOf(page.html)[0]?.hidden["token"] ?? "";
    await shopper.post(`${new URL(page.url).pathname}/withdraw`, { token, purpose: "visit_recognition" });
    const again = shopper.ports.ledger.standing(
      { kind: "phone", phone: shopper.ports.sent[0]?.phone ?? ("" as never) },
      shopper.now,
    );
    expect(await again).toHaveLength(1);
  });
});

describe("the portal", () => {
  it("refuses to be made with the local sender outside local mode", () => {
    const ports = memoryPorts([SAMPLE_GATEWAY], "local");
    const options = {
      ports,
      origin: () => "https://wifi.example.vn",
      clock: () => 0,
      report: () => undefined,
    };
    expect(() => createPortal({ ...options, mode: "live" })).toThrow(/local mode only/);
    expect(() => createPortal({ ...options, mode: "local" })).not.toThrow();
  });
});
