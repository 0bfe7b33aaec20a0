// The portal's ports over D1, the gates and the branch objects (guarantees: captive-portal/ports.ts).

import { describeError } from "../describe-error.ts";
import { waitUntil } from "cloudflare:workers";
import type { Brand, PortalGateway } from "../../captive-portal/brand.ts";
import type { CodeSender, PortalPorts, Receipts } from "../../captive-portal/ports.ts";
import type { PortalRefusal } from "../../captive-portal/refusals.ts";
import { localSender } from "../../captive-portal/senders/local.ts";
import { webhookSender } from "../../captive-portal/senders/webhook.ts";
import type { Purpose } from "../../schema/consent.ts";
import { type BranchId, parseGatewayId } from "../../schema/ids.ts";
import { maskPhone, type PhoneNumber } from "../../schema/phone.ts";
import type { Settings } from "../env.ts";
import type { Services } from "../services.ts";
import { consentsOfReceipt, sealedIdentifier } from "../store/consents.ts";
import { findGateway } from "../store/gateways.ts";
import { limitedCodes } from "./codes.ts";
import { consentSealer, deviceTokens, phoneKeys } from "./keys.ts";
import { phoneContext, signInLedger } from "./ledger.ts";
import { makeSeal, type Seal } from "./seal.ts";
import { shortSessions } from "./sessions.ts";

/** E-mail is offered once it can be verified; linking and marketing need no more than the phone. */
const OFFERED: readonly Purpose[] = [
  "visit_recognition",
  "profile_linking",
  "marketing_zalo",
  "marketing_sms",
];

const brandOf = (settings: Settings): Brand => ({
  name: settings.QUEN_BRAND,
  colour: settings.QUEN_COLOUR,
  controller: { name: settings.QUEN_BRAND, contact: settings.QUEN_CONTACT },
  landingUrl: null,
  texts: {},
});

const gatewayBy = async (services: Services, text: string): Promise<PortalGateway | null> => {
  const id = parseGatewayId(text);
  const gateway = id === null ? null : await findGateway(services.db, id);
  const branch = gateway === null ? null : await services.branch(gateway.branchId);
  if (!gateway || !branch || branch.closedAt !== null) return null;
  return {
    id: gateway.id,
    kind: gateway.kind,
    branchId: branch.id,
    branchName: branch.name,
    timezone: branch.settings.timezone,
    brand: brandOf(services.settings),
    offered: OFFERED,
  };
};

const senderOf = (settings: Settings): CodeSender => {
  if (settings.QUEN_MODE === "local") return localSender((sentence, fields) => console.log(sentence, fields));
  return webhookSender({
    url: settings.OTP_WEBHOOK_URL ?? "",
    secret: settings.OTP_WEBHOOK_SECRET ?? "",
    fetch: async (request) => fetch(request),
  });
};

const receiptsOf = (services: Services, seal: Seal): Receipts => ({
  find: async (id) => {
    const consents = await consentsOfReceipt(services.db, id);
    const [first] = consents;
    const gateway = first ? await gatewayBy(services, first.entry.gatewayId ?? "") : null;
    const sealed = first ? await sealedIdentifier(services.db, first.entry.subject) : null;
    if (!first || !gateway || sealed === null) return null;
    const phone = (await seal.open(sealed, phoneContext(first.entry.subject))) as PhoneNumber;
    const { proof } = first.entry;
    return {
      id,
      gateway,
      timezone: gateway.timezone,
      maskedPhone: maskPhone(phone),
      messageId: proof.kind === "otp" ? proof.messageId : "",
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

/** In local mode a time far from the machine's was supplied by the caller. */
const SUPPLIED_MS = 60_000;

const tell =
  (services: Services) =>
  async (branchId: BranchId, signIn: Parameters<Services["presence"]["factsChanged"]>[2], now: number) => {
    const branch = await services.branch(branchId);
    if (!branch) return;
    const virtual = services.settings.QUEN_MODE === "local" && Math.abs(now - Date.now()) > SUPPLIED_MS;
    try {
      await services.presence.factsChanged({ branchId, settings: branch.settings }, { now, virtual }, signIn);
    } catch (error) {
      console.error("A branch could not be told of a sign-in; it learns of it by itself", {
        branchId,
        error: describeError(error),
      });
    }
  };

export const portalPorts = (services: Services): PortalPorts => {
  const { settings, db } = services;
  const seal = makeSeal(settings.SEAL_KEYS);
  const keyOf = phoneKeys(settings.IDENTIFIER_KEYS);
  const tokenOf = deviceTokens(settings.DEVICE_KEYS);
  return {
    gateways: { find: (id) => gatewayBy(services, id) },
    devices: { tokenOf: async (mac) => tokenOf(mac) },
    sessions: shortSessions(db, seal),
    codes: limitedCodes(services.gates, keyOf),
    sender: senderOf(settings),
    ledger: signInLedger({
      db,
      seal,
      sealer: consentSealer(settings.CONSENT_KEYS),
      keyOf,
      tell: tell(services),
    }),
    receipts: receiptsOf(services, seal),
    refusals: {
      count: (reason, gatewayId) => {
        waitUntil(countRefusal(services, reason, gatewayId));
      },
    },
  };
};

const countRefusal = async (
  services: Services,
  reason: PortalRefusal,
  gatewayId: string | null,
): Promise<void> => {
  const gateway = gatewayId === null ? null : await gatewayBy(services, gatewayId);
  await services.count(gateway?.branchId ?? null, `portal_${reason}`);
};
