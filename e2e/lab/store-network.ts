// A store's network without a radio. `gw` is the router with hostapd and the agent; `air` is a bridge that carries
// what would be on the air; each shopper has a namespace with a network card of its own and joins by 802.1X.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Lab, type LabProcess, sh, shIn } from "./lab.ts";
import { waitUntil } from "./wait-until.ts";

export interface Accounting {
  port: number;
  secret: string;
}

export interface Shopper {
  mac: string;
  namespace: string;
  join(): Promise<void>;
  /** Leaves as a phone does: it says goodbye. */
  leave(): Promise<void>;
  /** Without a word, as when the battery is empty. */
  vanish(): Promise<void>;
}

export interface StoreNetwork {
  gateway: string;
  /** Address of this machine as the gateway sees it. */
  uplinkHost: string;
  /** hostapd's control folder. */
  control: string;
  startHostapd(): Promise<void>;
  stopHostapd(signal: "SIGTERM" | "SIGKILL"): Promise<void>;
  /** The access point throws a station out. */
  disassociate(mac: string): void;
  stations(): string[];
  shopper(name: string, mac: string): Shopper;
}

const hostapdConfig = (folder: string, control: string, accounting: Accounting | null): string => {
  const users = join(folder, "eap-users");
  writeFileSync(users, '"shop" MD5 "pass"\n');
  const radius =
    accounting === null
      ? []
      : [
          "own_ip_addr=127.0.0.1",
          "nas_identifier=lab-ap",
          "acct_server_addr=127.0.0.1",
          `acct_server_port=${accounting.port}`,
          `acct_server_shared_secret=${accounting.secret}`,
          "radius_acct_interim_interval=60",
        ];
  return [
    "interface=lan0",
    "driver=wired",
    "logger_stdout=-1",
    "ieee8021x=1",
    "eap_server=1",
    `eap_user_file=${users}`,
    `ctrl_interface=${control}`,
    ...radius,
    "",
  ].join("\n");
};

const SUPPLICANT = (control: string) => `ctrl_interface=${control}
ap_scan=0
network={
  key_mgmt=IEEE8021X
  eap=MD5
  identity="shop"
  password="pass"
  eapol_flags=0
}
`;

/** Ranges for labs: 198.18.0.0/15 is set aside for tests between networks. */
const uplinkOf = (lab: Lab): [gateway: string, host: string] => {
  const octet = 1 + (Buffer.from(lab.id).reduce((sum, byte) => sum * 31 + byte, 7) % 250);
  return [`198.18.${octet}.2`, `198.18.${octet}.1`];
};

export const openStore = (lab: Lab, accounting: Accounting | null = null): StoreNetwork => {
  const gateway = lab.namespace("gw");
  const air = lab.namespace("air");
  sh("ip", "link", "add", "lan0", "netns", gateway, "type", "veth", "peer", "name", "ap", "netns", air);
  shIn(air, "ip", "link", "add", "br0", "type", "bridge");
  // 802.1X speaks to a group address that bridges keep to themselves unless told otherwise.
  shIn(air, "sh", "-c", "echo 8 > /sys/class/net/br0/bridge/group_fwd_mask");
  shIn(air, "ip", "link", "set", "ap", "master", "br0", "up");
  shIn(air, "ip", "link", "set", "br0", "up");
  shIn(gateway, "ip", "link", "set", "lan0", "up");

  const [gatewayHost, uplinkHost] = uplinkOf(lab);
  const uplink = `qe${lab.id.slice(-8)}`;
  sh("ip", "link", "add", uplink, "type", "veth", "peer", "name", "up0", "netns", gateway);
  sh("ip", "addr", "add", `${uplinkHost}/30`, "dev", uplink);
  sh("ip", "link", "set", uplink, "up");
  shIn(gateway, "ip", "addr", "add", `${gatewayHost}/30`, "dev", "up0");
  shIn(gateway, "ip", "link", "set", "up0", "up");

  const control = join(lab.folder, "hostapd");
  const config = join(lab.folder, "hostapd.conf");
  writeFileSync(config, hostapdConfig(lab.folder, control, accounting));
  let hostapd: LabProcess | null = null;
  const cli = (...args: string[]): string =>
    shIn(gateway, "hostapd_cli", "-p", control, "-i", "lan0", ...args);
  /** A station that said goodbye stays on the list for some seconds, without being let in. */
  const stations = (): string[] =>
    [...cli("all_sta").matchAll(/^([0-9a-f:]{17})\nflags=.*\[AUTHORIZED\]/gm)].map(([, mac = ""]) => mac);

  return {
    gateway,
    uplinkHost,
    control,
    stations,
    startHostapd: async () => {
      hostapd = lab.start("hostapd", ["hostapd", config], { in: gateway });
      await waitUntil(
        "hostapd",
        () => cli("ping").trim(),
        (said) => said === "PONG",
      );
    },
    stopHostapd: async (signal) => {
      await hostapd?.stop(signal);
      hostapd = null;
    },
    disassociate: (mac) => void cli("disassociate", mac),
    shopper: (name, mac) => {
      const namespace = lab.namespace(name);
      sh(
        "ip",
        "link",
        "add",
        "c0",
        "netns",
        namespace,
        "address",
        mac,
        "type",
        "veth",
        "peer",
        "name",
        name,
        "netns",
        air,
      );
      shIn(air, "ip", "link", "set", name, "master", "br0", "up");
      // Shoppers do not hear each other: frames to the group address would confuse the other supplicants.
      shIn(air, "ip", "link", "set", name, "type", "bridge_slave", "isolated", "on");
      shIn(namespace, "ip", "link", "set", "c0", "up");
      const own = join(lab.folder, `wpa-${name}`);
      const file = `${own}.conf`;
      writeFileSync(file, SUPPLICANT(own));
      let supplicant: LabProcess | null = null;
      return {
        mac,
        namespace,
        join: async () => {
          supplicant = lab.start(`wpa-${name}`, ["wpa_supplicant", "-D", "wired", "-i", "c0", "-c", file], {
            in: namespace,
          });
          const say = () => shIn(namespace, "wpa_cli", "-p", own, "-i", "c0", "status");
          await waitUntil(`${name} to be let in`, say, (said) => said.includes("suppPortStatus=Authorized"));
        },
        leave: async () => {
          shIn(namespace, "wpa_cli", "-p", own, "-i", "c0", "logoff");
          await waitUntil(`${name} to be gone`, stations, (here) => !here.includes(mac));
          await supplicant?.stop();
          supplicant = null;
        },
        vanish: async () => {
          await supplicant?.stop("SIGKILL");
          supplicant = null;
        },
      };
    },
  };
};
