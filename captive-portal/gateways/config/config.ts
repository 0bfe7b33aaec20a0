// What the operator pastes into a gateway: made from the gateway's own row, so that it can be printed again.

import type { GatewaySettings } from "../../../schema/gateways.ts";

export interface ConfigInput {
  readonly gatewayId: string;
  readonly branchName: string;
  /** `https://portal.example`, without a slash at its end. */
  readonly base: string;
  /** Where the gateway sends browsers: `{base}/w/{gatewayId}`. */
  readonly url: string;
  readonly settings: GatewaySettings;
}

/** Plain text with the secrets in it: for the operator's eyes only. */
export type ConfigOf = (input: ConfigInput) => string;
