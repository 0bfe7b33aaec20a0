import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { NO_GATEWAY_SETTINGS } from "../../schema/gateways.ts";
import { link } from "./link.ts";

const read = async (query: string) => {
  const url = new URL(`https://portal.example/w/gw_1?${query}`);
  const result = await link.parse({ url, form: null }, NO_GATEWAY_SETTINGS);
  return result.ok ? result.handOff.client : result.reason;
};

describe("the link gateway", () => {
  it.each([
    ["02:1a:2b:3c:4d:5e"],
    ["02-1A-2B-3C-4D-5E"],
    ["021a.2b3c.4d5e"],
    ["021A2B3C4D5E"],
    ["021a2b-3c4d5e"],
    ["2:1a:2b:3c:4d:5e"],
    ["02%3A1A%3a2b%3A3c%3A4d%3A5e"],
    ["%2002:1a:2b:3c:4d:5e%20"],
  ])("reads the MAC in the spelling %s", async (mac) => {
    expect(await read(`mac=${mac}`)).toEqual({ kind: "mac", mac: "021a2b3c4d5e" });
  });

  it.each([
    ["mac=ff:ff:ff:ff:ff:ff"],
    ["mac=01:00:5e:00:00:01"],
    ["mac=00:00:00:00:00:00"],
    ["mac=02:1a:2b:3c:4d"],
    ["mac=02:1a-2b:3c-4d:5e"],
    ["mac=<script>alert(1)</script>"],
    [`mac=${"0".repeat(4_000)}`],
    ["device=short"],
    ["device=AAAAAAAAAAAAAAAAAAAAAB"],
    ["device='; drop table visits;--"],
  ])("refuses %s", async (query) => {
    expect(await read(query)).toBe("malformed");
  });

  it("prefers a token over a MAC, and does without either", async () => {
    const device = "AAAAAAAAAAAAAAAAAAAAAA";
    expect(await read(`mac=02:1a:2b:3c:4d:5e&device=${device}`)).toEqual({ kind: "device", device });
    expect(await read("userurl=http://example.com/")).toEqual({ kind: "none" });
    expect(await read("mac=&device=")).toEqual({ kind: "none" });
  });

  it("answers something for any query and never throws", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), async (mac, device) => {
        expect(await read(String(new URLSearchParams({ mac, device })))).toBeDefined();
      }),
    );
  });
});
