// WiFiDog's own file, and what the same means for Ruijie and Reyee.

import type { ConfigOf } from "./config.ts";
import { portalHost } from "./walled-garden.ts";

export const wifidogConfig: ConfigOf = (input) => {
  const { base, gatewayId, url, settings } = input;
  const { port, pathname, protocol } = new URL(url);
  const isHttps = protocol === "https:";
  const httpPort = !isHttps && port !== "" ? port : "80";
  const ssl = isHttps ? `    SSLAvailable yes\n    SSLPort ${port === "" ? "443" : port}\n` : "";
  const origins =
    settings.origins.length === 0 ? "which you have to set first" : settings.origins.join(" or ");
  return `WiFiDog. The browser is sent back to the gateway at ${origins}.

--- /etc/wifidog.conf ---
GatewayID ${settings.name ?? gatewayId}
GatewayInterface br-lan
AuthServer {
    Hostname ${portalHost(input)}
${ssl}    HTTPPort ${httpPort}
    Path ${pathname}/
}
CheckInterval 60
ClientTimeout 15

A WiFiDog that was built without TLS asks on port 80 although shoppers use https, and so do Ruijie and Reyee: there
${base.replace(/^https:/, "http:")} must answer ${pathname}/auth/ and ${pathname}/ping/ with 200 and never with a redirect
(on Cloudflare: no "Always use HTTPS" for these paths).

Ruijie and Reyee: external portal of the kind WiFiDog, server address ${url}/ , and the gateway's serial number as this
gateway's name with us.
`;
};
