// CoovaChilli: its two files. HTTP AAA needs a chilli built with chilliproxy; with RADIUS leave it out.

import type { ConfigOf } from "./config.ts";
import { freeRadiusConfig } from "./freeradius.ts";
import { portalHost } from "./walled-garden.ts";

/** These files are read by a shell. */
const quoted = (value: string): string => `"${value.replace(/["$`\\\p{Cc}]/gu, "")}"`;

export const coovachilliConfig: ConfigOf = (input) => {
  const { base, gatewayId, url, settings } = input;
  const [first = "http://192.168.182.1:3990"] = settings.origins;
  const { hostname, port } = new URL(first);
  return `CoovaChilli with its chilliproxy. Keep your own interfaces and networks.

--- /etc/chilli/config ---
HS_UAMLISTEN=${hostname}
HS_UAMPORT=${port === "" ? "80" : port}
HS_NASID=${quoted(settings.name ?? gatewayId)}
HS_UAMSERVER=${portalHost(input)}
HS_UAMFORMAT=${quoted(url)}
HS_UAMHOMEPAGE=none
HS_UAMSECRET=${quoted(settings.secret ?? "set-one-first")}
HS_UAMALLOW=${portalHost(input)}
HS_AAA=http
HS_UAMAAAURL=${quoted(`${url}/aaa`)}

The address must be written exactly so, because chilli signs it. The portal sends nobody to userurl: chilli itself leads
to our page after the log-in, as our answer tells it.

--- /etc/chilli/local.conf (1.9 and later: DHCP option 114, RFC 8908) ---
captiveportalapi_uri "${base}/captive/${gatewayId}/%{s}"

Never %{m} or %{M} in it: those are the shopper's MAC, and we refuse such an address.

--- instead of HS_AAA and HS_UAMAAAURL, for a chilli without chilliproxy ---
HS_RADIUS=192.0.2.2
HS_RADIUS2=192.0.2.2
HS_RADSECRET=${quoted(settings.secret ?? "set-one-first")}

where 192.0.2.2 is this:

${freeRadiusConfig(input)}`;
};
