import { afterAll, describe, expect, it } from "vitest";
import { createHmac } from "node:crypto";
import {
  type Behaviour,
  MESSAGE,
  huge,
  json,
  redirect,
  reset,
  silent,
  startProvider,
  text,
  trickle,
} from "../testing/provider-server.ts";
import { type AccessTokens, type ZnsSettings, znsLeg } from "./zns.ts";

const provider = await startProvider();
afterAll(() => provider.close());

const tokens =
  (...given: string[]): AccessTokens =>
  async (rejected) => ({ kind: "done", accessToken: (rejected === null ? given[0] : given[1]) ?? "" });
const zns = (more: Partial<ZnsSettings> = {}) => {
  const fixed = {
    templateId: "203972",
    otpParam: "otp",
    proofSecret: null,
    fetch: (request: Request) => fetch(request),
  };
  return znsLeg({ url: provider.url, tokens: tokens("one", "two"), ...fixed, ...more });
};
const within = (ms = 200): AbortSignal => AbortSignal.timeout(ms);

describe("the way by Zalo", () => {
  it("posts the template message as Zalo documents it", async () => {
    provider.behave(json({ error: 0, message: "Success", data: { msg_id: "a1", sent_time: "1" } }));
    expect(await zns().send(MESSAGE, within())).toEqual({ kind: "done" });
    expect(provider.asked).toHaveLength(1);
    expect(provider.asked[0]).toMatchObject({
      path: "/message/template",
      headers: { access_token: "one" },
      json: {
        phone: "84912345679",
        template_id: "203972",
        template_data: { otp: "012345" },
        tracking_id: "otp_1",
      },
    });
    expect(provider.asked[0]?.headers["appsecret_proof"]).toBeUndefined();
  });

  it("proves the app's secret where the app asks for it, and names the parameter as the template does", async () => {
    provider.behave(json({ error: "0" }));
    const leg = zns({ proofSecret: "app secret", otpParam: "ma" });
    expect(await leg.send(MESSAGE, within())).toEqual({ kind: "done" });
    const proof = createHmac("sha256", "app secret").update("one").digest("hex");
    expect(provider.asked[0]?.headers["appsecret_proof"]).toBe(proof);
    expect(provider.asked[0]?.json).toMatchObject({ template_data: { ma: "012345" } });
  });

  it.each([
    [-118, "no_account"],
    [-108, "bad_phone"],
    [-139, "user_refused"],
    [-141, "user_refused"],
    [-110, "user_unreachable"],
    [-144, "quota"],
    [-126, "quota"],
    [-115, "quota"],
    [-135, "settings"],
    [-1351, "settings"],
    [-32, "busy"],
    [-999, "unknown"],
  ])("names %i in a reply of status 200 as %s", async (code, trouble) => {
    provider.behave(json({ error: code, message: "whatever they write" }));
    expect(await zns().send(MESSAGE, within())).toEqual({ kind: "failed", trouble, code });
    expect(provider.asked).toHaveLength(1);
  });

  const broken: [string, Behaviour, string][] = [
    ["says nothing", silent, "silent"],
    ["never ends", trickle, "silent"],
    ["cuts the line", reset, "unreachable"],
    ["answers 500", text("<h1>sorry</h1>", 500), "unreachable"],
    ["answers 502 with JSON of its own", json({ reason: "upstream" }, 502), "unreachable"],
    ["answers 429", json({}, 429), "busy"],
    ["answers half a JSON", text('{"error":'), "unreadable"],
    ["answers a list", text("[]"), "unreadable"],
    ["answers no code", json({ message: "ok" }), "unreadable"],
    ["answers 100 MB", huge, "unreadable"],
    ["points elsewhere", redirect, "unreadable"],
  ];
  it.each(broken)("fails when Zalo %s", async (_, behaviour, trouble) => {
    provider.behave(behaviour);
    expect(await zns().send(MESSAGE, within())).toEqual({ kind: "failed", trouble, code: null });
    expect(provider.asked).toHaveLength(1);
  });

  it("asks once for a new token when Zalo does not take the old one, and tries once more", async () => {
    provider.behave(json({ error: -124 }), json({ error: 0 }));
    expect(await zns().send(MESSAGE, within())).toEqual({ kind: "done" });
    provider.behave(json({ error: -124 }), json({ error: -124 }), json({ error: 0 }));
    const twice = { kind: "failed", trouble: "token", code: -124 };
    expect(await zns().send(MESSAGE, within())).toEqual(twice);
    expect(provider.asked.map(({ headers }) => headers["access_token"])).toEqual(["one", "two"]);
  });

  it("says token when there is none", async () => {
    provider.behave();
    const leg = zns({ tokens: async () => ({ kind: "refuse", reason: "refused" }) });
    expect(await leg.send(MESSAGE, within())).toEqual({ kind: "failed", trouble: "token", code: null });
    expect(provider.asked).toEqual([]);
  });
});
