// The parts of the rights from the Worker's services. The only file of this folder that knows them.

import { consentSealer, emailKeys, personKeys } from "../keys.ts";
import type { Services } from "../../services.ts";
import type { BranchId } from "../../../schema/ids.ts";
import { listBranches } from "../../store/branches.ts";
import { makeSeal } from "../seal.ts";
import { suppressionTags } from "../suppression.ts";
import type { RightsParts } from "./parts.ts";
import { emailsOf } from "./rights.ts";

/** Branches that are told at the same time. */
const AT_ONCE = 20;

export const rightsParts = (
  { db, settings, gates }: Services,
  tell: (branchId: BranchId, signIn: null, now: number) => Promise<void>,
): RightsParts => {
  const keyOf = personKeys(settings.IDENTIFIER_KEYS);
  return {
    db,
    seal: makeSeal(settings.SEAL_KEYS),
    sealer: consentSealer(settings.CONSENT_KEYS),
    keyOf,
    emailKeyOf: emailKeys(settings.IDENTIFIER_KEYS),
    tagsOf: suppressionTags(settings.SUPPRESSION_KEYS),
    suppressionKeyId: settings.SUPPRESSION_KEYS[0]?.keyId ?? "",
    emails: emailsOf(settings),
    tellBranches: async (now) => {
      const branches = await listBranches(db);
      for (let from = 0; from < branches.length; from += AT_ONCE)
        await Promise.all(branches.slice(from, from + AT_ONCE).map(({ id }) => tell(id, null, now)));
    },
    forgetCodes: async (phone) => gates.phone(await keyOf({ kind: "phone", phone })).erase(),
  };
};
