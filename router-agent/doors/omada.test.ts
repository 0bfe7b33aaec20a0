import { describe, expect, test } from "vitest";
import { parseMac } from "../station.ts";
import { OPERATOR, startOmada } from "../testing/fake-omada.ts";
import { makeController } from "./controller.ts";
import type { Order } from "./door.ts";
import type { OmadaOptions } from "./omada.ts";
import { omadaDoor } from "./omada.ts";

const WIRELESS = { site: "Default", apMac: "B0-95-75-15-93-44", ssidName: "eap225", radioId: "0" };
const order = (more: Partial<Order> = {}): Order => ({
  action: "allow",
  minutes: 2,
  grantId: "gr_1",
  rhid: null,
  mac: parseMac("52:de:63:f1:e3:3b"),
  isNamed: null,
  params: WIRELESS,
  ...more,
});
const never = new AbortController().signal;

const setUp = async (more: Partial<OmadaOptions> = {}) => {
  const omada = await startOmada();
  const options: OmadaOptions = {
    ...OPERATOR,
    controllerId: undefined,
    site: undefined,
    accessPoint: undefined,
    ssid: undefined,
    radioId: undefined,
    timeUnit: "us",
    ...more,
  };
  return { omada, door: omadaDoor(makeController(omada.url, null), options, () => 0) };
};

describe("Omada lets a phone on", () => {
  test("at the access point that the redirect named", async () => {
    const { omada, door } = await setUp();
    expect(await door.carryOut(order(), never)).toEqual({ kind: "done" });
    expect(omada.authorised).toEqual([
      {
        clientMac: "52-DE-63-F1-E3-3B",
        site: "Default",
        apMac: "B0-95-75-15-93-44",
        ssidName: "eap225",
        radioId: 0,
        authType: 4,
        time: 120_000_000,
      },
    ]);
  });

  test("behind a gateway, and where only the settings say the place, in the controller's unit of time", async () => {
    const { omada, door } = await setUp({
      site: "Shop",
      accessPoint: "B0-95-75-15-93-44",
      ssid: "Guest",
      radioId: 1,
      timeUnit: "ms",
    });
    const gateway = { site: "x", gatewayMac: "B0-95-75-00-00-01", vid: "20" };
    await door.carryOut(order({ params: gateway }), never);
    await door.carryOut(order({ params: {} }), never);
    expect(omada.authorised).toMatchObject([
      { site: "Shop", gatewayMac: "B0-95-75-00-00-01", vid: 20, time: 120_000 },
      { site: "Shop", apMac: "B0-95-75-15-93-44", ssidName: "Guest", radioId: 1, time: 120_000 },
    ]);
  });

  test.each(["code", "page", "redirect"] as const)(
    "after signing in again when the session is over, told by a %s",
    async (way) => {
      const { omada, door } = await setUp();
      await door.carryOut(order(), never);
      omada.endSessions(way);
      expect(await door.carryOut(order(), never)).toEqual({ kind: "done" });
      expect([omada.authorised.length, omada.logins]).toEqual([2, 2]);
    },
  );
});

describe("Omada does not let a phone on", () => {
  test("when it refuses, and asks no third time", async () => {
    const { omada, door } = await setUp();
    omada.next = { body: { errorCode: -41501, msg: "Failed to authenticate." } };
    expect(await door.carryOut(order(), never)).toMatchObject({
      kind: "refuse",
      reason: "refused",
      detail: "Omada refuses (-41501).",
    });
    expect(omada.logins).toBe(1);
  });

  test("with a wrong password, without a place, without an address, or to take it off", async () => {
    const locked = await setUp({ password: "wrong" });
    expect(await locked.door.carryOut(order(), never)).toMatchObject({
      kind: "refuse",
      reason: "credentials",
    });
    const { door } = await setUp();
    expect((await door.carryOut(order({ params: {} }), never)).kind).toBe("refuse");
    expect((await door.carryOut(order({ mac: null }), never)).kind).toBe("retry");
    expect((await door.carryOut(order({ action: "deny" }), never)).kind).toBe("refuse");
  });

  test("but tries again when the connection drops", async () => {
    const { omada, door } = await setUp();
    omada.next = null;
    expect(await door.carryOut(order(), never)).toMatchObject({ kind: "retry", reason: "unreachable" });
  });
});
