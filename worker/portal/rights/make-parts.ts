// The parts of the rights from the Worker's services. The only file of this folder that knows them.

import { consentSealer, emailKeys, personKeys } from "../keys.ts";
import type { Services } from "../../services.ts";
import type { BranchId } from "../../../schema/ids.ts";
import { describeError } from "../../describe-error.ts";
import { identifierKeys } from "../../identity/identifier-keys.ts";
import { listBranches } from "../../store/branches.ts";
import { addedHolidays } from "../../store/holidays.ts";
import { ledgerOf } from "../make-ledger.ts";
import { makeSeal } from "../seal.ts";
import { settleLater } from "../settle-later.ts";
import { suppressionTags } from "../suppression.ts";
import type { RightsParts } from "./parts.ts";
import { emailsOf } from "./rights.ts";

/** Branches that are told at the same time. */
const AT_ONCE = 20;
/** In local mode a time far from the machine's was supplied by the caller. */
const SUPPLIED_MS = 60_000;

export const rightsParts = (
  services: Services,
  tell: (branchId: BranchId, signIn: null, now: number) => Promise<void>,
): RightsParts => {
  const { db, settings, gates, identity, webhooks } = services;
  const nodeKeyOf = identifierKeys(settings.IDENTIFIER_KEYS);
  const clockOf = (now: number) => ({
    now,
    virtual: settings.QUEN_MODE === "local" && Math.abs(now - Date.now()) > SUPPLIED_MS,
  });
  const orLater = async (what: string, work: () => Promise<unknown>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      console.error("What follows from an erasure will be done later", { what, error: describeError(error) });
    }
  };
  return {
    db,
    seal: makeSeal(settings.SEAL_KEYS),
    sealer: consentSealer(settings.CONSENT_KEYS),
    keyOf: personKeys(settings.IDENTIFIER_KEYS),
    emailKeyOf: emailKeys(settings.IDENTIFIER_KEYS),
    tagsOf: suppressionTags(settings.SUPPRESSION_KEYS),
    suppressionKeyId: settings.SUPPRESSION_KEYS[0]?.keyId ?? "",
    emails: emailsOf(settings),
    tellBranches: async (now) => {
      const branches = await listBranches(db);
      for (let from = 0; from < branches.length; from += AT_ONCE)
        await Promise.all(branches.slice(from, from + AT_ONCE).map(({ id }) => tell(id, null, now)));
    },
    forgetCodes: async (phone) => gates.phone(phone).erase(),
    ledger: ledgerOf(services),
    storeKeyOf: (identifier) => nodeKeyOf("store", identifier),
    commerceKeyOf: (identifier) => nodeKeyOf("commerce", identifier),
    settle: (now) => orLater("identity", () => identity.settle(clockOf(now))),
    settleLater: settleLater({ identity, webhooks, settings }),
    tellFollowers: (now) => orLater("webhooks", () => webhooks.tell(clockOf(now))),
    holidays: () => addedHolidays(db),
  };
};
