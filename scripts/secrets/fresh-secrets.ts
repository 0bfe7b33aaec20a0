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

/** Needed outside local mode only: where one-time codes are sent to. The operator's provider gives them. */
export const SENDER_SECRETS = ["OTP_WEBHOOK_URL", "OTP_WEBHOOK_SECRET"] as const;

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
