// Makes a login that is about to begin: its short code, state, verifier and how long they last.

import { base64url, newVerifier } from "./pkce.ts";
import type { LoginPurpose, PendingLogin } from "./ports.ts";
import { newShortCode } from "./short-code.ts";

/** As long as the window in which the internet is open for it. */
export const CODE_MS = 5 * 60_000;
/** Whoever went to Zalo in the last second still needs time to type a password. */
const RETURN_MS = 5 * 60_000;

export const newLogin = ({ purpose, now }: { purpose: LoginPurpose; now: number }): PendingLogin => ({
  id: `zl_${random(18)}`,
  purpose,
  code: newShortCode(),
  state: random(24),
  verifier: newVerifier(),
  codeExpiresAt: now + CODE_MS,
  expiresAt: now + CODE_MS + RETURN_MS,
});

const random = (bytes: number): string => base64url(crypto.getRandomValues(new Uint8Array(bytes)));
