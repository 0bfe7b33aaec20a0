// Our own id of how a consent record was proven; null for an import.

import type { ConsentProof } from "../../core/consent/record.ts";

export const proofIdOf = (proof: ConsentProof): string | null => {
  switch (proof.kind) {
    case "otp":
      return proof.messageId;
    case "zalo":
      return proof.loginId;
    case "request":
      return proof.requestId;
    case "none":
      return null;
  }
};
