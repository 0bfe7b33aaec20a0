// What is promised of `LimitedCodes`.

import { expect, it } from "vitest";
import type { PhoneNumber } from "../../schema/phone.ts";
import type { CodeAsk, CodeIssue } from "../ports.ts";
import type { PortsFactory } from "../ports-contract.ts";
import { freshMac, freshPhone } from "./fresh.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const sent = (issue: CodeIssue) =>
  issue.kind === "send" ? issue : { code: "", messageId: "", kind: issue.kind };
const other = (code: string): string => (code === "000000" ? "000001" : "000000");

export const codesContract = ({ gateway, make, now }: PortsFactory): void => {
  const prepare = async () => {
    const { codes, devices } = await make();
    const device = await devices.tokenOf(freshMac());
    const ask = (more: Partial<CodeAsk> = {}): CodeAsk => ({
      phone: "" as PhoneNumber,
      device,
      sessionId: "s1",
      branchId: gateway.branchId,
      now,
      ...more,
    });
    return { codes, devices, ask };
  };

  it("makes a six-digit code and accepts it once, from the session that may repeat itself", async () => {
    const { codes, ask } = await prepare();
    const phone = freshPhone();
    const issue = await codes.issue({ ...ask({ phone }), intent: "resume" });
    expect(issue).toMatchObject({ kind: "send", expiresAt: now + 5 * MINUTE });
    const { code, messageId } = sent(issue);
    expect(code).toMatch(/^\d{6}$/);
    expect(await codes.verify({ ...ask({ phone }), code })).toEqual({ kind: "right", messageId });
    expect(await codes.verify({ ...ask({ phone }), code })).toEqual({ kind: "right", messageId });
    expect(await codes.verify({ ...ask({ phone, sessionId: "s2" }), code })).toEqual({ kind: "used" });
  });

  it("resumes for the same device and phone without a second message", async () => {
    const { codes, ask } = await prepare();
    const phone = freshPhone();
    const { code } = sent(await codes.issue({ ...ask({ phone }), intent: "resume" }));
    const again = ask({ phone, sessionId: "s2", now: now + MINUTE });
    expect(await codes.issue({ ...again, intent: "resume" })).toEqual({
      kind: "pending",
      expiresAt: now + 5 * MINUTE,
      by: null,
    });
    expect((await codes.verify({ ...again, code })).kind).toBe("right");
  });

  it("keeps a code to its device and phone", async () => {
    const { codes, devices, ask } = await prepare();
    const [phone, foreign] = [freshPhone(), freshPhone()];
    const { code } = sent(await codes.issue({ ...ask({ phone }), intent: "resume" }));
    const device = await devices.tokenOf(freshMac());
    expect(await codes.verify({ ...ask({ phone, device }), code })).toEqual({ kind: "none" });
    expect(await codes.verify({ ...ask({ phone: foreign }), code })).toEqual({ kind: "none" });
  });

  it("keeps a code to its session where there is no device", async () => {
    const { codes, ask } = await prepare();
    const phone = freshPhone();
    const { code } = sent(await codes.issue({ ...ask({ phone, device: null }), intent: "resume" }));
    expect(await codes.verify({ ...ask({ phone, device: null, sessionId: "s2" }), code })).toEqual({
      kind: "none",
    });
    expect((await codes.verify({ ...ask({ phone, device: null }), code })).kind).toBe("right");
  });

  it("expires a code after 5 minutes and voids it after 5 wrong attempts", async () => {
    const { codes, ask } = await prepare();
    const [late, tried] = [freshPhone(), freshPhone()];
    const { code } = sent(await codes.issue({ ...ask({ phone: late }), intent: "resume" }));
    const after = ask({ phone: late, now: now + 5 * MINUTE });
    expect(await codes.verify({ ...after, code })).toEqual({ kind: "expired" });
    const second = sent(await codes.issue({ ...ask({ phone: tried }), intent: "resume" }));
    for (const attemptsLeft of [4, 3, 2, 1, 0]) {
      const verdict = await codes.verify({ ...ask({ phone: tried }), code: other(second.code) });
      expect(verdict).toEqual({ kind: "wrong", attemptsLeft });
    }
    const verdict = await codes.verify({ ...ask({ phone: tried }), code: second.code });
    expect(verdict).toEqual({ kind: "too_many" });
  });

  it("counts guesses made at once one by one", async () => {
    const { codes, ask } = await prepare();
    const phone = freshPhone();
    const { code } = sent(await codes.issue({ ...ask({ phone }), intent: "resume" }));
    const guesses = Array.from({ length: 20 }, () => codes.verify({ ...ask({ phone }), code: other(code) }));
    const kinds = (await Promise.all(guesses)).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === "wrong")).toHaveLength(5);
  });

  it("keeps 30 s between messages and 5 a day to one phone", async () => {
    const { codes, ask } = await prepare();
    const phone = freshPhone();
    const again = (at: number) => codes.issue({ ...ask({ phone, now: at }), intent: "again" });
    expect((await again(now)).kind).toBe("send");
    expect(await again(now + 29_999)).toEqual({ kind: "limited", by: "phone", retryAt: now + 30_000 });
    for (const hour of [1, 2, 3, 4]) {
      expect((await again(now + hour * HOUR)).kind).toBe("send");
    }
    expect(await again(now + 5 * HOUR)).toEqual({ kind: "limited", by: "phone", retryAt: now + 24 * HOUR });
    expect((await again(now + 24 * HOUR)).kind).toBe("send");
  });

  it("stops a device that asks for one phone after the other", async () => {
    const { codes, ask } = await prepare();
    const issues: CodeIssue[] = [];
    for (let i = 0; i < 30; i += 1) {
      issues.push(await codes.issue({ ...ask({ phone: freshPhone() }), intent: "resume" }));
    }
    expect(issues.at(-1)).toMatchObject({ kind: "limited", by: "device" });
  });

  it("forgets a code whose message did not leave, and its place in the phone's limits", async () => {
    const { codes, ask } = await prepare();
    const phone = freshPhone();
    const { code, messageId } = sent(await codes.issue({ ...ask({ phone }), intent: "resume" }));
    await codes.forget({ ...ask({ phone }), messageId });
    expect(await codes.verify({ ...ask({ phone }), code })).toEqual({ kind: "none" });
    expect((await codes.issue({ ...ask({ phone }), intent: "resume" })).kind).toBe("send");
  });

  it("keeps the code that is on its way when the message with a newer one did not leave", async () => {
    const { codes, ask } = await prepare();
    const phone = freshPhone();
    const { code, messageId } = sent(await codes.issue({ ...ask({ phone }), intent: "resume" }));
    const later = ask({ phone, now: now + 31_000 });
    const lost = sent(await codes.issue({ ...later, intent: "again" }));
    await codes.forget({ ...later, messageId: lost.messageId });
    expect((await codes.issue({ ...later, intent: "resume" })).kind).toBe("pending");
    expect(await codes.verify({ ...later, code })).toEqual({ kind: "right", messageId });
  });

  it("lets an SMS follow a code that went by Zalo at once, and accepts either", async () => {
    for (const typed of ["by Zalo", "by SMS"]) {
      const { codes, ask } = await prepare();
      const phone = freshPhone();
      const zalo = sent(await codes.issue({ ...ask({ phone }), intent: "resume" }));
      await codes.noteWay({ ...ask({ phone }), messageId: zalo.messageId, by: "zalo" });
      const later = ask({ phone, now: now + 1_000 });
      expect(await codes.issue({ ...later, intent: "resume" })).toMatchObject({
        kind: "pending",
        by: "zalo",
      });
      const sms = sent(await codes.issue({ ...later, intent: "by_sms" }));
      const { code, messageId } = typed === "by Zalo" ? zalo : sms;
      expect(await codes.verify({ ...later, code })).toEqual({ kind: "right", messageId });
    }
  });

  it("counts the guesses of a code by Zalo and the one by SMS together", async () => {
    const { codes, ask } = await prepare();
    const phone = freshPhone();
    const zalo = sent(await codes.issue({ ...ask({ phone }), intent: "resume" }));
    await codes.noteWay({ ...ask({ phone }), messageId: zalo.messageId, by: "zalo" });
    const neither = (...all: string[]): string =>
      ["000000", "000001", "000002"].find((guess) => !all.includes(guess)) ?? "";
    await codes.verify({ ...ask({ phone }), code: other(zalo.code) });
    const sms = sent(await codes.issue({ ...ask({ phone, now: now + 1 }), intent: "by_sms" }));
    for (const attemptsLeft of [3, 2, 1, 0]) {
      const verdict = await codes.verify({
        ...ask({ phone, now: now + 1 }),
        code: neither(zalo.code, sms.code),
      });
      expect(verdict).toEqual({ kind: "wrong", attemptsLeft });
    }
    for (const { code } of [zalo, sms])
      expect(await codes.verify({ ...ask({ phone, now: now + 1 }), code })).toEqual({ kind: "too_many" });
  });

  it("keeps the 30 s before an SMS that follows an SMS", async () => {
    const { codes, ask } = await prepare();
    const phone = freshPhone();
    const bySms = (at: number) => codes.issue({ ...ask({ phone, now: at }), intent: "by_sms" });
    const first = sent(await codes.issue({ ...ask({ phone }), intent: "resume" }));
    await codes.noteWay({ ...ask({ phone }), messageId: first.messageId, by: "zalo" });
    const { messageId } = sent(await bySms(now + 1_000));
    await codes.noteWay({ ...ask({ phone }), messageId, by: "sms" });
    expect(await bySms(now + 2_000)).toEqual({ kind: "limited", by: "phone", retryAt: now + 31_000 });
  });

  it("keeps the 30 s after an SMS that could not be sent, and the code by Zalo", async () => {
    const { codes, ask } = await prepare();
    const phone = freshPhone();
    const bySms = (at: number) => codes.issue({ ...ask({ phone, now: at }), intent: "by_sms" });
    const { code, messageId } = sent(await codes.issue({ ...ask({ phone }), intent: "resume" }));
    await codes.noteWay({ ...ask({ phone }), messageId, by: "zalo" });
    const lost = sent(await bySms(now + 1_000));
    await codes.forget({ ...ask({ phone }), messageId: lost.messageId });
    expect(await bySms(now + 2_000)).toEqual({ kind: "limited", by: "phone", retryAt: now + 30_000 });
    expect((await codes.verify({ ...ask({ phone }), code })).kind).toBe("right");
  });
};
