// The sign-in ledger from the Worker's services: the portal's, and that of operators who do what a person asked for.

import type { SignInLedger } from "../../captive-portal/ports.ts";
import type { Services } from "../services.ts";
import { branchTeller } from "./branch-teller.ts";
import { identifierKeys } from "../identity/identifier-keys.ts";
import { consentSealer, identifierOf, personKeys } from "./keys.ts";
import { signInLedger } from "./ledger.ts";
import { findDetails } from "../store/person-details.ts";
import { openDetails } from "./rights/details.ts";
import { makeSeal } from "./seal.ts";
import { settleLater } from "./settle-later.ts";
import { suppressionTags } from "./suppression.ts";

export const ledgerOf = (services: Services): SignInLedger => {
  const { settings, db } = services;
  const keyOf = identifierKeys(settings.IDENTIFIER_KEYS);
  const seal = makeSeal(settings.SEAL_KEYS);
  return signInLedger({
    db,
    seal,
    sealer: consentSealer(settings.CONSENT_KEYS),
    keyOf: personKeys(settings.IDENTIFIER_KEYS),
    commerceKeyOf: (person) => keyOf("commerce", identifierOf(person)),
    emailOf: async (subject) => {
      const details = await findDetails(db, subject);
      if (details === null || details.emailKey === null || details.emailVerifiedAt === null) return null;
      const { email } = await openDetails(seal, subject, details);
      if (email === null) return null;
      const commerce = await keyOf("commerce", { kind: "email", value: email.value });
      return { proven: details.emailKey, commerce };
    },
    tagsOf: suppressionTags(settings.SUPPRESSION_KEYS),
    tell: branchTeller(services),
    settle: settleLater(services),
  });
};
