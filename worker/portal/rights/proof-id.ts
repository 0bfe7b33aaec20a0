// Our own id of how a consent record was proven; null for an import.

import { proofId } from "../../../captive-portal/person.ts";
import type { ConsentProof } from "../../core/consent/record.ts";

export const proofIdOf = (proof: ConsentProof): string | null =>
  proof.kind === "none" ? null : proofId(proof);
