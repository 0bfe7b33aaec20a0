// The Captive Portal API's answer (RFC 8908), as a value. It says whether the client is let out, never who it is.

export interface CaptiveState {
  /** Until when the client is on; null: it is not. */
  readonly onUntil: number | null;
  /** Where the client opens the portal. */
  readonly portalUrl: string;
  /** A page about the store that phones show once they are on. */
  readonly venueUrl: string | null;
  readonly now: number;
}

/** The names are the RFC's. */
export interface CaptiveJson {
  readonly captive: boolean;
  readonly "user-portal-url": string;
  readonly "venue-info-url"?: string;
  readonly "can-extend-session"?: boolean;
  readonly "seconds-remaining"?: number;
}

/** The answer is one client's at one moment; nothing between us may keep it. */
export const CAPTIVE_HEADERS = {
  "Content-Type": "application/captive+json",
  "Cache-Control": "private, no-store",
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
} as const;

export const captiveJson = ({ onUntil, portalUrl, venueUrl, now }: CaptiveState): CaptiveJson => {
  // The RFC wants TLS for it, and phones ignore it otherwise.
  const venue = venueUrl?.startsWith("https://") === true ? { "venue-info-url": venueUrl } : {};
  const isOn = onUntil !== null && onUntil > now;
  if (!isOn) return { captive: true, "user-portal-url": portalUrl, ...venue };
  return {
    captive: false,
    "user-portal-url": portalUrl,
    ...venue,
    // Signing in again while on changes nothing; only after the end does it.
    "can-extend-session": false,
    "seconds-remaining": Math.ceil((onUntil - now) / 1_000),
  };
};
