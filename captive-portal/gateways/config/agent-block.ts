// The agent's side of a gateway that only its controller opens: a table for the agent's TOML file.

import type { ConfigInput } from "./config.ts";

/** `lines` are the options besides kind and id, as TOML. */
export const agentBlock = (
  kind: "opennds" | "unifi" | "omada",
  { gatewayId }: Pick<ConfigInput, "gatewayId">,
  lines: readonly string[],
): string => ["[[gateway]]", `kind = "${kind}"`, `id = "${gatewayId}"`, ...lines].join("\n");
