// Receipts out of the ledger: the records as they were signed, with the texts that were shown.

import { type Person, maskPerson } from "../../captive-portal/person.ts";
import type { KnownGateways, Receipt, Receipts } from "../../captive-portal/ports.ts";
import type { BranchId, SubjectKey } from "../../schema/ids.ts";
import type { PhoneNumber } from "../../schema/phone.ts";
import type { Services } from "../services.ts";
import { consentsOfReceipt, findIdentifier } from "../store/consents.ts";
import { brandOf } from "./known-gateways.ts";
import { identifierContext } from "./ledger.ts";
import type { Seal } from "./seal.ts";

/** The person a sealed identifier names; null for a kind that signs nobody in. */
export const openIdentifier = async (
  seal: Seal,
  subject: SubjectKey,
  { kind, sealed }: { kind: string; sealed: string },
): Promise<Person | null> => {
  const value = await seal.open(sealed, identifierContext(subject));
  if (kind === "phone") return { kind: "phone", phone: value as PhoneNumber };
  const [family, appId] = kind.split(":");
  return family === "zalo_app" && appId !== undefined ? { kind: "zalo", appId, userId: value } : null;
};

/** Where it was answered: by branch, since a gateway may be revoked and a branch closed long before a receipt is read. */
const placeOf = async (
  services: Services,
  gateways: KnownGateways,
  branchId: BranchId | null,
): Promise<Receipt["gateway"]> => {
  const found = branchId === null ? null : await services.branch(branchId);
  if (found === null) return { ...(await gateways.home()), branchName: branchId };
  const { portal, name } = found;
  return { brand: brandOf(services.settings, portal), timezone: found.settings.timezone, branchName: name };
};

export const receiptsOf = (services: Services, gateways: KnownGateways, seal: Seal): Receipts => ({
  find: async (id) => {
    const consents = await consentsOfReceipt(services.db, id);
    const [first] = consents;
    const identifier = first ? await findIdentifier(services.db, first.entry.subject) : null;
    if (!first || identifier === null) return null;
    const gateway = await placeOf(services, gateways, first.entry.branchId);
    const person = await openIdentifier(seal, first.entry.subject, identifier);
    const { proof } = first.entry;
    if (person === null || proof.kind === "none") return null;
    return {
      id,
      gateway,
      maskedPerson: maskPerson(person),
      proof,
      records: consents.map(({ entry, hash, signature, keyId, wordingText }) => ({
        purpose: entry.purpose,
        state: entry.state,
        at: entry.at,
        wording: {
          id: entry.wording.id,
          version: entry.wording.version,
          language: entry.wording.language === "en" ? "en" : "vi",
          text: wordingText,
          hash: entry.wording.hash,
        },
        toldSensitive: entry.toldSensitive,
        sequence: entry.sequence,
        hash,
        signature,
        keyId,
      })),
    };
  },
});
