// FreeRADIUS 3 between a gateway that speaks RADIUS and us, who speak HTTPS: the whole of its configuration. It compares
// the password itself; we say which is right and how long.

import type { ConfigInput } from "./config.ts";

const section = (name: "authorize" | "accounting" | "post-auth"): string => `  ${name} {
    uri = "\${..connect_uri}/${name}"
    method = 'post'
    body = 'json'
    force_to = 'json'
    timeout = 4.0
    tls = \${..tls}
  }`;

/** Without a gateway's own secret the client block is left to the operator. */
export const freeRadiusConfig = ({ url, settings }: ConfigInput): string => {
  const header = `update control { &REST-HTTP-Header += "x-api-key: ${settings.radiusKey ?? ""}" }`;
  return `FreeRADIUS 3, in the store or anywhere the gateway reaches it (apt install freeradius freeradius-rest).
An answer is valid for one shopper and some minutes; nothing about shoppers is kept there.

--- /etc/freeradius/3.0/mods-available/quen (and a link to it in mods-enabled/) ---
rest quen {
  tls {
    ca_file = "/etc/ssl/certs/ca-certificates.crt"
    check_cert = yes
    check_cert_cn = yes
  }
  connect_uri = "${url}/radius"
  connect_timeout = 4.0
${section("authorize")}
${section("accounting")}
${section("post-auth")}
  pool {
    # It starts although the uplink is down.
    start = 0
    min = 0
    max = 32
    spare = 1
    uses = 0
    retry_delay = 5
    lifetime = 0
    idle_timeout = 60
  }
}

--- /etc/freeradius/3.0/sites-available/quen (and a link to it in sites-enabled/, in place of default) ---
client quen-gateway {
  # The gateway's own address.
  ipaddr = 192.0.2.1
  secret = ${settings.secret ?? ""}
}
server quen {
  listen {
    type = auth
    ipaddr = *
    port = 1812
  }
  listen {
    type = acct
    ipaddr = *
    port = 1813
  }
  authorize {
    ${header}
    quen
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
  # Only now is the password known to be right, so only now is the device the shopper's.
  post-auth {
    ${header}
    quen
  }
  accounting {
    ${header}
    quen
  }
}
`;
};
