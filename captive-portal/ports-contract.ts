// The promises of ports.ts as a test suite. Run it over every implementation: the ones in memory and the real ones.
// `make` answers ports that know `gateway`; each call may share storage with the last, so values are made fresh.

import { describe, expect, it } from "vitest";
import type { PhoneNumber } from "../schema/phone.ts";
import { type DeviceToken, parseDeviceToken } from "../schema/ids.ts";
import type { PortalGateway } from "./brand.ts";
import { codesContract } from "./testing/codes-contract.ts";
import { counterContract } from "./testing/counter-contract.ts";
import { ledgerContract } from "./testing/ledger-contract.ts";
import { loginsContract } from "./testing/logins-contract.ts";
import { rightsContract } from "./testing/rights-contract.ts";
import type { PortalPorts } from "./ports.ts";

export type ContractPorts = Pick<
  PortalPorts,
  "gateways" | "devices" | "sessions" | "codes" | "ledger" | "receipts" | "logins" | "rights" | "counter"
>;

export interface PortsFactory {
  readonly gateway: PortalGateway;
  readonly make: () => Promise<ContractPorts>;
  /** Whether storage holds who uses the device. */
  readonly recognises: (device: DeviceToken) => Promise<boolean>;
  /** A time the implementation accepts as now. */
  readonly now: number;
}

export const portsContract = (name: string, factory: PortsFactory): void => {
  describe(`${name} keeps the portal's contract`, () => {
    sessionsContract(factory);
    codesContract(factory);
    ledgerContract(factory);
    loginsContract(factory);
    rightsContract(factory);
    counterContract(factory);

    it("finds a known gateway and answers null for any other id", async () => {
      const { gateways } = await factory.make();
      expect((await gateways.find(factory.gateway.id))?.branchId).toBe(factory.gateway.branchId);
      expect(await gateways.find("gw_00000000")).toBeNull();
      expect(await gateways.find("'; drop table gateways;--")).toBeNull();
    });

    it("gives a MAC one device token, and another MAC another", async () => {
      const { devices } = await factory.make();
      const token = await devices.tokenOf("021a2b3c4d5e");
      expect(parseDeviceToken(token)).toBe(token);
      expect(await devices.tokenOf("021a2b3c4d5e")).toBe(token);
      expect(await devices.tokenOf("021a2b3c4d5f")).not.toBe(token);
    });
  });
};

const sessionsContract = ({ gateway, make, now }: PortsFactory): void => {
  const fresh = {
    gatewayId: gateway.id,
    branchId: gateway.branchId,
    language: "vi",
    shown: "vi.1",
    link: {},
    clientKey: null,
    alreadyOn: false,
    vouched: true,
    returning: false,
  } as const;

  it("opens sessions under addresses and form tokens that cannot be guessed", async () => {
    const { sessions } = await make();
    const opened = await Promise.all(
      Array.from({ length: 20 }, () => sessions.open({ ...fresh, device: null, now })),
    );
    const secrets = opened.flatMap(({ id, formToken }) => [id, formToken]);
    expect(new Set(secrets).size).toBe(40);
    expect(secrets.every((secret) => /^[A-Za-z0-9_-]{22,}$/.test(secret))).toBe(true);
  });

  it("gives a session back as it was saved, phone and choices included", async () => {
    const { sessions, devices } = await make();
    const device = await devices.tokenOf("021a2b3c4d5e");
    const session = await sessions.open({ ...fresh, device, now });
    const wording = { id: "visit_recognition", version: "1", language: "vi", text: "Nhận ra tôi" } as const;
    const choices = [
      { purpose: "visit_recognition", state: "granted", wording, toldSensitive: true },
    ] as const;
    const phone = "+84912345679" as PhoneNumber;
    const step = {
      at: "code",
      phone,
      choices,
      expiresAt: now + 1,
      sent: "now",
      by: "zalo",
      localCode: null,
    } as const;
    expect(await sessions.save({ ...session, step, language: "en", shown: "en.2" })).toBe("saved");
    const found = await sessions.find(session.id, { gatewayId: gateway.id, now });
    expect(found).toEqual({ ...session, step, language: "en", shown: "en.2", revision: found?.revision });
  });

  it("lets one of two saves of the same revision win", async () => {
    const { sessions } = await make();
    const session = await sessions.open({ ...fresh, device: null, now });
    const guest = { ...session, step: { at: "guest", because: "chosen" } as const };
    const saved = await Promise.all([sessions.save(guest), sessions.save(guest)]);
    expect(saved.toSorted()).toEqual(["conflict", "saved"]);
  });

  it("finds no session after 2 hours, through another gateway, or that never was", async () => {
    const { sessions } = await make();
    const session = await sessions.open({ ...fresh, device: null, now });
    const at = { gatewayId: gateway.id, now: now + 2 * 3_600_000 };
    expect(await sessions.find(session.id, { ...at, now: at.now - 1 })).not.toBeNull();
    expect(await sessions.find(session.id, at)).toBeNull();
    const elsewhere = "gw_00000000" as PortalGateway["id"];
    expect(await sessions.find(session.id, { gatewayId: elsewhere, now })).toBeNull();
    expect(await sessions.find("nothing", { gatewayId: gateway.id, now })).toBeNull();
  });
};
