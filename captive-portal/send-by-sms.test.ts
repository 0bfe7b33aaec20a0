import { describe, expect, it } from "vitest";
import { memoryPorts } from "./testing/memory-ports.ts";
import { SAMPLE_GATEWAY } from "./testing/sample.ts";
import { PHONE, Shopper, formsOf, sessionOf, textOf } from "./testing/shopper.ts";

const byZalo = { kind: "done", localCode: null, by: "zalo" } as const;
const bySms = { kind: "done", localCode: null, by: "sms" } as const;

const sentByZalo = async () => {
  const shopper = new Shopper();
  shopper.ports.answerSends(byZalo);
  return { shopper, page: await shopper.askForCode() };
};
const offersSms = (html: string): boolean => formsOf(html).some(({ action }) => action.endsWith("/code/sms"));

describe("the code page", () => {
  it.each([
    [byZalo, "Mã 6 số đã gửi qua Zalo tới", true],
    [bySms, "Mã 6 số đã gửi bằng SMS tới", false],
    [{ ...bySms, by: "other" }, "Mã 6 số đã gửi tới", false],
  ] as const)(
    "says which way the code went, and offers the SMS after Zalo only: %j",
    async (done, says, offers) => {
      const shopper = new Shopper();
      shopper.ports.answerSends(done);
      const page = await shopper.askForCode();
      expect(textOf(page.html)).toContain(says);
      expect(offersSms(page.html)).toBe(offers);
    },
  );

  it("offers no SMS where there is none", async () => {
    const { sender } = memoryPorts([SAMPLE_GATEWAY]);
    const shopper = new Shopper({
      change: { sender: { ...sender, canSms: false, sendCode: async () => byZalo } },
    });
    expect(offersSms((await shopper.askForCode()).html)).toBe(false);
  });

  it("still says Zalo and offers the SMS when the phone is typed again after the assistant was closed", async () => {
    const { shopper } = await sentByZalo();
    const again = await shopper.askForCode();
    expect(textOf(again.html)).toContain("Mã gửi qua Zalo tới");
    expect(offersSms(again.html)).toBe(true);
    expect(shopper.ports.sent).toHaveLength(1);
  });
});

describe("send by SMS", () => {
  it.each([0, 1])("sends at once, and both codes are good: number %i", async (which) => {
    const { shopper, page } = await sentByZalo();
    shopper.ports.answerSends(bySms);
    const after = await shopper.submit(page, "/code/sms");
    expect(textOf(after.html)).toContain("đã gửi bằng SMS tới");
    expect(shopper.ports.sent.map(({ via }) => via)).toEqual(["any", "sms"]);
    expect((await shopper.typeCode(after, shopper.ports.sent[which]?.code)).url).toMatch(/\/done$/);
  });

  it("waits 30 s the second time, and a new code then goes by SMS too", async () => {
    const { shopper, page } = await sentByZalo();
    shopper.ports.answerSends(bySms);
    const after = await shopper.submit(page, "/code/sms");
    const token = /name="token" value="([^"]*)"/.exec(after.html)?.[1] ?? "";
    const path = new URL(after.url).pathname;
    const second = await shopper.post(`${path}/sms`, { token });
    expect(second.status).toBe(429);
    expect(second.headers.get("retry-after")).toBe("30");
    shopper.now += 30_000;
    await shopper.submit(after, "/again");
    expect(shopper.ports.sent.at(-1)?.via).toBe("sms");
    expect(shopper.ports.counted).toEqual(["limited_phone"]);
  });

  it.each([
    [{ kind: "retry", afterMs: 30_000 }, 503, "sender_retry"],
    [{ kind: "refuse", reason: "blocked" }, 422, "sender_refused"],
  ] as const)("leaves the code by Zalo good when the SMS fails with %j", async (answer, status, counted) => {
    const { shopper, page } = await sentByZalo();
    shopper.ports.answerSends(answer);
    const failed = await shopper.submit(page, "/code/sms");
    expect(failed.status).toBe(status);
    expect(textOf(failed.html)).toContain("Hãy dùng mã đã gửi qua Zalo");
    expect(shopper.ports.counted).toEqual([counted]);
    expect((await shopper.typeCode(failed, shopper.ports.sent[0]?.code)).url).toMatch(/\/done$/);
  });

  it("is refused from another site", async () => {
    const { shopper, page } = await sentByZalo();
    const foreign = await shopper.post(`${new URL(page.url).pathname}/sms`, { token: "guessed" });
    expect(foreign.status).toBe(403);
    expect(shopper.ports.sent).toHaveLength(1);
  });

  it("does not make the code wait for a note of its way that cannot be written", async () => {
    const ports = memoryPorts([SAMPLE_GATEWAY]);
    const codes = { ...ports.codes, noteWay: () => Promise.reject(new Error("The gate is away")) };
    const sender = { ...ports.sender, sendCode: async () => byZalo };
    const shopper = new Shopper({ change: { codes, sender } });
    const page = await shopper.open();
    const code = await shopper.submit(page, sessionOf(page), { phone: PHONE, adult: "yes" });
    expect(code.url).toMatch(/\/code$/);
    expect(shopper.reports).toHaveLength(1);
  });
});
