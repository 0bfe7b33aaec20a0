import { describe, expect, it } from "vitest";
import { GATEWAY_NEEDS } from "../../../schema/gateway-needs.ts";
import { type GatewayKind, NO_GATEWAY_SETTINGS } from "../../../schema/gateways.ts";
import { configOf } from "./registry.ts";

const SECRET = "5".repeat(64);
const RADIUS_KEY = "7".repeat(64);

const print = (kind: GatewayKind): string =>
  configOf(kind, {
    gatewayId: "gw_4k7m2q9x8r1t",
    branchName: "Quận 1",
    base: "https://portal.example",
    url: "https://portal.example/w/gw_4k7m2q9x8r1t",
    settings: {
      ...NO_GATEWAY_SETTINGS,
      secret: SECRET,
      origins: ["http://192.168.88.1"],
      radiusKey: RADIUS_KEY,
    },
  });

const VENDORS = ["mikrotik", "unifi", "omada", "meraki", "aruba", "ruckus"] as const;

describe("a printed configuration", () => {
  it.each(VENDORS)("of %s names the page and the portal's host, and leaves no gap", (kind) => {
    const text = print(kind);
    expect(text).toMatch(/portal\.example/);
    expect(text).toMatch(/\/w\/gw_4k7m2q9x8r1t/);
    expect(text).not.toMatch(/undefined|null|\[object|\$\{(?!\.\.)/);
  });

  it.each(VENDORS.filter((kind) => GATEWAY_NEEDS[kind].radius === "asks"))(
    "of %s brings the whole of FreeRADIUS with both secrets",
    (kind) => {
      const text = print(kind);
      expect(text).toContain(`secret = ${SECRET}`);
      expect(text).toContain(`&REST-HTTP-Header += "x-api-key: ${RADIUS_KEY}"`);
      expect(text).toContain(`connect_uri = "https://portal.example/w/gw_4k7m2q9x8r1t/radius"`);
      for (const part of ["authorize", "accounting", "post-auth"]) {
        expect(text).toContain(`uri = "\${..connect_uri}/${part}"`);
        // Once as what asks us, once as the section of the server that makes it ask.
        expect(text.match(new RegExp(`^  ${part} \\{`, "gm"))).toHaveLength(2);
      }
    },
  );

  it.each(["unifi", "omada"] as const)("of %s brings the agent's table and no secret of ours", (kind) => {
    const text = print(kind);
    expect(text).toContain(`[[gateway]]\nkind = "${kind}"\nid = "gw_4k7m2q9x8r1t"\n`);
    expect(text).not.toContain(SECRET);
    expect(text).not.toContain(RADIUS_KEY);
  });

  it("of UniFi has no web server in between keep the shopper's MAC in its log", () => {
    expect(print("unifi")).toContain(
      "location /guest/s/ { access_log off; return 302 https://portal.example/w/",
    );
  });

  it("of MikroTik posts to the portal with one tap where there is no script", () => {
    const text = print("mikrotik");
    expect(text).toContain(`<form method="post" action="https://portal.example/w/gw_4k7m2q9x8r1t">`);
    expect(text).toContain(`name="chap-challenge" value="$(chap-challenge)"`);
    expect(text).toMatch(/<button/);
  });
});
