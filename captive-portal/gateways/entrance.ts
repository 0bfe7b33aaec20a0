// Where a gateway itself begins a hand-off. A browser that came to us without one (from RFC 8908, a bookmark or a
// printed code) has to go there first, because only the gateway knows its challenge and its client.

import type { GatewayKind, GatewaySettings } from "../../schema/gateways.ts";

/** Null where any plain http request brings the hand-off, or where there is no gateway. */
export const entranceOf = (kind: GatewayKind, { origins }: Pick<GatewaySettings, "origins">): string | null =>
  kind === "coovachilli" && origins[0] !== undefined ? `${origins[0]}/prelogin` : null;
