// Makes a new value for every secret of the Worker (worker/env.ts says how each must look). Random bytes are an
// argument, so that tests and measurements can repeat themselves.

export const SECRET_NAMES = [
  "DEVICE_KEYS",
  "IDENTIFIER_KEYS",
  "SEAL_KEYS",
  "CONSENT_KEYS",
  "SUPPRESSION_KEYS",
  "ADMIN_TOKEN",
] as const;
export type SecretName = (typeof SECRET_NAMES)[number];

/**
 * Who may carry one-time codes, each with what it needs; outside local mode one of them must be there. The operator's
 * provider gives the values.
 */
export const SENDERS = [
  ["OTP_WEBHOOK_URL", "OTP_WEBHOOK_SECRET"],
  ["ESMS_API_KEY", "ESMS_SECRET_KEY", "ESMS_BRANDNAME"],
  ["ZNS_TEMPLATE_ID", "ZALO_APP_ID", "ZALO_APP_SECRET"],
] as const;
/** Sign shoppers in as well, so their presence says nothing about codes. */
export const LOGIN_SECRETS: readonly string[] = ["ZALO_APP_ID", "ZALO_APP_SECRET"];
export const SENDER_SECRETS = [...SENDERS.flat(), "ZALO_OA_REFRESH_TOKEN"] as const;

export const freshSecrets = (
  randomBytes: (size: number) => Uint8Array,
  keyId: string,
): Record<SecretName, string> => {
  const key = () => Buffer.from(randomBytes(32)).toString("base64url");
  return {
    DEVICE_KEYS: `${keyId}:${key()}`,
    IDENTIFIER_KEYS: `${keyId}:${key()}`,
    SEAL_KEYS: `${keyId}:${key()}`,
    CONSENT_KEYS: `${keyId}:${key()}`,
    SUPPRESSION_KEYS: `${keyId}:${key()}`,
    ADMIN_TOKEN: key(),
  };
};
