import { describe, expect, it } from "vitest";
import type { GatewayKind } from "../schema/gateways.ts";
import type { PortalGateway } from "./brand.ts";
import { md5Hex } from "./gateways/md5.ts";
import * as chilli from "./gateways/samples/coovachilli.ts";
import * as vendors from "./gateways/samples/vendors.ts";
import * as wifidog from "./gateways/samples/wifidog.ts";
import { SAMPLE_GATEWAY } from "./testing/sample.ts";
import { sampleFas, SAMPLE_OPENNDS } from "./testing/sample-opennds.ts";
import { ORIGIN, type Page, Shopper } from "./testing/shopper.ts";

const EVIL = "evil.example";
const SCRIPT = `"><script>alert(1)</script>`;

interface Vendor {
  readonly kind: GatewayKind;
  readonly query: string;
  readonly origins: readonly string[];
  /** Parameters in which the vendor names a place to go on to, or where it lets somebody on. */
  readonly targets: readonly string[];
  /** Parameters that people choose: names of networks, access points and gateways. */
  readonly names: readonly string[];
}

const VENDORS: readonly Vendor[] = [
  {
    kind: "mikrotik",
    query: `?${vendors.MIKROTIK}`,
    origins: ["http://192.168.88.1"],
    targets: ["link-login", "link-login-only", "link-orig", "link-orig-esc", "dst"],
    names: ["identity", "server-name", "username", "error"],
  },
  { kind: "unifi", query: vendors.UNIFI, origins: [], targets: ["url"], names: ["ssid", "ap"] },
  { kind: "omada", query: vendors.OMADA, origins: [], targets: ["redirectUrl"], names: ["ssidName", "site"] },
  {
    kind: "meraki",
    query: vendors.MERAKI,
    origins: [],
    targets: ["base_grant_url", "user_continue_url"],
    names: ["ap_name", "ap_tags"],
  },
  {
    kind: "meraki",
    query: vendors.MERAKI_SIGN_ON,
    origins: [],
    targets: ["login_url", "continue_url"],
    names: ["ap_name", "error_message"],
  },
  {
    kind: "aruba",
    query: vendors.ARUBA,
    origins: ["http://securelogin.arubanetworks.com"],
    targets: ["switchip", "url"],
    names: ["essid", "apname", "vcname"],
  },
  {
    kind: "ruckus",
    query: vendors.UNLEASHED,
    origins: ["http://192.168.0.253:9997"],
    targets: ["sip", "url", "StartURL", "nbiIP"],
    names: ["ssid", "wlanName", "zoneName", "loc"],
  },
  {
    kind: "wifidog",
    query: wifidog.HAND_OFF,
    origins: ["http://1.2.3.4:2060"],
    targets: ["gw_address", "url"],
    names: ["gw_id", "gw_sn", "ssid"],
  },
  {
    kind: "coovachilli",
    query: chilli.OPENWRT,
    origins: ["http://192.168.182.1:3660"],
    targets: ["uamip", "userurl", "redirurl"],
    names: ["nasid", "ssid", "called"],
  },
];

const SECRET = "a-secret-of-this-test-only-0000000000000";

const gatewayOf = ({ kind, origins }: Vendor): PortalGateway => ({
  ...SAMPLE_GATEWAY,
  kind,
  settings: {
    secret: kind === "coovachilli" ? SECRET : null,
    origins,
    level: null,
    name: null,
    radiusKey: null,
    trustsHandOff: false,
  },
});

/** The hand-off with some parameters changed; CoovaChilli's is signed anew, as by a gateway that was fooled itself. */
const handOff = ({ kind, query }: Vendor, change: Readonly<Record<string, string>>): string => {
  const url = new URL(`${ORIGIN}/w/${SAMPLE_GATEWAY.id}${query}`);
  for (const [name, value] of Object.entries(change)) url.searchParams.set(name, value);
  if (kind === "coovachilli") {
    url.searchParams.delete("md");
    const md = md5Hex(url.href, SECRET).toUpperCase();
    url.searchParams.append("md", md);
  }
  return `${url.pathname.slice(`/w/${SAMPLE_GATEWAY.id}`.length)}${url.search}`;
};

