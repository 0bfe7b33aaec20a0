import { afterAll, describe, expect, it } from "vitest";
import {
  type Behaviour,
  MESSAGE,
  huge,
  json,
  reset,
  silent,
  startProvider,
  text,
} from "../testing/provider-server.ts";
import { type EsmsSettings, esmsSender } from "./esms.ts";
import { DEFAULT_SMS_TEXT } from "./sms-text.ts";

const provider = await startProvider();
afterAll(() => provider.close());

const esms = (more: Partial<EsmsSettings> = {}) => {
  const told: unknown[] = [];
  const sender = esmsSender({
    url: provider.url,
    apiKey: "key",
    secretKey: "secret",
    brandname: "QUEN",
    text: DEFAULT_SMS_TEXT,
    brand: "Phở Đêm",
    fetch: (request) => fetch(request),
    told: (...what) => void told.push(what),
    timeoutMs: 200,
    ...more,
  });
  return { told, sender };
};

describe("SMS by eSMS", () => {
  it("posts as eSMS documents it, in letters without accents", async () => {
    provider.behave(json({ CodeResult: "100", CountRegenerate: 0, SMSID: "d5" }));
    const { sender, told } = esms();
    expect(await sender.sendCode(MESSAGE)).toEqual({ kind: "done", localCode: null, by: "sms" });
    expect(provider.asked).toMatchObject([
      {
        path: "/MainService.svc/json/SendMultipleMessage_V4_post_json/",
        json: {
          ApiKey: "key",
          SecretKey: "secret",
          Phone: "0912345679",
          Content: "012345 la ma vao WiFi Pho Dem, dung trong 5 phut. Khong chia se ma nay voi ai.",
          Brandname: "QUEN",
          SmsType: "2",
          IsUnicode: "0",
          RequestId: "otp_1",
        },
      },
    ]);
    expect(told).toEqual([]);
  });

  it("says when its own text needs Unicode", async () => {
    provider.behave(json({ CodeResult: 100 }));
    await esms({ text: "Mã của bạn: {code}" }).sender.sendCode(MESSAGE);
    expect(provider.asked).toMatchObject([{ json: { Content: "Mã của bạn: 012345", IsUnicode: "1" } }]);
  });

  it("takes a request id that was taken before as sent", async () => {
    provider.behave(json({ CodeResult: "124", ErrorMessage: "Request exist 1" }));
    expect((await esms().sender.sendCode(MESSAGE)).kind).toBe("done");
  });

  it.each([
    ["101", "retry", "settings"],
    ["103", "retry", "settings"],
    ["104", "retry", "settings"],
    ["146", "retry", "settings"],
    ["99", "refuse", "number"],
    ["108", "refuse", "number"],
    ["177", "refuse", "number"],
    ["5150", "retry", "unknown"],
  ])("makes %s: %s, and tells %s with the code", async (code, kind, trouble) => {
    provider.behave(json({ CodeResult: code, ErrorMessage: "whatever" }));
    const { sender, told } = esms();
    expect((await sender.sendCode(MESSAGE)).kind).toBe(kind);
    expect(told).toEqual([[trouble, Number(code), "otp_1"]]);
  });

  const broken: [string, Behaviour, string][] = [
    ["says nothing", silent, "silent"],
    ["cuts the line", reset, "unreachable"],
    ["answers 500", text("error", 500), "unreadable"],
    ["answers an error without a code", json({ error: "Invalid request" }), "unreadable"],
    ["answers 100 MB", huge, "unreadable"],
  ];
  it.each(broken)("can be tried again when eSMS %s", async (_, behaviour, trouble) => {
    provider.behave(behaviour);
    const { sender, told } = esms();
    expect(await sender.sendCode(MESSAGE)).toEqual({ kind: "retry", afterMs: 30_000 });
    expect(told).toEqual([[trouble, null, "otp_1"]]);
  });
});
