// Why a credential was not taken, as it is counted.

import type { GatewayRefusal } from "../../../schema/reasons.ts";
import type { CredentialVerdict } from "../../objects/access/calls.ts";

export const credentialRefusal = (kind: Exclude<CredentialVerdict["kind"], "right">): GatewayRefusal => {
  switch (kind) {
    case "unknown":
      return "unknown_credential";
    case "wrong":
      return "wrong_credential";
    case "locked":
      return "locked_credential";
    case "over":
      return "over_credential";
    case "foreign_device":
      return "foreign_device";
  }
};
