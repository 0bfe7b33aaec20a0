// Cisco Meraki: a splash page that lets on by itself (click-through), or by user name through RADIUS (sign-on).

import type { ConfigOf } from "./config.ts";
import { freeRadiusConfig } from "./freeradius.ts";
import { portalHost } from "./walled-garden.ts";

export const merakiConfig: ConfigOf = (input) => `Meraki dashboard: Wireless > Access control and Splash page.

  Splash page          Click-through
  Custom splash URL    ${input.url}
  Walled garden        ${portalHost(input)}
  Captive portal strength    Block all access until sign-on is complete

Anybody who reads the address of a click-through splash page can let themselves on without this page. Where that is not
enough, choose "Sign-on with my RADIUS server" and give it FreeRADIUS's address, ports 1812 and 1813 and the secret
${input.settings.secret ?? ""}; then:

${freeRadiusConfig(input)}`;
