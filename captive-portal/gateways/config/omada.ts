// TP-Link Omada: where its portal sends browsers, and the agent's account of a hotspot operator.

import { agentBlock } from "./agent-block.ts";
import type { ConfigOf } from "./config.ts";
import { portalHost } from "./walled-garden.ts";

export const omadaConfig: ConfigOf = (input) => `Omada controller: Settings > Authentication > Portal.

  Authentication type    External Portal Server
  Custom portal          URL  ${input.url}
  Pre-authentication access (Access Control)    URL  ${portalHost(input)}

Hotspot Manager > Operators: make an operator for this site; the agent signs in as it and can do nothing else.

In the agent's TOML file, on a machine in the store that reaches the controller:

${agentBlock("omada", input, [
  'url = "https://192.168.1.5:8043"',
  'username = "quen"',
  'passwordFile = "/etc/quen-agent.omada-password"',
  '# certificate = "sha256:…"                    # where no authority vouches for the controller',
])}
`;
