// A real FreeRADIUS that asks the Worker (rlm_rest), as a gateway that knows only RADIUS would use it: who may be on
// is asked, and accounting is passed on. Only the module, the two sections and a listener; nothing of the distribution's
// own configuration is touched.

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Lab, LabProcess } from "./lab.ts";
import { said } from "./said.ts";
import { waitUntil } from "./wait-until.ts";

export interface FreeRadiusOptions {
  /** `{base}/w/{gatewayId}/radius`: `/authorize` and `/accounting` are below it. */
  url: string;
  radiusKey: string;
  port: number;
}

export interface Access {
  reply: "Access-Accept" | "Access-Reject" | "none";
  sessionTimeout: number | null;
  text: string;
}

export interface Account {
  status: "Start" | "Interim-Update" | "Stop";
  mac: string;
  session: string;
  seconds?: number;
}

export interface FreeRadius {
  process: LabProcess;
  authorise(username: string, password: string, options?: { mac?: string; chap?: boolean }): Promise<Access>;
  /** True if the server took it over. */
  account(account: Account): Promise<boolean>;
}

const SECRET = "lab-secret-of-freeradius";

const REST = ({ url }: FreeRadiusOptions): string => `
rest {
  connect_uri = "${url}"
  connect_timeout = 4.0
  authorize {
    uri = "\${..connect_uri}/authorize"
    method = 'post'
    body = 'json'
    force_to = 'json'
  }
  accounting {
    uri = "\${..connect_uri}/accounting"
    method = 'post'
    body = 'json'
    force_to = 'json'
  }
  pool { start = 1, min = 1, max = 8, spare = 2, uses = 0, retry_delay = 1, lifetime = 0, idle_timeout = 60 }
}
`;

const configOf = (folder: string, options: FreeRadiusOptions): string => `
prefix = /usr
libdir = /usr/lib/freeradius
logdir = ${folder}
run_dir = ${folder}
confdir = ${folder}
max_request_time = 30
cleanup_delay = 2
max_requests = 4096
hostname_lookups = no
log { destination = stdout }
security { max_attributes = 200, reject_delay = 0, status_server = no }
proxy_requests = no
thread pool { start_servers = 2, max_servers = 8, min_spare_servers = 1, max_spare_servers = 4 }
client lab { ipaddr = 127.0.0.1, secret = ${SECRET}, require_message_authenticator = no }
modules {
  pap { normalise = no }
  chap { }
  ${REST(options)}
}
server lab {
  listen { type = auth, ipaddr = 127.0.0.1, port = ${options.port} }
  listen { type = acct, ipaddr = 127.0.0.1, port = ${options.port + 1} }
  authorize {
    update control { &REST-HTTP-Header += "x-api-key: ${options.radiusKey}" }
    rest
    chap
    pap
  }
  authenticate {
    Auth-Type PAP {
      pap
    }
    Auth-Type CHAP {
      chap
    }
  }
  accounting {
    update control { &REST-HTTP-Header += "x-api-key: ${options.radiusKey}" }
    rest
  }
}
`;

const phoneOf = (mac: string): string => mac.replaceAll(":", "-").toUpperCase();

export const startFreeRadius = async (lab: Lab, options: FreeRadiusOptions): Promise<FreeRadius> => {
  const folder = join(lab.folder, "freeradius");
  mkdirSync(folder);
  writeFileSync(join(folder, "dictionary"), "");
  writeFileSync(join(folder, "radiusd.conf"), configOf(folder, options));
  const process = lab.start("freeradius", ["freeradius", "-f", "-l", "stdout", "-d", folder]);
  await waitUntil(
    "FreeRADIUS to listen",
    () => {
      if (!process.running()) throw new Error(readFileSync(process.log, "utf8"));
      return said(["ss", "-Hlun", `sport = :${options.port}`]);
    },
    (listening) => listening.includes(`:${options.port}`),
  );
  const send = async (kind: "auth" | "acct", attributes: readonly string[]): Promise<string> => {
    const port = kind === "auth" ? options.port : options.port + 1;
    const client = ["radclient", "-x", "-r", "1", "-t", "6", `127.0.0.1:${port}`, kind, SECRET];
    const text = [...attributes, 'NAS-Identifier = "lab-nas"', "NAS-IP-Address = 127.0.0.1"].join("\n");
    // A reject makes radclient end with 1.
    return said([
      "sh",
      "-c",
      'text=$1; shift; printf "%s\\n" "$text" | "$@" 2>&1; true',
      "sh",
      text,
      ...client,
    ]);
  };
  return {
    process,
    authorise: async (username, password, { mac = "02:1a:2b:3c:4d:5e", chap = false } = {}) => {
      const text = await send("auth", [
        `User-Name = "${username}"`,
        `${chap ? "CHAP-Password" : "User-Password"} = "${password}"`,
        `Calling-Station-Id = "${phoneOf(mac)}"`,
      ]);
      const reply = /Received (Access-Accept|Access-Reject)/.exec(text)?.[1] ?? "none";
      const timeout = /Session-Timeout = (\d+)/.exec(text)?.[1];
      return {
        reply: reply as Access["reply"],
        sessionTimeout: timeout === undefined ? null : Number(timeout),
        text,
      };
    },
    account: async ({ status, mac, session, seconds = 0 }) => {
      const text = await send("acct", [
        `Acct-Status-Type = ${status}`,
        `Acct-Session-Id = "${session}"`,
        `Acct-Session-Time = ${seconds}`,
        `Calling-Station-Id = "${phoneOf(mac)}"`,
        'Called-Station-Id = "02-AA-BB-CC-DD-EE:Quen Store"',
      ]);
      return text.includes("Received Accounting-Response");
    },
  };
};
