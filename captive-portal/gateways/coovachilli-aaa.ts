// CoovaChilli's HTTP AAA (`uamaaaurl`), which stands in for RADIUS where there is no UDP: a signed GET that asks
// whether a credential is right, or tells how much a session has used. Nothing unsigned is read.

import { isSame } from "./bytes.ts";
import { isChapOf } from "./coovachilli-chap.ts";
import { mdOf } from "./coovachilli-md.ts";
import { parseMac } from "./mac.ts";

export type AaaProof =
  | { readonly kind: "pap"; readonly password: string }
  /** `challenge` has the uamsecret mixed in already. */
  | { readonly kind: "chap"; readonly id: number; readonly challenge: string; readonly response: string };

interface AaaSession {
  /** 12 lower-case hex digits; made a token by whoever reads this, at once. */
  readonly mac: string | null;
  /** The clientKey of the hand-off. */
  readonly sessionId: string | null;
}

export type AaaAsk =
  | ({ readonly kind: "login"; readonly username: string; readonly proof: AaaProof } & AaaSession)
  | ({
      readonly kind: "counters";
      readonly status: "start" | "update" | "stop";
      readonly username: string;
      readonly durationMs: number;
      readonly bytesUp: number;
      readonly bytesDown: number;
    } & AaaSession)
  /** The gateway itself came up or goes down: all its sessions are over. */
  | { readonly kind: "restart" }
  /** MAC log-in, the gateway's own configuration, sign-up by chilli's pages: none of ours, answered with a no. */
  | { readonly kind: "not_offered" }
  | { readonly kind: "bad"; readonly reason: "malformed" | "forged" };

const MAX_ADDRESS = 4_096;

export const readAaa = (url: URL, secret: string | null): AaaAsk => {
  if (url.href.length > MAX_ADDRESS) return MALFORMED;
  if (secret === null || secret === "" || mdOf(url, secret) !== "right")
    return { kind: "bad", reason: "forged" };
  const query = url.searchParams;
  switch (query.get("stage") ?? "") {
    case "login":
      return query.get("service") === "login" ? readLogin(query) : { kind: "not_offered" };
    case "counters":
      return readCounters(query);
    case "register":
      return { kind: "not_offered" };
    default:
      return MALFORMED;
  }
};

/** Whether who logs in knows the password that belongs to the user name. */
export const proves = (proof: AaaProof, password: string): boolean =>
  proof.kind === "pap" ? isSame(proof.password, password) : isChapOf(password, proof);

const readLogin = (query: URLSearchParams): AaaAsk => {
  const username = usernameOf(query);
  const proof = proofOf(query);
  if (username === null || proof === null) return MALFORMED;
  return { kind: "login", username, proof, ...sessionOf(query) };
};

const proofOf = (query: URLSearchParams): AaaProof | null => {
  const response = query.get("chap_pass");
  if (response === null) {
    const password = query.get("pass") ?? "";
    return /^[0-9a-z]{1,64}$/.test(password) ? { kind: "pap", password } : null;
  }
  const challenge = query.get("chap_chal") ?? "";
  const id = numberOf(query.get("chap_id") ?? "");
  const isChap = /^[0-9a-f]{32}$/i.test(challenge) && /^[0-9a-f]{32}$/i.test(response);
  return isChap && id !== null && id < 256 ? { kind: "chap", id, challenge, response } : null;
};

const readCounters = (query: URLSearchParams): AaaAsk => {
  const status = query.get("status") ?? "";
  if (status === "up" || status === "down") return { kind: "restart" };
  if (status !== "start" && status !== "update" && status !== "stop") return MALFORMED;
  const username = usernameOf(query);
  const [duration, bytesUp, bytesDown] = COUNTERS.map((name) => numberOf(query.get(name) ?? "0"));
  if (username === null || duration == null || bytesUp == null || bytesDown == null) return MALFORMED;
  const used = { durationMs: duration * 1_000, bytesUp, bytesDown };
  return { kind: "counters", status, username, ...used, ...sessionOf(query) };
};

const COUNTERS = ["duration", "bytes_up", "bytes_down"] as const;

/** Ours are `[0-9a-z]` only; another one is nobody's. */
const usernameOf = (query: URLSearchParams): string | null => {
  const user = query.get("user") ?? "";
  return /^[0-9a-z]{1,64}$/.test(user) ? user : null;
};

const sessionOf = (query: URLSearchParams): AaaSession => {
  const id = query.get("sessionid") ?? "";
  return { mac: parseMac(query.get("mac") ?? ""), sessionId: /^[0-9a-f]{1,32}$/.test(id) ? id : null };
};

const numberOf = (text: string): number | null => (/^\d{1,15}$/.test(text) ? Number(text) : null);

const MALFORMED = { kind: "bad", reason: "malformed" } as const;
