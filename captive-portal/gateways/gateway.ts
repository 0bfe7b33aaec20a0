// What one vendor's file promises: to read the hand-off without trusting it, and to say how somebody is let on. Pure;
// keys come from the gateway's settings, time and random values from the caller.

import type { DeviceToken } from "../../schema/ids.ts";
import type { GatewayKind, GatewaySettings } from "../../schema/gateways.ts";

/** A request that a gateway made a browser send. */
export interface HandOffRequest {
  /** As the browser asked for it; some vendors sign the whole of it. */
  readonly url: URL;
  /** MikroTik posts its parameters. */
  readonly form: URLSearchParams | null;
}

/** The MAC (12 lower-case hex digits) is turned into a token at once and is in nothing else of a hand-off. */
export type HandOffClient =
  | { readonly kind: "mac"; readonly mac: string }
  | { readonly kind: "device"; readonly device: DeviceToken }
  | { readonly kind: "none" };

/** What the vendor's own `plan` needs later. Kept sealed with the session; never the client's MAC. */
export type GatewayLink = Readonly<Record<string, string>>;

export interface HandOff {
  readonly client: HandOffClient;
  /** Whether the gateway's secret vouches for what it says; where not, whoever forges it names another device. */
  readonly vouched: boolean;
  readonly link: GatewayLink;
  /** An id of the client's session that the gateway uses towards us as well; never a MAC or an IP address. */
  readonly clientKey: string | null;
  /** The gateway says that the client is on already. */
  readonly alreadyOn: boolean;
}

/** `forged`: the secret does not vouch for it. `foreign_target`: it names a place we may not send anybody to. */
export type HandOffRefusal = "malformed" | "forged" | "foreign_target";

export type HandOffResult =
  | { readonly ok: true; readonly handOff: HandOff }
  | { readonly ok: false; readonly reason: HandOffRefusal };

/** One permission to be on, made before it is planned. */
export interface Pass {
  /** Random; names the grant everywhere. */
  readonly id: string;
  /** One-time credential for gateways that ask by user name: `[0-9a-z]` only, 16 and 24 characters. */
  readonly username: string;
  readonly password: string;
  readonly minutes: number;
  /**
   * Where the browser ends: a page of ours that is nobody's. It travels through the gateway, often in the clear, so
   * it may not be the address of the session.
   */
  readonly landingUrl: string;
}

/** `go`: a navigation. `post`: a form that the shopper sends with one tap, because it works without script. */
export type BrowserStep =
  | { readonly kind: "go"; readonly url: string }
  | {
      readonly kind: "post";
      readonly action: string;
      readonly fields: readonly (readonly [name: string, value: string])[];
    };

/**
 * How the store's own agent lets somebody on: it knows the MAC of a device, and openNDS knows a `rhid`. `params` is
 * what a controller wants besides: access point, site, network; names up to 40 and values up to 200 characters.
 */
export type AgentGrant = { readonly params?: Readonly<Record<string, string>> } & (
  | { readonly by: "device"; readonly device: DeviceToken }
  /** `device`: whom the hand-off named; the agent refuses if the rhid is another's. */
  | { readonly by: "rhid"; readonly rhid: string; readonly device: DeviceToken | null }
);

/** All ways that lead to this grant. The agent is tried first, then the browser; the rest is for who asks us. */
export interface GrantPlan {
  readonly agent: AgentGrant | null;
  /** openNDS's authmon fetches it within seconds. */
  readonly queue: { readonly rhid: string } | null;
  /** The gateway or its RADIUS server will ask us whether this is right. */
  readonly asks: "credential" | "token" | null;
  readonly browser: BrowserStep | null;
}

export const NO_PLAN: GrantPlan = { agent: null, queue: null, asks: null, browser: null };

export interface Gateway {
  readonly kind: GatewayKind;
  /** Answers something for any request and never throws. */
  readonly parse: (request: HandOffRequest, settings: GatewaySettings) => Promise<HandOffResult>;
  /** `device` is the token of the hand-off's client, or null. */
  readonly plan: (
    link: GatewayLink,
    settings: GatewaySettings,
    pass: Pass,
    device: DeviceToken | null,
  ) => Promise<GrantPlan>;
}
