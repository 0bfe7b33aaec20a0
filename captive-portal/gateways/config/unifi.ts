// UniFi: where its hotspot sends browsers, and the agent's access to the controller.

import { agentBlock } from "./agent-block.ts";
import type { ConfigOf } from "./config.ts";
import { portalHost } from "./walled-garden.ts";

export const unifiConfig: ConfigOf = (input) => {
  const site = input.settings.name === null ? [] : [`site = ${JSON.stringify(input.settings.name)}`];
  return `UniFi Network: Hotspot > Portal > external portal server.

  Page for shoppers    ${input.url}
  Allowed before authorisation    ${portalHost(input)}
  Expiration    longer than your longest grant; the portal's own time wins

The controller adds /guest/s/<site>/?id=…&ap=… behind the address. Many versions take a bare address or host name and no
path; then a web server of that name has to send /guest/s/… on to the page above, with path and query kept:

  # The address holds the shopper's MAC, which nobody may keep.
  location /guest/s/ { access_log off; return 302 ${input.url}$request_uri; }

In the agent's TOML file, on a machine in the store that reaches the controller:

${agentBlock("unifi", input, [
  'url = "https://192.168.1.1"                   # console; a self-hosted controller: https://192.168.1.5:8443',
  'apiKeyFile = "/etc/quen-agent.unifi-key"       # Network 9.1.105 and later; else username and passwordFile',
  '# certificate = "sha256:…"                    # where no authority vouches for the controller',
  ...site,
])}
`;
};
