// A store whose WiFi has a captive gateway: the router of store-network.ts with a DHCP and DNS server, NAT, an internet
// behind it and a real openNDS. Shoppers get their addresses by DHCP; what the gateway blocks is really blocked.

import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../../scripts/steps/repository.ts";
import { type Lab, sh, shIn, within } from "./lab.ts";
import { type OpenNds, type OpenNdsOptions, startOpenNds } from "./opennds.ts";
import { privateTmp } from "./private-tmp.ts";
import { said } from "./said.ts";
import { type Shopper, type StoreNetwork, openStore } from "./store-network.ts";
import { waitUntil } from "./wait-until.ts";

/** Where phones look whether they are online. */
export const PROBE = "http://connectivitycheck.gstatic.com/generate_204";
const ROUTER = "192.168.66.1";
/** TEST-NET-3: no such host exists, so every name can lead to it. */
const [INTERNET, INTERNET_ROUTER] = ["203.0.113.80", "203.0.113.1"];

export interface Probe {
  status: number;
  location: string | null;
}

export interface CaptiveShopper extends Shopper {
  /** Asks for an address, as a phone that has just joined. */
  dhcp(): Promise<string>;
  /** One request to the internet without a browser. Status 0: no answer. */
  probe(url?: string): Promise<Probe>;
  /** Tries again and again; resolves as soon as one request got through to the internet. */
  online(withinMs: number): Promise<void>;
}

export interface CaptiveStore extends Pick<StoreNetwork, "gateway" | "uplinkHost" | "control"> {
  /** Goes before each command on the router. */
  through: readonly string[];
  /** Where the gateway lets browsers on. */
  gatewayOrigin: string;
  startOpenNds(options: Omit<OpenNdsOptions, "in" | "through">): Promise<OpenNds>;
  shopper(name: string, mac: string): CaptiveShopper;
  network: StoreNetwork;
}

const DHCP_SCRIPT = `#!/bin/sh
case "$1" in bound|renew)
  ip addr flush dev "$interface"
  ip addr add "$ip/24" dev "$interface" && ip route replace default via "$router"
esac
`;

const openInternet = (lab: Lab, gateway: string): void => {
  const internet = lab.namespace("net");
  sh(
    "ip",
    "link",
    "add",
    "inet0",
    "netns",
    gateway,
    "type",
    "veth",
    "peer",
    "name",
    "eth0",
    "netns",
    internet,
  );
  shIn(gateway, "ip", "addr", "add", `${INTERNET_ROUTER}/24`, "dev", "inet0");
  shIn(gateway, "ip", "link", "set", "inet0", "up");
  shIn(gateway, "ip", "route", "add", "default", "via", INTERNET);
  shIn(internet, "ip", "addr", "add", `${INTERNET}/24`, "dev", "eth0");
  shIn(internet, "ip", "link", "set", "eth0", "up");
  lab.start("internet", [process.execPath, join(ROOT, "e2e", "lab", "internet-server.ts"), "80"], {
    in: internet,
  });
};

export const openCaptiveStore = async (lab: Lab): Promise<CaptiveStore> => {
  const network = openStore(lab);
  const { gateway, uplinkHost, control } = network;
  const through = privateTmp(lab, "router");
  const router = (...command: string[]) => shIn(gateway, ...through, ...command);
  openInternet(lab, gateway);
  router("ip", "addr", "add", `${ROUTER}/24`, "dev", "lan0");
  router("sysctl", "-qw", "net.ipv4.ip_forward=1");
  for (const uplink of ["up0", "inet0"])
    router("iptables", "-t", "nat", "-A", "POSTROUTING", "-o", uplink, "-j", "MASQUERADE");
  const script = join(lab.folder, "dhcp-script");
  writeFileSync(script, DHCP_SCRIPT, { mode: 0o755 });
  const dnsmasq = ["dnsmasq", "--keep-in-foreground", "--conf-file=/dev/null", "--user=root", "--pid-file="];
  const dhcp = [
    "--dhcp-range=192.168.66.50,192.168.66.200,1h",
    "--no-ping",
    "--dhcp-leasefile=/tmp/dhcp.leases",
  ];
  const dns = ["--no-resolv", "--no-hosts", `--address=/#/${INTERNET}`];
  const listen = ["--interface=lan0", "--bind-interfaces", `--dhcp-option=3,${ROUTER}`];
  lab.start("dnsmasq", [...through, ...dnsmasq, ...listen, ...dhcp, ...dns], { in: gateway });
  await waitUntil(
    "the internet and the name server",
    () => readFileSync(join(lab.folder, "internet.log"), "utf8") + router("ss", "-Hltn", "sport = :53"),
    (seen) => seen.includes("listening on 80") && seen.includes(":53"),
  );
  return {
    network,
    gateway,
    uplinkHost,
    control,
    through,
    gatewayOrigin: `http://${ROUTER}:2050`,
    startOpenNds: (options) => startOpenNds(lab, { ...options, in: gateway, through }),
    shopper: (name, mac) => captiveShopper(lab, network.shopper(name, mac), script),
  };
};

const captiveShopper = (lab: Lab, shopper: Shopper, script: string): CaptiveShopper => {
  const { namespace } = shopper;
  const run = (...command: string[]): Promise<string> => said(within(namespace, command));
  // `ip netns exec` shows this file as /etc/resolv.conf.
  const names = join("/etc/netns", namespace);
  mkdirSync(names, { recursive: true });
  writeFileSync(join(names, "resolv.conf"), `nameserver ${ROUTER}\n`);
  lab.defer(() => rmSync(names, { recursive: true, force: true }));
  return {
    ...shopper,
    dhcp: async () => {
      await run("udhcpc", "-i", "c0", "-n", "-q", "-t", "10", "-T", "2", "-s", script);
      return /inet ([\d.]+)/.exec(await run("ip", "-4", "addr", "show", "dev", "c0"))?.[1] ?? "";
    },
    probe: async (url = PROBE) => {
      const format = "%{http_code} %{redirect_url}";
      const curl = ["curl", "-s", "-m", "5", "-o", "/dev/null", "-w", format, url];
      const text = await run("sh", "-c", '"$@"; true', "sh", ...curl);
      const [status = "0", location = ""] = text.split(" ");
      return { status: Number(status), location: location === "" ? null : location };
    },
    online: async (withinMs) => {
      const look = `until curl -s -m 1 -o /dev/null -w '%{http_code}' ${PROBE} | grep -q 204; do sleep 0.02; done`;
      await run("timeout", `${withinMs / 1000}`, "sh", "-c", look);
    },
  };
};
