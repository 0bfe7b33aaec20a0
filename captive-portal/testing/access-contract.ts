// What is promised of `AccessGrants`. Run it over the one in memory and the real one.

import { describe, expect, it } from "vitest";
import type { BranchId, DeviceToken, GatewayId } from "../../schema/ids.ts";
import type { AccessAsk, AccessGrants } from "../access.ts";

export interface AccessFactory {
  readonly gatewayId: GatewayId;
  readonly branchId: BranchId;
  readonly access: () => AccessGrants;
  /** How the store's agent answers from now on; null: none is connected. */
  readonly agentAnswers: (answer: "online" | "refused" | null) => Promise<void>;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

export const accessContract = (
  name: string,
  { gatewayId, branchId, access, agentAnswers }: AccessFactory,
): void => {
  let made = 0;
  /** Storage is shared, so each test has its own device, session and grant. */
  const fresh = (more: Partial<AccessAsk> = {}): AccessAsk => {
    made += 1;
    const device = `${String(made).padStart(4, "0")}AAAAAAAAAAAAAAAAAA`
      .slice(0, 21)
      .concat("A") as DeviceToken;
    return {
      id: `gr_contract${made}`,
      gatewayId,
      branchId,
      device,
      clientKey: null,
      plan: { agent: { by: "rhid", rhid: "ab".repeat(32), device }, queue: null, asks: null },
      username: `contractuser${String(made).padStart(4, "0")}`,
      password: `contractpassword${String(made).padStart(8, "0")}`,
      minutes: 60,
      reason: "signed_in",
      sessionId: `session${made}`,
      now: Date.now(),
      ...more,
    };
  };
  const at = (now: number) => ({ branchId, now });

  describe(`${name} keeps the contract of grants`, () => {
    it("waits for whoever confirms a grant, and knows it from then on", async () => {
      await agentAnswers(null);
      const ask = fresh();
      expect(await access().allow(ask)).toEqual({ kind: "waiting", device: null });
      const seen = { state: "waiting", device: null, sessionId: ask.sessionId };
      expect(await access().state(ask.id, at(ask.now))).toEqual(seen);
    });

    it("is on when the store's agent could, and then the agent has named the device", async () => {
      await agentAnswers("online");
      const ask = fresh();
      expect(await access().allow(ask)).toEqual({ kind: "online", device: ask.device });
      expect(await access().allow(ask)).toEqual({ kind: "online", device: ask.device });
      const seen = { state: "online", device: ask.device, sessionId: ask.sessionId };
      expect(await access().state(ask.id, at(ask.now + MINUTE))).toEqual(seen);
    });

    it("does not take the device for named by an agent that was told to let it on", async () => {
      await agentAnswers("online");
      const ask = fresh();
      const { device } = ask;
      if (device === null) throw new Error("The ask names no device");
      const told = { ...ask, plan: { ...ask.plan, agent: { by: "device" as const, device } } };
      expect(await access().allow(told)).toEqual({ kind: "online", device: null });
    });

    it("is refused when the agent could not, and tried again when it is asked again", async () => {
      await agentAnswers("refused");
      const ask = fresh();
      expect((await access().allow(ask)).kind).toBe("refused");
      expect((await access().state(ask.id, at(ask.now))).state).toBe("refused");
      await agentAnswers("online");
      expect((await access().allow({ ...ask, now: ask.now + MINUTE })).kind).toBe("online");
    });

    it("ends when its time is over, however often it was asked for", async () => {
      await agentAnswers("online");
      const ask = fresh({ minutes: 5 });
      for (const minute of [0, 2, 4]) await access().allow({ ...ask, now: ask.now + minute * MINUTE });
      expect((await access().state(ask.id, at(ask.now + 5 * MINUTE - 1))).state).toBe("online");
      const over = { state: "over", device: null, sessionId: null };
      expect(await access().state(ask.id, at(ask.now + 5 * MINUTE))).toEqual(over);
      expect(await access().state("gr_neverwas", at(ask.now))).toEqual(over);
    });

    it("gives a bounded window once a device and hour, whatever session asks", async () => {
      await agentAnswers("online");
      const ask = fresh({ reason: "zalo_window", minutes: 5 });
      const again = (after: number): AccessAsk => ({
        ...fresh({ reason: "zalo_window", minutes: 5 }),
        device: ask.device,
        now: ask.now + after,
      });
      expect((await access().allow(ask)).kind).toBe("online");
      expect((await access().allow({ ...ask, now: ask.now + MINUTE })).kind).toBe("online");
      const limited = { kind: "limited", retryAt: ask.now + HOUR };
      expect(await access().allow(again(MINUTE))).toEqual(limited);
      expect(await access().allow({ ...ask, now: ask.now + 10 * MINUTE })).toEqual(limited);
      expect(await access().allow(again(HOUR - 1))).toEqual(limited);
      expect((await access().allow(again(HOUR))).kind).toBe("online");
      const other = fresh({ reason: "zalo_window", minutes: 5 });
      expect((await access().allow(other)).kind).toBe("online");
    });

    it("limits nothing but bounded windows", async () => {
      await agentAnswers("online");
      const { device } = fresh();
      for (const reason of ["signed_in", "guest", "returned", "zalo_window"] as const)
        expect((await access().allow({ ...fresh({ reason }), device })).kind).toBe("online");
    });

    it("knows a live grant by the gateway's name of its client, at that gateway only", async () => {
      await agentAnswers("online");
      const ask = fresh({ clientKey: "5e6792ce00000006", minutes: 5 });
      await access().allow(ask);
      const here = { gatewayId, ...at(ask.now) };
      const until = ask.now + 5 * MINUTE;
      expect(await access().byClient("5e6792ce00000006", here)).toEqual({ state: "online", until });
      expect(await access().byClient("5e6792ce00000006", { ...here, now: until })).toBeNull();
      expect(await access().byClient("5e6792ce00000007", here)).toBeNull();
      const elsewhere = { ...here, gatewayId: "gw_elsewhere0" as GatewayId };
      expect(await access().byClient("5e6792ce00000006", elsewhere)).toBeNull();
    });
  });
};
