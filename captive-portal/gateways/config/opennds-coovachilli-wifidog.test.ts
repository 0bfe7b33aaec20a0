import { describe, expect, it } from "vitest";
import { type FasLevel, NO_GATEWAY_SETTINGS } from "../../../schema/gateways.ts";
import { gatewayHash } from "../opennds-token.ts";
import { readAuthmon } from "../opennds-authmon.ts";
import type { ConfigInput } from "./config.ts";
import { coovachilliConfig } from "./coovachilli.ts";
import { openndsConfig } from "./opennds.ts";
import { wifidogConfig } from "./wifidog.ts";

const input = (
  settings: Partial<ConfigInput["settings"]> = {},
  base = "https://wifi.example.vn",
): ConfigInput => ({
  gatewayId: "gw_4k7m2q9x8r1t",
  branchName: "Quận 1",
  base,
  url: `${base}/w/gw_4k7m2q9x8r1t`,
  settings: {
    ...NO_GATEWAY_SETTINGS,
    secret: "0123456789abcdef",
    origins: ["http://192.168.1.1:2050"],
    ...settings,
  },
});

describe("the configuration that is printed", () => {
  it.each<[FasLevel]>([[1], [2], [3], [4]])(
    "gives openNDS the key, level %i and the portal's address",
    (level) => {
      const text = openndsConfig(input({ level }));
      for (const line of [
        "option fasremotefqdn 'wifi.example.vn'",
        "option fasport '443'",
        "option faspath '/w/gw_4k7m2q9x8r1t'",
        "option faskey '0123456789abcdef'",
        `option fas_secure_enabled '${level}'`,
        level === 4 ? "9.10 has no level 4" : `\nfas_secure_enabled ${level}\n`,
        "list walledgarden_port_list '443'",
      ]) {
        expect(text).toContain(line);
      }
      expect(text.includes("nat_traversal_poll_interval")).toBe(level >= 3);
      expect(text.includes("http://192.168.1.1:2050")).toBe(level < 3);
      expect(text).not.toContain("walledgarden_port_list '80'");
    },
  );

  it("names openNDS so that authmon's hash is the one we expect", async () => {
    const text = openndsConfig(input({ level: 4, name: "Quận 1" }));
    expect(text).toContain("option gatewayname 'Quận 1'\n  option enable_serial_number_suffix '0'");
    const params = new URLSearchParams({
      auth_get: "clear",
      gatewayhash: await gatewayHash("Qu%e1%ba%adn%201"),
    });
    expect(await readAuthmon(params, { ...NO_GATEWAY_SETTINGS, name: "Quận 1" })).toEqual({ kind: "clear" });
  });

  it("gives CoovaChilli a signed address, our AAA, and an API address without a MAC", () => {
    const text = coovachilliConfig(input({ origins: ["http://192.168.182.1:3990"], name: 'nas"$(reboot)' }));
    for (const line of [
      'HS_UAMFORMAT="https://wifi.example.vn/w/gw_4k7m2q9x8r1t"',
      'HS_UAMAAAURL="https://wifi.example.vn/w/gw_4k7m2q9x8r1t/aaa"',
      'HS_UAMSECRET="0123456789abcdef"',
      "HS_UAMLISTEN=192.168.182.1\nHS_UAMPORT=3990",
      'HS_NASID="nas(reboot)"',
      'captiveportalapi_uri "https://wifi.example.vn/captive/gw_4k7m2q9x8r1t/%{s}"',
    ]) {
      expect(text).toContain(line);
    }
  });

  it("gives WiFiDog the path of this gateway, and the port for whoever has no TLS", () => {
    const text = wifidogConfig(input({ origins: ["http://192.168.1.1:2060"], name: "quan1" }));
    expect(text).toContain("GatewayID quan1");
    expect(text).toContain(
      "    Hostname wifi.example.vn\n    SSLAvailable yes\n    SSLPort 443\n    HTTPPort 80\n    Path /w/gw_4k7m2q9x8r1t/",
    );
    const local = wifidogConfig(input({}, "http://192.0.2.7:8787"));
    expect(local).toContain("    Hostname 192.0.2.7\n    HTTPPort 8787\n");
    expect(local).not.toContain("SSLAvailable");
  });
});
