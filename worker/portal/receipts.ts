// Receipts out of the ledger: the records as they were signed, with the texts that were shown.

import { type Person, maskPerson } from "../../captive-portal/person.ts";
import type { KnownGateways, Receipts } from "../../captive-portal/ports.ts";
import type { SubjectKey } from "../../schema/ids.ts";
import type { PhoneNumber } from "../../schema/phone.ts";
import type { Services } from "../services.ts";
import { consentsOfReceipt, findIdentifier } from "../store/consents.ts";
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

export const receiptsOf = (services: Services, gateways: KnownGateways, seal: Seal): Receipts => ({
  find: async (id) => {
    const consents = await consentsOfReceipt(services.db, id);
    const [first] = consents;
    const gatewayId = first?.entry.gatewayId ?? null;
    const gateway =
      gatewayId === null ? { ...(await gateways.home()), branchName: null } : await gateways.find(gatewayId);
    const identifier = first ? await findIdentifier(services.db, first.entry.subject) : null;
    if (!first || !gateway || identifier === null) return null;
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
