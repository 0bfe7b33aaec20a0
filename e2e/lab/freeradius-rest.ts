// A real FreeRADIUS that asks the Worker (rlm_rest), configured with the very text that a new gateway prints; only its
// ports and the address of the gateway are the lab's. radclient stands for the gateway.

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Lab, LabProcess } from "./lab.ts";
import { said } from "./said.ts";
import { waitUntil } from "./wait-until.ts";

export interface Access {
  reply: "Access-Accept" | "Access-Reject" | "none";
  sessionTimeout: number | null;
}

export interface Account {
  status: "Start" | "Interim-Update" | "Stop";
  username: string;
  mac: string;
  session: string;
  seconds?: number;
}

export interface FreeRadius {
  process: LabProcess;
  authorise(username: string, password: string, asked: { mac: string; by: "pap" | "chap" }): Promise<Access>;
  /** True if the server took it over. */
  account(account: Account): Promise<boolean>;
}

const FRAME = (folder: string) => `
prefix = /usr
libdir = /usr/lib/freeradius
logdir = ${folder}
run_dir = ${folder}
confdir = ${folder}
hostname_lookups = no
log {
  destination = stdout
}
security {
  reject_delay = 0
}
proxy_requests = no
modules {
  pap {
  }
  chap {
  }
  $INCLUDE ${folder}/mods-enabled
}
$INCLUDE ${folder}/sites-enabled
`;

/** What stands under `--- /etc/freeradius/3.0/{name} … ---`. */
const blockOf = (config: string, name: string): string => {
  const from = config.indexOf(`--- /etc/freeradius/3.0/${name}/quen`);
  if (from < 0) throw new Error(`The gateway's configuration has no part for ${name}:\n${config}`);
  const text = config.slice(config.indexOf("\n", from) + 1);
  const end = text.search(/^---/m);
  return end < 0 ? text : text.slice(0, end);
};

const secretIn = (site: string): string => /secret = (\S+)/.exec(site)?.[1] ?? "";

export const startFreeRadius = async (
  lab: Lab,
  { config, port }: { config: string; port: number },
): Promise<FreeRadius> => {
  const folder = join(lab.folder, "freeradius");
  mkdirSync(folder);
  const site = blockOf(config, "sites-available")
    .replace("ipaddr = 192.0.2.1", "ipaddr = 127.0.0.1")
    .replace("port = 1812", `port = ${port}`)
    .replace("port = 1813", `port = ${port + 1}`);
  writeFileSync(join(folder, "dictionary"), "");
  writeFileSync(join(folder, "mods-enabled"), blockOf(config, "mods-available"));
  writeFileSync(join(folder, "sites-enabled"), site);
  writeFileSync(join(folder, "radiusd.conf"), FRAME(folder));
  const process = lab.start("freeradius", ["freeradius", "-f", "-l", "stdout", "-d", folder]);
  await waitUntil(
    "FreeRADIUS to listen",
    () => {
      if (!process.running()) throw new Error(readFileSync(process.log, "utf8"));
      return said(["ss", "-Hlun", `sport = :${port}`]);
    },
    (listening) => listening.includes(`:${port}`),
  );
  const send = async (kind: "auth" | "acct", attributes: readonly string[]): Promise<string> => {
    const at = `127.0.0.1:${kind === "auth" ? port : port + 1}`;
    const client = ["radclient", "-x", "-r", "1", "-t", "6", at, kind, secretIn(site)];
    const text = [...attributes, 'NAS-Identifier = "lab-nas"', "NAS-IP-Address = 127.0.0.1"].join("\n");
    // A reject makes radclient end with 1.
    const script = 'text=$1; shift; printf "%s\\n" "$text" | "$@" 2>&1; true';
    return said(["sh", "-c", script, "sh", text, ...client]);
  };
  const stationOf = (mac: string) => `Calling-Station-Id = "${mac.replaceAll(":", "-").toUpperCase()}"`;
  return {
    process,
    authorise: async (username, password, { mac, by }) => {
      const how = by === "chap" ? "CHAP-Password" : "User-Password";
      const text = await send("auth", [
        `User-Name = "${username}"`,
        `${how} = "${password}"`,
        stationOf(mac),
      ]);
      const reply = /Received (Access-Accept|Access-Reject)/.exec(text)?.[1] ?? "none";
      const timeout = /Session-Timeout = (\d+)/.exec(text)?.[1];
      return {
        reply: reply as Access["reply"],
        sessionTimeout: timeout === undefined ? null : Number(timeout),
      };
    },
    account: async ({ status, username, mac, session, seconds = 0 }) => {
      const text = await send("acct", [
        `Acct-Status-Type = ${status}`,
        `User-Name = "${username}"`,
        `Acct-Session-Id = "${session}"`,
        `Acct-Session-Time = ${seconds}`,
        stationOf(mac),
        'Called-Station-Id = "02-AA-BB-CC-DD-EE:Quen Store"',
      ]);
      return text.includes("Received Accounting-Response");
    },
  };
};
