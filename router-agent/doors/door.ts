// What one kind of gateway promises: to let a phone on or off when told, to say whether it can be reached, and whom it
// sees. MACs go in and out of a door in memory only; no text that a door gives back holds one on purpose.

import type { Mac } from "../station.ts";

export interface Order {
  action: "allow" | "deny";
  minutes: number;
  /** Random; names the grant where the gateway keeps a note of it. */
  grantId: string;
  /** openNDS's own name of its client; null for every other gateway. */
  rhid: string | null;
  /** Looked up where there is no rhid. */
  mac: Mac | null;
  /**
   * Whether an address is of the phone that the grant names; null where it names none. Whoever holds an rhid may have
   * named another's phone, and a result that is ok says that it was this one.
   */
  isNamed: ((mac: Mac) => boolean) | null;
  /** What the gateway's redirect said of access point and site. It came through the phone and proves nothing. */
  params: Readonly<Record<string, string>>;
}

export type DoorTrouble =
  /** Another program holds the gateway's lock, or the controller asks for patience. */
  | "busy"
  | "unreachable"
  /** The controller's certificate is not the one that was pinned, or nobody vouches for it. */
  | "certificate"
  | "credentials"
  /** The gateway does not know this phone (yet). */
  | "unknown_client"
  /** The gateway's client is another phone than the grant names. */
  | "foreign_device"
  | "refused"
  | "unexpected";

/** Nothing is left to try after `refuse`; after `retry` the same order may be given again. */
export type DoorOutcome =
  | { kind: "done" }
  | { kind: "retry"; reason: DoorTrouble; detail: string; afterMs?: number }
  | { kind: "refuse"; reason: DoorTrouble; detail: string };

export type DoorCheck = { ok: true; detail: string } | { ok: false; detail: string; fix: string };

export interface Door {
  carryOut(order: Order, signal: AbortSignal): Promise<DoorOutcome>;
  check(signal: AbortSignal): Promise<DoorCheck>;
  /** Whom the gateway itself sees now; empty where it cannot tell. */
  macs(signal: AbortSignal): Promise<Mac[]>;
}

export const DONE: DoorOutcome = { kind: "done" };
export const retry = (reason: DoorTrouble, detail: string): DoorOutcome => ({
  kind: "retry",
  reason,
  detail,
});
export const refuse = (reason: DoorTrouble, detail: string): DoorOutcome => ({
  kind: "refuse",
  reason,
  detail,
});

/** `aa:bb:cc:dd:ee:ff`, as most gateways want it; Omada wants `AA-BB-…`. */
export const spellMac = (mac: Mac, separator = ":"): string => (mac.match(/../g) ?? []).join(separator);
