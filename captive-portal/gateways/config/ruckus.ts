// Ruckus Unleashed and SmartZone: a hotspot (WISPr) service with our page as its login page and RADIUS behind it.

import type { ConfigOf } from "./config.ts";
import { freeRadiusConfig } from "./freeradius.ts";
import { portalHost } from "./walled-garden.ts";

export const ruckusConfig: ConfigOf = (
  input,
) => `Ruckus Unleashed: Admin & Services > Services > Hotspot Services (SmartZone: Services > Hotspots & Portals > WISPr).

  Login page               redirect unauthenticated user to  ${input.url}
  Start page               redirect to the URL the user intended (the portal's own last page is shown all the same)
  Authentication server    RADIUS, FreeRADIUS's address, port 1812, secret ${input.settings.secret ?? ""}
  Accounting server        the same, port 1813, every 5 minutes
  Walled garden            ${portalHost(input)}

The browser posts to ${input.settings.origins.join(" or ")}; the host there must be what the gateway calls \`sip\` in its redirect.
SmartZone encrypts the client's MAC in the redirect; with "no encrypt-mac-ip" in its CLI devices are recognised.

${freeRadiusConfig(input)}`;
