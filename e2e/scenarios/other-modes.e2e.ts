// What only local mode may do: outside of it the Worker refuses to work without a sender for codes, tells callers
// nothing about why, and does not let them choose the time.

import { afterAll, describe, expect, test } from "vitest";
import { openLab } from "../lab/lab.ts";
import { startWorker } from "../lab/worker.ts";

const lab = openLab();
afterAll(() => lab.close());

const SECRET = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;
const SENDER = {
  QUEN_PUBLIC_URL: "https://wifi.example.vn",
  OTP_WEBHOOK_URL: "https://sender.example.vn/codes",
  OTP_WEBHOOK_SECRET: SECRET,
};

describe("a Worker in production mode", () => {
  test.each([
    ["without a sender", {}, "OTP_WEBHOOK_URL"],
    [
      "with a sender whose secret is none",
      { ...SENDER, OTP_WEBHOOK_SECRET: "secret".repeat(9) },
      "OTP_WEBHOOK_SECRET",
    ],
  ])("%s answers 503, names nothing to the caller and everything to its log", async (_, vars, named) => {
    const worker = await startWorker(lab, { vars: { QUEN_MODE: "production", ...vars } });
    for (const path of ["/v1/admin/health", "/w/anything", "/v1/presence", "/"]) {
      const reply = await fetch(`${worker.url}${path}`, { headers: { "x-quen-now": "0" } });
      const text = await reply.text();
      const hints = /OTP|WEBHOOK|SECRET|sender/i.test(text);
      const asksToRetry = reply.headers.get("retry-after") !== null;
      expect({ path, status: reply.status, hints, asksToRetry }).toEqual({
        path,
        status: 503,
        hints: false,
        asksToRetry: true,
      });
    }
    expect(worker.log.join("\n")).toContain(named);
  });

  test("with a sender works, and ignores the time that a caller wants", async () => {
    const worker = await startWorker(lab, { vars: { QUEN_MODE: "production", ...SENDER } });
    const authorization = `Bearer ${worker.secrets["ADMIN_TOKEN"]}`;
    const reply = await fetch(`${worker.url}/v1/admin/health`, {
      headers: { authorization, "x-quen-now": "0" },
    });
    expect(reply.status).toBe(200);
    const { mode, at } = (await reply.json()) as { mode: string; at: string };
    expect(mode).toBe("production");
    expect(Math.abs(Date.parse(at) - Date.now())).toBeLessThan(60_000);
    expect(reply.headers.get("x-quen-now")).toBeNull();
  });
});
