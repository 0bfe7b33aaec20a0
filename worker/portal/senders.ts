// Who carries one-time codes, from the settings: Zalo with SMS behind it, SMS, or the operator's own service; in local
// mode without any of them, nobody.

import { waitUntil } from "cloudflare:workers";
import type { CodeSender } from "../../captive-portal/ports.ts";
import { chainSender } from "../../captive-portal/senders/chain.ts";
import { esmsSender } from "../../captive-portal/senders/esms.ts";
import { localSender } from "../../captive-portal/senders/local.ts";
import { webhookSender } from "../../captive-portal/senders/webhook.ts";
import { type ZaloLeg, znsLeg } from "../../captive-portal/senders/zns.ts";
import { describeError } from "../describe-error.ts";
import type { Settings } from "../env.ts";
import type { Services } from "../services.ts";

const send = async (request: Request): Promise<Response> => fetch(request);

/** The parts that are tested without a Worker: what the senders need of it. */
export type SenderServices = Pick<Services, "settings" | "oaToken" | "count">;

export const senderOf = (services: SenderServices): CodeSender => {
  const { settings } = services;
  const zalo = zaloOf(services);
  const sms = esmsOf(settings);
  if (zalo !== null)
    return chainSender({
      zalo,
      sms: sms ?? webhookOf(settings),
      told: (trouble, code, messageId) => {
        console.warn("A code could not go by Zalo", { trouble, code, messageId });
        waitUntil(services.count(null, `portal_zns_${trouble}`));
      },
      report: (error) => console.error("The way by Zalo broke", { error: describeError(error) }),
    });
  if (sms !== null) return sms;
  const webhook = settings.QUEN_MODE === "local" ? null : webhookOf(settings);
  return webhook ?? localSender((sentence, fields) => console.log(sentence, fields));
};

const zaloOf = ({ settings, oaToken }: SenderServices): ZaloLeg | null => {
  const { ZNS_TEMPLATE_ID: templateId, ZALO_APP_SECRET: appSecret } = settings;
  if (templateId === undefined || appSecret === undefined) return null;
  return znsLeg({
    url: settings.ZALO_BUSINESS_URL,
    templateId,
    otpParam: settings.ZNS_OTP_PARAM,
    proofSecret: settings.ZALO_APPSECRET_PROOF === "on" ? appSecret : null,
    tokens: (rejected) => {
      const answer = oaToken.token(rejected);
      // A shopper who is not waited for any longer must not end a refresh whose answer is needed.
      waitUntil(answer.catch(() => undefined));
      return answer;
    },
    fetch: send,
  });
};

const esmsOf = (settings: Settings): CodeSender | null => {
  const { ESMS_API_KEY: apiKey, ESMS_SECRET_KEY: secretKey, ESMS_BRANDNAME: brandname } = settings;
  if (apiKey === undefined || secretKey === undefined || brandname === undefined) return null;
  return esmsSender({
    url: settings.ESMS_URL,
    apiKey,
    secretKey,
    brandname,
    text: settings.ESMS_TEXT,
    brand: settings.QUEN_BRAND,
    fetch: send,
    told: (trouble, code, messageId) =>
      console.warn("A code could not go by SMS", { trouble, code, messageId }),
  });
};

const webhookOf = ({ OTP_WEBHOOK_URL: url, OTP_WEBHOOK_SECRET: secret }: Settings): CodeSender | null =>
  url === undefined || secret === undefined ? null : webhookSender({ url, secret, fetch: send });
