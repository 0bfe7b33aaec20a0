// Where randomness enters: ids and secrets are made here and passed on as values.

import { randomBytes } from "node:crypto";
import type { AgentId, ApiKeyId, BranchId, GatewayId } from "../../schema/ids.ts";

const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

/** Crockford base32 of random bytes, 5 bits a character. */
const random = (characters: number): string =>
  Array.from<number, string>(randomBytes(characters), (byte) => ALPHABET.charAt(byte & 31)).join("");

export const newAgentId = (): AgentId => `ag_${random(20)}` as AgentId;
export const newApiKeyId = (): ApiKeyId => `key_${random(16)}` as ApiKeyId;
/** 120 bits: gateway ids stand in addresses and must not be guessed. */
export const newGatewayId = (): GatewayId => `gw_${random(24)}` as GatewayId;
export const newAuditId = (): string => `au_${random(20)}`;
export const newStatementId = (): string => `st_${random(20)}`;
/** 160 bits. */
export const newSecret = (prefix: "qk" | "link" | "os" | "cs"): string => `${prefix}_${random(32)}`;
export const newSourceSecretId = (): string => `ss_${random(20)}`;
export const newWebhookId = (): string => `wh_${random(16)}`;
/** As Standard Webhooks writes it: 32 bytes. */
export const newWebhookSecret = (): string => `whsec_${randomBytes(32).toString("base64")}`;
/** 32 bytes in hex, which every gateway's configuration can hold. */
export const newGatewaySecret = (): string => randomBytes(32).toString("hex");
/** An enrolment code a person can type: 4 groups of 4, 80 bits. */
export const newEnrolmentCode = (): string => random(16).replaceAll(/(.{4})(?=.)/g, "$1-");
export const newBranchId = (): BranchId => `br-${random(10)}` as BranchId;