/** Every page of a guest's way, from the hand-off to the end. */
const walk = async (gateway: PortalGateway, query: string): Promise<{ shopper: Shopper; pages: Page[] }> => {
  const shopper = new Shopper({ gateway });
  const first = await shopper.open(query, gateway.id);
  const last = await shopper.submit(first, "/guest");
  return { shopper, pages: [first, last] };
};

const everything = (pages: readonly Page[]): string =>
  pages
    .flatMap(({ url, html, headers }) => [url, html, ...[...headers].map(([, value]) => value)])
    .join("\n")
    .toLowerCase();

const OF_TARGETS = VENDORS.flatMap((vendor) =>
  vendor.targets.flatMap((target) =>
    [`https://${EVIL}/x`, `//${EVIL}`, `javascript:alert("${EVIL}")`, `http://user@${EVIL}/`, EVIL].map(
      (value) => [vendor.kind, target, value, vendor] as const,
    ),
  ),
);

describe("a place that a hand-off names", () => {
  it.each(OF_TARGETS)("is never gone to: %s's %s=%s", async (_, target, value, vendor) => {
    const { pages } = await walk(gatewayOf(vendor), handOff(vendor, { [target]: value }));
    expect(everything(pages)).not.toContain(EVIL);
  });

  it.each([`http%3a%2f%2f${EVIL}`, `https://${EVIL}`, `javascript:alert(1)//${EVIL}`])(
    "is never gone to: openNDS's originurl=%s",
    async (originurl) => {
      const { pages } = await walk(SAMPLE_OPENNDS, sampleFas({ originurl }));
      expect(everything(pages)).not.toContain(EVIL);
    },
  );

  it("is refused and counted where it is the gateway itself", async () => {
    const { shopper, pages } = await walk(SAMPLE_OPENNDS, sampleFas({ gatewayaddress: `${EVIL}:2050` }));
    expect(shopper.ports.counted).toContain("hand_off_foreign_target");
    expect(everything(pages)).not.toContain(EVIL);
  });
});

const OF_NAMES = VENDORS.flatMap((vendor) =>
  vendor.names.map((name) => [vendor.kind, name, vendor] as const),
);

describe("script in a name that anybody may choose", () => {
  it.each(OF_NAMES)("appears on no page: %s's %s", async (_, name, vendor) => {
    const { pages } = await walk(gatewayOf(vendor), handOff(vendor, { [name]: SCRIPT }));
    expect(everything(pages)).not.toContain("<script");
  });

  it.each(["gatewayname", "clientif", "themespec", "custom", "version"])(
    "appears on no page: openNDS's %s",
    async (name) => {
      const { pages } = await walk(SAMPLE_OPENNDS, sampleFas({ [name]: encodeURIComponent(SCRIPT) }));
      expect(everything(pages)).not.toContain("<script");
      const raw = await walk(SAMPLE_OPENNDS, sampleFas({ [name]: SCRIPT }));
      expect(everything(raw.pages)).not.toContain("<script");
    },
  );
});

describe("a forged signature", () => {
  it.each([
    ["changed", { mac: "02-00-00-00-00-01" }],
    ["none", { md: "" }],
  ])("of CoovaChilli leads to no grant and is counted: %s", async (_, change) => {
    const vendor = VENDORS.at(-1) ?? VENDORS[0];
    if (vendor === undefined) throw new Error("There is no vendor to try");
    const signed = new URLSearchParams(handOff(vendor, {}).slice(1));
    for (const [name, value] of Object.entries(change)) signed.set(name, value);
    const { shopper } = await walk(gatewayOf(vendor), `?${signed}`);
    expect(shopper.ports.counted).toContain("hand_off_forged");
    expect(shopper.ports.access.asked).toEqual([]);
  });
});
