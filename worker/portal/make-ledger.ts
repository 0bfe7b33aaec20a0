// The sign-in ledger from the Worker's services: the portal's, and that of operators who do what a person asked for.

import type { SignInLedger } from "../../captive-portal/ports.ts";
import type { Services } from "../services.ts";
import { branchTeller } from "./branch-teller.ts";
import { consentSealer, personKeys } from "./keys.ts";
import { signInLedger } from "./ledger.ts";
import { makeSeal } from "./seal.ts";
import { suppressionTags } from "./suppression.ts";

export const ledgerOf = (services: Services): SignInLedger => {
  const { settings, db } = services;
  return signInLedger({
    db,
    seal: makeSeal(settings.SEAL_KEYS),
    sealer: consentSealer(settings.CONSENT_KEYS),
    keyOf: personKeys(settings.IDENTIFIER_KEYS),
    tagsOf: suppressionTags(settings.SUPPRESSION_KEYS),
    tell: branchTeller(services),
  });
};
