// MikroTik RouterOS: RADIUS for its hotspot, our page for its login page, and a hole for the portal.

import type { ConfigOf } from "./config.ts";
import { freeRadiusConfig } from "./freeradius.ts";
import { portalHost, portalPort } from "./walled-garden.ts";

const POSTED = ["mac", "ip", "link-login-only", "chap-id", "chap-challenge", "error"] as const;

export const mikrotikConfig: ConfigOf = (input) => {
  const { url, settings } = input;
  const fields = POSTED.map((name) => `    <input type="hidden" name="${name}" value="$(${name})">`);
  return `MikroTik RouterOS, in a terminal of the router. Put your own names in place of hsprof1 and 192.0.2.2, the
address of FreeRADIUS (its configuration is below). The hotspot must be at ${settings.origins.join(" or ")}.

/radius add service=hotspot address=192.0.2.2 secret=${settings.secret ?? ""} timeout=5s
/ip hotspot profile set hsprof1 use-radius=yes radius-accounting=yes radius-interim-update=received login-by=http-chap
/ip hotspot walled-garden ip add action=accept dst-host=${portalHost(input)} protocol=tcp dst-port=${portalPort(input)}

An https portal that posts to http://… makes phones warn; give the hotspot a certificate and use login-by=https and
an https address here where you can.

--- hotspot/login.html, in place of the router's own ---
<!doctype html>
<html>
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>WiFi</title></head>
<body onload="document.forms[0].submit()">
  <form method="post" action="${url}">
${fields.join("\n")}
    <button style="font:inherit;padding:1em 2em">WiFi</button>
  </form>
</body>
</html>

${freeRadiusConfig(input)}`;
};
