// The plain texts that answer CoovaChilli's HTTP AAA. Nothing that was asked is ever echoed: each line becomes a
// RADIUS attribute. Chilli compares the first bytes and reads text after a colon as it is, space included.

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

export const aaaAccept = ({ seconds, landingUrl }: AaaGrant): string => {
  const url = URL.canParse(landingUrl) ? new URL(landingUrl).href : "";
  return [
    "Auth: 1",
    `Session-Timeout: ${Math.max(1, Math.floor(seconds))}`,
    `Idle-Timeout: ${IDLE_SECONDS}`,
    `Acct-Interim-Interval: ${INTERIM_SECONDS}`,
    ...(url !== "" && url.length <= MAX_URL ? [`WISPr-Redirection-URL:${url}`] : []),
    "",
  ].join("\n");
};

export const AAA_REJECT = "Auth: 0\nReply-Message:Please open the WiFi page again.\n";

export const AAA_ACK = "Ack: 1\n";
