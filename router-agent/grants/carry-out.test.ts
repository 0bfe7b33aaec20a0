import { describe, expect, test } from "vitest";
import type { Grant } from "../../schema/wire/agents.ts";
import type { Door, DoorOutcome, Order } from "../doors/door.ts";
import { makeTokens } from "../pseudonym.ts";
import type { Mac } from "../station.ts";
import { parseMac } from "../station.ts";
import type { CarryOutPorts } from "./carry-out.ts";
import { carryOut } from "./carry-out.ts";
import { DeviceBook } from "./device-book.ts";
import { makeFindDevice, readNeighbourMacs } from "./find-device.ts";

const KEYS = [
  { keyId: "k2", key: Buffer.alloc(32, 2).toString("base64url") },
  { keyId: "k1", key: Buffer.alloc(32, 1).toString("base64url") },
];
const macOf = (text: string): Mac => {
  const mac = parseMac(text);
  if (mac === null) throw new Error(`${text} is no MAC`);
  return mac;
};
const MAC = macOf("0e:2a:69:75:97:18");
const [NEW_TOKEN = "", OLD_TOKEN = ""] = makeTokens(KEYS)(MAC);
const GRANT: Grant = { id: "g1", gatewayId: "gw", action: "allow", minutes: 5, expiresAt: 1 };
const never = new AbortController().signal;

const makeDoor = (answers: DoorOutcome[], macs: Mac[] = []) => {
  const orders: Order[] = [];
  const door: Door = {
    carryOut: async (order) => {
      orders.push(order);
      return answers.shift() ?? { kind: "done" };
    },
    check: async () => ({ ok: true, detail: "" }),
    macs: async () => macs,
  };
  return { door, orders };
};

const setUp = () => {
  const book = new DeviceBook(KEYS);
  const limits = { totalMs: 300, unknownMs: 60, firstWaitMs: 5, mostWaitMs: 20 };
  const findDevice = makeFindDevice(book, "/nowhere/ip");
  const isDevice = (device: string, mac: Mac) => book.isOf(device, mac);
  const ports: CarryOutPorts = { findDevice, isDevice, monoMs: () => performance.now(), limits };
  return { book, ports };
};

describe("a grant", () => {
  test("by rhid asks nobody for a MAC, and lets the gateway tell whether it is the phone that it names", async () => {
    const { ports } = setUp();
    const { door, orders } = makeDoor([]);
    const grant = { ...GRANT, rhid: "a".repeat(64), device: NEW_TOKEN };
    expect(await carryOut(grant, door, ports, never)).toEqual({ ok: true });
    expect(orders).toMatchObject([{ rhid: grant.rhid, mac: null, minutes: 5, grantId: "g1" }]);
    const other = macOf("0e:2a:69:75:97:19");
    expect([MAC, other].map((mac) => orders[0]?.isNamed?.(mac))).toEqual([true, false]);
    await carryOut({ ...GRANT, rhid: grant.rhid }, door, ports, never);
    expect(orders[1]?.isNamed).toBeNull();
  });

  test.each([
    ["newest", NEW_TOKEN],
    ["older", OLD_TOKEN],
  ])("by a device token of the %s key goes to the phone that a source has seen", async (_, device) => {
    const { ports, book } = setUp();
    const { door, orders } = makeDoor([]);
    book.saw(MAC);
    expect(await carryOut({ ...GRANT, device }, door, ports, never)).toEqual({ ok: true });
    expect(orders).toMatchObject([{ mac: MAC }]);
  });

  test("for a phone that only the gateway sees finds it there", async () => {
    const { ports } = setUp();
    const { door, orders } = makeDoor([], [MAC]);
    expect(await carryOut({ ...GRANT, device: NEW_TOKEN }, door, ports, never)).toEqual({ ok: true });
    expect(orders).toMatchObject([{ mac: MAC }]);
  });

  test("for a phone that appears a moment later waits for it, and gives up on one that never does", async () => {
    const { ports, book } = setUp();
    const { door } = makeDoor([]);
    setTimeout(() => book.saw(MAC), 20);
    expect(await carryOut({ ...GRANT, device: NEW_TOKEN }, door, ports, never)).toEqual({ ok: true });
    const nobody = "AbCdEfGhIjKlMnOpQrStU_";
    expect(await carryOut({ ...GRANT, device: nobody }, door, ports, never)).toMatchObject({
      ok: false,
      reason: "unknown_device",
    });
  });

  test("is tried again while that may help, and not after a refusal", async () => {
    const { ports } = setUp();
    const rhid = "a".repeat(64);
    const busy: DoorOutcome = { kind: "retry", reason: "busy", detail: "" };
    const patient = makeDoor([busy, busy, busy]);
    expect(await carryOut({ ...GRANT, rhid }, patient.door, ports, never)).toEqual({ ok: true });
    const refused = makeDoor([{ kind: "refuse", reason: "refused", detail: "no aa:bb:cc:dd:ee:ff" }]);
    expect(await carryOut({ ...GRANT, rhid }, refused.door, ports, never)).toEqual({
      ok: false,
      reason: "refused",
      detail: "no [mac]",
    });
    expect(refused.orders).toHaveLength(1);
  });

  test("ends in time although a door hangs or throws", async () => {
    const { ports } = setUp();
    const rhid = "a".repeat(64);
    const { door } = makeDoor([]);
    const hanging: Door = { ...door, carryOut: () => new Promise(() => undefined) };
    expect(await carryOut({ ...GRANT, rhid }, hanging, ports, never)).toMatchObject({ reason: "timeout" });
    const broken: Door = { ...door, carryOut: () => Promise.reject(new Error("at aa:bb:cc:dd:ee:ff")) };
    expect(await carryOut({ ...GRANT, rhid }, broken, ports, never)).toEqual({
      ok: false,
      reason: "unexpected",
      detail: "at [mac]",
    });
  });
});

describe("the device book", () => {
  test("is bounded: who was not seen for longest is forgotten first", () => {
    const book = new DeviceBook(KEYS, 2);
    const [a, b, c] = [macOf("020000000001"), macOf("020000000002"), macOf("020000000003")];
    for (const mac of [a, b, a, c]) book.saw(mac);
    const known = [a, b, c].map((mac) => makeTokens(KEYS)(mac).map((token) => book.macOf(token)));
    expect(known).toEqual([
      [a, a],
      [null, null],
      [c, c],
    ]);
    expect(book.size).toBe(2);
  });

  test.each([
    ["", []],
    ["nonsense", []],
    ['{"a":1}', []],
    [
      '[{"dst":"10.0.0.2","lladdr":"0e:2a:69:75:97:18","state":["STALE"]},{"dst":"10.0.0.3","state":["FAILED"]},7]',
      [MAC],
    ],
  ])("learns from the neighbour table %j", (text, expected) => {
    expect(readNeighbourMacs(text)).toEqual(expected);
  });
});
