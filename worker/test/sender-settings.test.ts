// Who carries codes: one that is configured in part is refused with the name of what is missing.

import { env } from "cloudflare:workers";
import { describe, expect, test } from "vitest";
import { parseSettings } from "../env.ts";

const APP = { ZALO_APP_ID: "1234567890", ZALO_APP_SECRET: "app-secret" };
const ZNS = { ...APP, ZNS_TEMPLATE_ID: "203972", ZALO_OA_REFRESH_TOKEN: "a refresh token of Zalo" };
const ESMS = { ESMS_API_KEY: "api-key-1", ESMS_SECRET_KEY: "secret-1", ESMS_BRANDNAME: "QUEN" };
const WEBHOOK = {
  OTP_WEBHOOK_URL: "https://sender.example/otp",
  OTP_WEBHOOK_SECRET: `whsec_${Buffer.alloc(32, 7).toString("base64")}`,
};

const parse = (more: Record<string, unknown>, mode = "production") =>
  parseSettings({ ...env, QUEN_MODE: mode, QUEN_PUBLIC_URL: "https://wifi.example.vn", ...more });
const problems = (more: Record<string, unknown>, mode = "production"): string[] => {
  const result = parse(more, mode);
  return result.ok ? [] : result.problems;
};

describe("outside local mode", () => {
  test.each([
    ["a webhook", WEBHOOK],
    ["eSMS", ESMS],
    ["Zalo", ZNS],
    ["Zalo whose token the operator sets", { ...APP, ZNS_TEMPLATE_ID: "1" }],
    ["Zalo and eSMS", { ...ZNS, ...ESMS }],
    ["empty lines for the others", { ...ESMS, OTP_WEBHOOK_URL: "", ZNS_TEMPLATE_ID: " ", ESMS_TEXT: "" }],
  ])("%s is enough", (_, more) => {
    expect(problems(more)).toEqual([]);
  });

  test("none is not, nor is an app for login alone", () => {
    const none = expect.stringMatching(/^OTP_WEBHOOK_URL is missing: .*ESMS_API_KEY or ZNS_TEMPLATE_ID/);
    expect(problems({})).toEqual([none]);
    expect(problems(APP)).toEqual([none]);
  });

  test.each(["ZALO_OAUTH_URL", "ZALO_GRAPH_URL", "ZALO_BUSINESS_URL", "ESMS_URL"])("%s is https", (name) => {
    expect(problems({ ...ESMS, [name]: "http://127.0.0.1:9" })).toEqual([
      `${name} must be https outside local mode`,
    ]);
    expect(problems({ ...ESMS, [name]: "http://127.0.0.1:9" }, "local")).toEqual([]);
  });
});

describe.each(["local", "production"])("in %s mode", (mode) => {
  test.each([
    ["OTP_WEBHOOK_SECRET", { ...ESMS, OTP_WEBHOOK_URL: WEBHOOK.OTP_WEBHOOK_URL }],
    ["OTP_WEBHOOK_URL", { ...ESMS, OTP_WEBHOOK_SECRET: WEBHOOK.OTP_WEBHOOK_SECRET }],
    ["ZALO_APP_SECRET", { ...ESMS, ZALO_APP_ID: "1" }],
    ["ZALO_APP_ID", { ...ESMS, ZALO_APP_SECRET: "app-secret" }],
    ["ZALO_APP_ID", { ...ESMS, ZNS_TEMPLATE_ID: "1", ZALO_APP_SECRET: "app-secret" }],
    ["ZNS_TEMPLATE_ID", { ...ESMS, ...APP, ZALO_OA_REFRESH_TOKEN: "a refresh token of Zalo" }],
    ["ESMS_BRANDNAME", { ...WEBHOOK, ESMS_API_KEY: "api-key-1", ESMS_SECRET_KEY: "secret-1" }],
    ["ESMS_API_KEY", { ...WEBHOOK, ESMS_SECRET_KEY: "secret-1", ESMS_BRANDNAME: "QUEN" }],
  ])("a half of a sender is refused with the name of %s", (name, more) => {
    expect(problems(more, mode).some((one) => one.startsWith(`${name} is missing: `))).toBe(true);
  });

  test.each([
    ["ESMS_TEXT", "Ma cua ban"],
    ["ESMS_URL", "https://user:pass@rest.esms.vn"],
    ["ESMS_URL", "https://rest.esms.vn/?a=1"],
    ["ESMS_URL", "ftp://rest.esms.vn"],
    ["ZALO_APP_ID", "app"],
    ["ZALO_APPSECRET_PROOF", "yes"],
    ["ZNS_OTP_PARAM", "o t p"],
    ["ZALO_OA_REFRESH_TOKEN", "short"],
  ])("%s=%s is refused", (name, value) => {
    const found = problems({ ...ZNS, ...ESMS, [name]: value }, mode);
    expect(found.some((one) => one.startsWith(`${name} `))).toBe(true);
    expect(found.join(" ")).not.toContain(value);
  });
});

test("addresses and texts have what the providers document as their defaults", () => {
  const result = parse({ ...ZNS, ...ESMS, ZALO_GRAPH_URL: "https://relay.example.vn/zalo/" });
  expect(result.ok ? result.settings : null).toMatchObject({
    ZALO_OAUTH_URL: "https://oauth.zaloapp.com",
    ZALO_GRAPH_URL: "https://relay.example.vn/zalo",
    ZALO_BUSINESS_URL: "https://business.openapi.zalo.me",
    ZALO_APPSECRET_PROOF: "off",
    ZNS_OTP_PARAM: "otp",
    ESMS_URL: "https://rest.esms.vn",
  });
});
