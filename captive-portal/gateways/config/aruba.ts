// Aruba Instant: an external captive portal with RADIUS authentication.

import type { ConfigOf } from "./config.ts";
import { freeRadiusConfig } from "./freeradius.ts";
import { portalHost, portalPort } from "./walled-garden.ts";

export const arubaConfig: ConfigOf = (input) => {
  const { url, settings } = input;
  return `Aruba Instant, in the virtual controller's CLI. Put the guest network's own name and FreeRADIUS's address (its
configuration is below) in place of Guest and 192.0.2.2. The access points' login name must be that of
${settings.origins.join(" or ")}; it is the name in their captive portal certificate.

configure terminal
wlan auth-server quen-radius
 ip 192.0.2.2
 port 1812
 acctport 1813
 key ${settings.secret ?? ""}
 exit
wlan external-captive-portal quen
 server ${portalHost(input)}
 port ${portalPort(input)}
 url "${new URL(url).pathname}"
 auth-text ""
 exit
wlan walled-garden
 white-list ${portalHost(input)}
 exit
wlan ssid-profile Guest
 type guest
 auth-server quen-radius
 radius-accounting
 captive-portal external profile quen
 exit
end
commit apply

In the web interface also tick "Use https" for this portal, and leave "Authentication text" off: with it the access point
would let on whoever sends it that text.

${freeRadiusConfig(input)}`;
};
