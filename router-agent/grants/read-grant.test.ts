import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readGrant } from "./read-grant.ts";

const RHID = "a".repeat(64);
const DEVICE = "AbCdEfGhIjKlMnOpQrStU_";
const GOOD = {
  id: "gr_1",
  gatewayId: "gw_1",
  rhid: RHID,
  action: "allow",
  minutes: 60,
  expiresAt: 1_800_000_000_000,
};

describe("a grant from the wire", () => {
  const rows: [string, unknown, string][] = [
    ["by rhid", GOOD, "grant"],
    ["by device", { ...GOOD, rhid: undefined, device: DEVICE }, "grant"],
    ["with a place", { ...GOOD, params: { site: "Default" } }, "grant"],
    ["with fields of a later version", { ...GOOD, later: 1 }, "grant"],
    ["of nobody", { ...GOOD, rhid: undefined }, "invalid"],
    ["with a rhid that is a command", { ...GOOD, rhid: `${"a".repeat(60)};ls ` }, "invalid"],
    ["with a MAC for a device", { ...GOOD, device: "aa:bb:cc:dd:ee:ff" }, "invalid"],
    ["with another action", { ...GOOD, action: "reboot" }, "invalid"],
    ["for a part of a minute", { ...GOOD, minutes: 0.5 }, "invalid"],
    ["for ever", { ...GOOD, minutes: 1e9 }, "invalid"],
    ["without an end", { ...GOOD, expiresAt: "soon" }, "invalid"],
    ["with a place that is no table", { ...GOOD, params: ["x"] }, "invalid"],
    ["with a long place", { ...GOOD, params: { site: "x".repeat(201) } }, "invalid"],
    ["without an id", { ...GOOD, id: undefined }, "unreadable"],
    ["with an id of another kind", { ...GOOD, id: "a b" }, "unreadable"],
    ["that is null", null, "unreadable"],
    ["that is a list", [GOOD], "unreadable"],
  ];
  test.each(rows)("%s is told apart", (_, wire, kind) => {
    expect(readGrant(wire).kind).toBe(kind);
  });

  test("is read whole", () => {
    const grant = { ...GOOD, device: DEVICE, params: { site: "Default", apMac: "B0-95-75-15-93-44" } };
    expect(readGrant(grant)).toEqual({ kind: "grant", grant });
  });

  test("may be anything at all without harm", () => {
    const kinds = ["grant", "invalid", "unreadable"];
    const isRead = fc.property(fc.anything(), (wire) => kinds.includes(readGrant(wire).kind));
    expect(() => fc.assert(isRead)).not.toThrow();
  });
});
