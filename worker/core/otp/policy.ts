// The limits of one-time codes (design section 8). A phone's are fixed; a device's and a branch's may be configured.

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

export const OTP = {
  digits: 6,
  lifeMs: 5 * MINUTE,
  attempts: 5,
  betweenSendsMs: 30_000,
  sendsPerDay: 5,
  dayMs: DAY,
} as const;

/** Codes that may be sent within 24 h on behalf of one device, and from one branch. */
export interface OtpCaps {
  readonly perDevice: number;
  readonly perBranch: number;
}

export const DEFAULT_CAPS: OtpCaps = { perDevice: 10, perBranch: 1_000 };
