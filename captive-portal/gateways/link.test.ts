import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseLink } from "./link.ts";

const read = (query: string) => parseLink(new URLSearchParams(query));

describe("parseLink", () => {
  it.each([
    ["02:1a:2b:3c:4d:5e"],
    ["02-1A-2B-3C-4D-5E"],
    ["021a.2b3c.4d5e"],
    ["021A2B3C4D5E"],
    ["021a2b-3c4d5e"],
    ["2:1a:2b:3c:4d:5e"],
    ["02%3A1A%3a2b%3A3c%3A4d%3A5e"],
    ["%2002:1a:2b:3c:4d:5e%20"],
  ])("reads the MAC in the spelling %s", (mac) => {
    expect(read(`mac=${mac}`)).toEqual({ kind: "mac", mac: "021a2b3c4d5e" });
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
  ])("refuses %s", (query) => {
    expect(read(query)).toEqual({ kind: "bad" });
  });

  it("prefers a token over a MAC, and does without either", () => {
    const device = "AAAAAAAAAAAAAAAAAAAAAA";
    expect(read(`mac=02:1a:2b:3c:4d:5e&device=${device}`)).toEqual({ kind: "device", device });
    expect(read("userurl=http://example.com/")).toEqual({ kind: "none" });
    expect(read("mac=&device=")).toEqual({ kind: "none" });
  });

  it("answers something for any query and never throws", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (mac, device) => {
        expect(parseLink(new URLSearchParams({ mac, device }))).toHaveProperty("kind");
      }),
    );
  });
});
