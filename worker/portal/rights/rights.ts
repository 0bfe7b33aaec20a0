// A person's rights over what the Worker holds (guarantees: captive-portal/rights.ts).

import type { Rights } from "../../../captive-portal/rights.ts";

export const rightsOf = (): Rights => {
  const missing = async (): Promise<never> => {
    throw new Error("Rights are not there yet");
  };
  return {
    verifiesEmail: false,
    view: missing,
    correct: missing,
    verifyEmail: missing,
    optOut: missing,
    optIn: missing,
    erase: missing,
    certificate: missing,
    excludeStaff: missing,
  };
};
