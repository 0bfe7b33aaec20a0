import { afterAll, describe, expect, it } from "vitest";
import { MESSAGE, json, reset, silent, startProvider } from "../testing/provider-server.ts";
import { chainSender } from "./chain.ts";
import { esmsSender } from "./esms.ts";
import { type AccessTokens, znsLeg } from "./zns.ts";

const provider = await startProvider();
afterAll(() => provider.close());

const send = (request: Request): Promise<Response> => fetch(request);
const given: AccessTokens = async () => ({ kind: "done", accessToken: "one" });
const zns = ({ tokens }: { tokens: AccessTokens } = { tokens: given }) =>
  znsLeg({ url: provider.url, templateId: "1", otpParam: "otp", proofSecret: null, tokens, fetch: send });
const esms = () => {
  const account = { apiKey: "key", secretKey: "secret", brandname: "QUEN", brand: "Quen" };
  return esmsSender({ url: provider.url, ...account, text: "{code}", fetch: send, told: () => undefined });
};

describe("Zalo first, SMS behind it", () => {
  const chain = (sms: boolean, more: Partial<Parameters<typeof chainSender>[0]> = {}) => {
    const told: unknown[] = [];
    const sender = chainSender({
      zalo: zns(),
      sms: sms ? esms() : null,
      told: (...what) => void told.push(what),
      report: (error) => void told.push(String(error)),
      silenceMs: 100,
      ...more,
    });
    return { told, sender };
  };
  const paths = () => provider.asked.map(({ path }) => path.split("/")[1]);

  it("sends no SMS when Zalo took the message", async () => {
    provider.behave(json({ error: 0 }));
    const { sender, told } = chain(true);
    expect(await sender.sendCode(MESSAGE)).toEqual({ kind: "done", localCode: null, by: "zalo" });
    expect({ told, paths: paths(), canSms: sender.canSms }).toEqual({
      told: [],
      paths: ["message"],
      canSms: true,
    });
  });

  it.each([
    ["has no account", json({ error: -118 }), ["no_account", -118]],
    ["is refused", json({ error: -139 }), ["user_refused", -139]],
    ["is out of quota", json({ error: -144 }), ["quota", -144]],
    ["says what nobody knows", json({ error: -777 }), ["unknown", -777]],
    ["says nothing", silent, ["silent", null]],
    ["breaks", reset, ["unreachable", null]],
  ])("sends the same code by SMS when Zalo %s", async (_, behaviour, trouble) => {
    provider.behave(behaviour, json({ CodeResult: "100" }));
    const { sender, told } = chain(true);
    expect(await sender.sendCode(MESSAGE)).toEqual({ kind: "done", localCode: null, by: "sms" });
    expect(told).toEqual([[...trouble, "otp_1"]]);
    expect(paths()).toEqual(["message", "MainService.svc"]);
    expect(JSON.stringify(provider.asked[1]?.json)).toContain("012345");
  });

  it("does not wait for an access token longer than for Zalo", async () => {
    provider.behave(json({ CodeResult: "100" }));
    const { sender, told } = chain(true, { zalo: zns({ tokens: () => new Promise(() => undefined) }) });
    expect(await sender.sendCode(MESSAGE)).toMatchObject({ kind: "done", by: "sms" });
    expect(told).toEqual([["silent", null, "otp_1"]]);
  });

  it("sends by SMS when the keeper of the token breaks, and reports it", async () => {
    provider.behave(json({ CodeResult: "100" }));
    const broken = zns({ tokens: () => Promise.reject(new Error("The keeper is away")) });
    const { sender, told } = chain(true, { zalo: broken });
    expect(await sender.sendCode(MESSAGE)).toMatchObject({ kind: "done", by: "sms" });
    expect(told).toEqual(["Error: The keeper is away", ["unreachable", null, "otp_1"]]);
  });

  it("leaves Zalo out when the shopper wants an SMS", async () => {
    provider.behave(json({ CodeResult: "100" }));
    const { sender, told } = chain(true);
    expect(await sender.sendCode({ ...MESSAGE, via: "sms" })).toMatchObject({ kind: "done", by: "sms" });
    expect({ told, paths: paths() }).toEqual({ told: [], paths: ["MainService.svc"] });
  });

  it.each([
    [-118, "refuse"],
    [-144, "retry"],
    [-777, "retry"],
  ])("without SMS makes %i: %s", async (code, kind) => {
    provider.behave(json({ error: code }));
    const { sender } = chain(false);
    expect((await sender.sendCode(MESSAGE)).kind).toBe(kind);
    expect(sender.canSms).toBe(false);
  });

  it("answers what SMS answers when both fail", async () => {
    provider.behave(json({ error: -118 }), json({ CodeResult: "108" }));
    expect((await chain(true).sender.sendCode(MESSAGE)).kind).toBe("refuse");
  });
});
