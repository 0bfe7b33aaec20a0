// openNDS: UCI for OpenWrt and for version 10 anywhere, the old file for 9.10 on Debian, and the agent's table.

import { agentBlock } from "./agent-block.ts";
import type { ConfigInput, ConfigOf } from "./config.ts";
import { portalHost, portalPort } from "./walled-garden.ts";

type Option = readonly [name: string, value: string];

/** In the order of openNDS's own manual; names are the same in both files. */
const optionsOf = (input: ConfigInput): readonly Option[] => {
  const { gatewayId, url, settings } = input;
  return [
    // Its hash is what authmon shows, so without a serial number and without anything that is spelled in two ways.
    ["gatewayname", (settings.name ?? gatewayId).replace(/['"\p{Cc}]/gu, "")],
    ["enable_serial_number_suffix", "0"],
    ["fasport", portalPort(input)],
    ["fasremotefqdn", portalHost(input)],
    ["fasremoteip", "192.0.2.1"],
    ["faspath", new URL(url).pathname],
    ["faskey", settings.secret ?? "set-one-first"],
    ["fas_secure_enabled", String(settings.level ?? 4)],
    // A short window (Zalo) becomes the full time without waiting for the phone's next request.
    ["allow_preemptive_authentication", "1"],
  ];
};

const POLL: Option = ["nat_traversal_poll_interval", "2"];

export const openndsConfig: ConfigOf = (input) => {
  const { base, settings } = input;
  const level = settings.level ?? 4;
  const options = optionsOf(input);
  const uci = [...options, ...(level >= 3 ? [POLL] : [])].map(
    ([name, value]) => `  option ${name} '${value}'`,
  );
  const isHttps = base.startsWith("https:");
  return `openNDS. Put an address of ${portalHost(input)} in place of 192.0.2.1, and your own interface where br-lan stands.
${advice(level, isHttps, settings.origins)}
--- /etc/config/opennds (OpenWrt, and version 10 and later anywhere) ---
config opennds
  option enabled '1'
  option gatewayinterface 'br-lan'
${uci.join("\n")}
  option dhcp_default_url_enable '1'
  list walledgarden_fqdn_list '${portalHost(input)}'
  list walledgarden_port_list '${portalPort(input)}'

The walled garden needs dnsmasq-full, and only matters if the portal has several addresses. Never add port 80 to it:
phones would no longer find the portal. dhcp_default_url_enable makes dnsmasq announce DHCP option 114; openNDS itself
answers RFC 8908 there.

${oldFile(level, options)}
--- the agent's TOML file, if the agent runs on this router: shoppers are on at once ---
${agentBlock("opennds", input, [])}
`;
};

const oldFile = (level: number, options: readonly Option[]): string => {
  if (level === 4) return "Version 9.10 has no level 4: there take level 1 with our agent, or level 3.\n";
  return `--- /etc/opennds/opennds.conf (9.10, Debian) ---
GatewayInterface br-lan
${options.map(([name, value]) => `${name} ${value}`).join("\n")}
FirewallRuleSet authenticated-users {
  FirewallRule allow all
}
FirewallRuleSet users-to-router {
  FirewallRule allow udp port 53
  FirewallRule allow tcp port 53
  FirewallRule allow udp port 67
  FirewallRule allow tcp port 80
}
`;
};

const advice = (level: number, isHttps: boolean, origins: readonly string[]): string => {
  if (level >= 3) {
    const php =
      level === 3 ? " Level 3 needs php-cli and PHP's openssl on the router; level 4 does not." : "";
    const tls = isHttps ? "" : " This level needs a portal with https.";
    return `Without our agent the router asks us every 2 s who is let on.${php}${tls}\n`;
  }
  const warned = isHttps
    ? " Phones warn when an https portal leads there: prefer level 4, or our agent on the router."
    : "";
  const known = origins.length === 0 ? "which you have to set first" : origins.join(" or ");
  return `At this level the browser is sent to the router, ${known}.${warned}\n`;
};
