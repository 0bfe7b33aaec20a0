// The plain texts that answer CoovaChilli's HTTP AAA. Nothing that was asked is ever echoed: each line becomes a
// RADIUS attribute. Chilli compares the first bytes of the body and knows no chunks, so a reply needs Content-Length;
// text after a colon is read as it is, space included.

export interface AaaGrant {
  readonly seconds: number;
  /** A page of ours; chilli sends the browser there after the log-in. */
  readonly landingUrl: string;
}

/** Sessions end by silence after this, and tell of themselves as often. */
const IDLE_SECONDS = 900;
const INTERIM_SECONDS = 300;
/** A RADIUS attribute of a vendor holds 247 bytes. */
const MAX_URL = 240;

export const aaaAccept = ({ seconds, landingUrl }: AaaGrant): string =>
  lines([
    "Auth: 1",
    `Session-Timeout: ${Math.max(1, Math.floor(seconds))}`,
    `Idle-Timeout: ${IDLE_SECONDS}`,
    `Acct-Interim-Interval: ${INTERIM_SECONDS}`,
    ...next(landingUrl),
  ]);

/**
 * `entrance`: where the gateway begins a hand-off. Without a next address chilli 1.9 answers the browser with nothing
 * at all; with it the shopper is back on the first page with a live challenge.
 */
export const aaaReject = (entrance: string | null): string =>
  lines(["Auth: 0", "Reply-Message:Please open the WiFi page again.", ...next(entrance ?? "")]);

const lines = (all: readonly string[]): string => `${all.join("\n")}\n`;

const next = (address: string): readonly string[] => {
  const url = URL.canParse(address) ? new URL(address).href : "";
  return url !== "" && url.length <= MAX_URL ? [`WISPr-Redirection-URL:${url}`] : [];
};

export const AAA_REJECT = aaaReject(null);

export const AAA_ACK = "Ack: 1\n";
