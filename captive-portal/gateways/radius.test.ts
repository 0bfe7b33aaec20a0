import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { accountingOf } from "./radius-accounting.ts";
import { parseRadius, type RadiusAttributes } from "./radius-attributes.ts";
import { askOf, authorizeReply, isRadiusServer } from "./radius-rest.ts";

const NOW = Date.UTC(2026, 10, 2, 3);
const USER = "k7m2q9x8r1t4w6y3";

const packet = (attributes: Record<string, string | number>): RadiusAttributes => {
  const body = Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [name, { type: typeof value, value: [value] }]),
  );
  const parsed = parseRadius(JSON.stringify(body));
  if (parsed === null) throw new Error("The sample is no packet");
  return parsed;
};

describe("a packet as rlm_rest shows it", () => {
  it("is read by attribute name, first value, as text", () => {
    const body = `{"User-Name":{"type":"string","value":["bob"]},"NAS-Port":{"type":"integer","value":[7,8]},"Acct-Status-Type":{"type":"integer","value":["Start"],"attr_num":40}}`;
    expect([...(parseRadius(body) ?? [])]).toEqual([
      ["User-Name", "bob"],
      ["NAS-Port", "7"],
      ["Acct-Status-Type", "Start"],
    ]);
  });

  it.each([["[]"], ["null"], ["7"], ["{"], [""], [`"${"x".repeat(40_000)}"`]])(
    "is null for what is none: %.20s",
    (body) => {
      expect(parseRadius(body)).toBeNull();
    },
  );

  it("leaves out what is not understood and never throws", () => {
    expect([
      ...(parseRadius(`{"A":null,"B":{"value":[]},"C":{"value":[{}]},"__proto__":{"value":["x"]}}`) ?? []),
    ]).toEqual([["__proto__", "x"]]);
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (body) => {
        const attributes = parseRadius(body);
        expect(attributes === null || attributes instanceof Map).toBe(true);
      }),
    );
  });
});

describe("an authorisation", () => {
  it("is asked for a credential of ours by a client whose MAC becomes a token", () => {
    expect(askOf(packet({ "User-Name": USER, "Calling-Station-Id": "02-1A-2B-3C-4D-5E" }))).toEqual({
      username: USER,
      callingStation: "021a2b3c4d5e",
    });
  });

  it.each([
    ["02-1A-2B-3C-4D-5E"],
    ["021a2b3c4d5e"],
    ["%{exec:id}"],
    ["bob@example.vn"],
    [""],
    ["K7M2Q9X8R1T4W6Y3"],
  ])("for the user name %j is not ours", (name) => {
    expect(askOf(packet({ "User-Name": name }))).toBeNull();
  });

  it("accepts with the password for FreeRADIUS to compare, the time that is left, and no expansion anywhere", () => {
    const { status, body } = authorizeReply({ kind: "accept", password: "p1", seconds: 3_599.9 });
    expect(status).toBe(200);
    expect(body).toEqual({
      "control:Cleartext-Password": { op: ":=", value: ["p1"], do_xlat: false, is_json: false },
      "reply:Session-Timeout": { op: ":=", value: [3_599], do_xlat: false, is_json: false },
      "reply:Acct-Interim-Interval": { op: ":=", value: [300], do_xlat: false, is_json: false },
    });
  });

  it.each([
    [{ kind: "accept", password: "p", seconds: 0.5 }, 401],
    [{ kind: "reject" }, 401],
    [{ kind: "unknown" }, 404],
    [{ kind: "retry" }, 503],
  ] as const)("that is %j answers %i", (decision, status) => {
    expect(authorizeReply(decision).status).toBe(status);
  });

  it("comes from whoever shows the gateway's key, and from nobody where there is none", () => {
    const radiusKey = "a".repeat(64);
    expect(isRadiusServer(radiusKey, { radiusKey })).toBe(true);
    expect(isRadiusServer("b".repeat(64), { radiusKey })).toBe(false);
    expect(isRadiusServer(null, { radiusKey })).toBe(false);
    expect(isRadiusServer("", { radiusKey: null })).toBe(false);
  });
});

describe("accounting", () => {
  it("tells who is on since when, with counters beyond 4 GiB", () => {
    const attributes = packet({
      "Acct-Status-Type": "Interim-Update",
      "User-Name": USER,
      "Calling-Station-Id": "02:1a:2b:3c:4d:5e",
      "Acct-Session-Id": "81200005",
      "Acct-Session-Time": 600,
      "Acct-Input-Octets": 10,
      "Acct-Output-Octets": 5,
      "Acct-Output-Gigawords": 2,
      "Acct-Delay-Time": 3,
    });
    expect(accountingOf(attributes, NOW)).toEqual({
      status: "interim",
      username: USER,
      callingStation: "021a2b3c4d5e",
      sessionId: "81200005",
      sessionSeconds: 600,
      inputOctets: 10,
      outputOctets: 2 * 2 ** 32 + 5,
      endedBySilence: false,
      at: NOW - 3_000,
    });
  });

  it.each([
    ["Stop", "Idle-Timeout", true],
    ["Stop", 4, true],
    ["Stop", "Lost-Carrier", true],
    ["Stop", "User-Request", false],
    ["Interim-Update", "Idle-Timeout", false],
  ] as const)("with %s and the cause %s ended by silence: %s", (status, cause, silence) => {
    const attributes = packet({ "Acct-Status-Type": status, "Acct-Terminate-Cause": cause });
    expect(accountingOf(attributes, NOW)?.endedBySilence).toBe(silence);
  });

  it.each([
    ["Start", "start"],
    ["Alive", "interim"],
    [2, "stop"],
    ["Accounting-On", "on"],
    ["Accounting-Off", "off"],
  ] as const)("with the status %s is %s", (text, status) => {
    expect(accountingOf(packet({ "Acct-Status-Type": text }), NOW)?.status).toBe(status);
  });

  it("with another status, counters that are none or a delay of years stays harmless", () => {
    expect(accountingOf(packet({ "Acct-Status-Type": "Tunnel-Start" }), NOW)).toBeNull();
    expect(accountingOf(packet({}), NOW)).toBeNull();
    const odd = packet({
      "Acct-Status-Type": "Stop",
      "Acct-Session-Time": "-5",
      "Acct-Input-Octets": "1e99",
      "Acct-Delay-Time": 4_294_967_295,
      "Acct-Session-Id": "a\u0000b",
      "User-Name": "x".repeat(300),
    });
    expect(accountingOf(odd, NOW)).toMatchObject({
      sessionSeconds: 0,
      inputOctets: 0,
      at: NOW - 3_600_000,
      sessionId: null,
      username: null,
    });
  });
});
