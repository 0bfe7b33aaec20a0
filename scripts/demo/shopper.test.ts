import { describe, expect, test } from "vitest";
import { formsOf } from "./forms.ts";
import { signInAtPortal } from "./shopper.ts";

const signIn = {
  at: 1_000_000,
  branchId: "q1" as const,
  mac: "02:00:00:00:00:01",
  phone: "0901234567",
  allows: ["visit_recognition" as const, "marketing_zalo" as const],
};

interface Seen {
  path: string;
  now: string | null;
  body: string;
}

/** A portal of three pages, as small as the flow. */
const portal = (code: string) => {
  const seen: Seen[] = [];
  const pages: Record<string, () => Response> = {
    "GET /w/gw": () => new Response(null, { status: 303, headers: { location: "/w/gw/s" } }),
    "GET /w/gw/s": () =>
      new Response(
        `<form class="card" method="post" action="/w/gw/s?a=1&amp;b=2"><input type="hidden" name="token" value="t&quot;1" />
         <input type="tel" name="phone" /></form><form action="/guest"><input type="hidden" name="token" value="x" /></form>`,
      ),
    "POST /w/gw/s": () =>
      new Response(
        `<form action="/w/gw/s/code"><input type="hidden" name="token" value="t2" /><input name="code" /></form><b id="local-code">123456</b>`,
      ),
    "POST /w/gw/s/code": () =>
      seen.at(-1)?.body.includes(`code=${code}`) === true
        ? new Response("<h1>Online</h1>")
        : new Response(`<form action="/"><input name="code" /></form>`),
  };
  const send = ((url: string, init?: RequestInit) => {
    const { pathname } = new URL(url);
    const headers = new Headers(init?.headers);
    const body = init?.body instanceof URLSearchParams ? init.body.toString() : "";
    seen.push({ path: `${init?.method} ${pathname}`, now: headers.get("x-quen-now"), body });
    return Promise.resolve(pages[`${init?.method} ${pathname}`]?.() ?? new Response("", { status: 404 }));
  }) as typeof fetch;
  return { seen, send };
};

describe("a shopper at the portal", () => {
  test("goes from the gateway's redirect to online with the page's own tokens and rising times", async () => {
    const { seen, send } = portal("123456");
    expect(await signInAtPortal({ gatewayUrl: "http://quen.test/w/gw", signIn }, send)).toEqual({ ok: true });
    expect(seen.map(({ path }) => path)).toEqual([
      "GET /w/gw",
      "GET /w/gw/s",
      "POST /w/gw/s",
      "POST /w/gw/s/code",
    ]);
    expect(seen[2]?.body).toBe(
      "token=t%221&phone=0901234567&adult=yes&allow=visit_recognition&allow=marketing_zalo",
    );
    const times = seen.map(({ now }) => Number(now));
    expect(times).toEqual(times.toSorted((a, b) => a - b));
  });

  test("a page that does not go on is a problem that names the step", async () => {
    const { send } = portal("999999");
    expect(await signInAtPortal({ gatewayUrl: "http://quen.test/w/gw", signIn }, send)).toMatchObject({
      problem: "The portal did not let the shopper past the code (status 200).",
    });
    expect(await signInAtPortal({ gatewayUrl: "http://quen.test/nowhere", signIn }, send)).toMatchObject({
      problem: "The portal did not let the shopper past the first page (status 404).",
    });
  });

  test("forms are read with their decoded addresses and hidden values only", () => {
    const [form] = formsOf(
      `<form action="/a?x=1&amp;y=2"><input name="phone" value="typed" type="tel" /></form>`,
    );
    expect(form).toEqual({ action: "/a?x=1&y=2", values: {}, names: new Set(["phone"]) });
  });
});
