// What a brand and a branch bring to the portal: name, colour, texts, who is responsible. All of it is escaped when
// rendered, and a colour that is not one is replaced, so a wrong setting can look plain but never break a page.

import type { GatewayKind, GatewaySettings } from "../schema/gateways.ts";
import type { BranchId, GatewayId } from "../schema/ids.ts";
import type { Purpose } from "../schema/consent.ts";
import type { BrandTexts } from "./copy/copy.ts";
import type { Language } from "./language.ts";

export interface Brand {
  readonly name: string;
  /** `#rrggbb`. */
  readonly colour: string;
  /** A `data:` address of a small picture, so that the page stays one request; null: the name's first letter. */
  readonly logo: string | null;
  /** Who is responsible for the data, and how to reach them; both are part of the recorded wording. */
  readonly controller: { readonly name: string; readonly contact: string };
  /** Where "continue" leads at the end; always from settings, never from the gateway's hand-off. */
  readonly landingUrl: string | null;
  /** A brand's own words for parts of the pages that are no evidence. */
  readonly texts: Partial<Record<Language, BrandTexts>>;
}

/** How long who is let on, as the brand or branch sets it. */
export interface AccessPolicy {
  readonly signedInMinutes: number;
  readonly guestMinutes: number;
  /** Whether the way in without signing in is offered. Who is not 16 has it in any case. */
  readonly guestPass: boolean;
  /** How long after a proof a recognised device gets on with one tap; 0 switches it off. */
  readonly returningDays: number;
}

export interface PortalGateway {
  readonly id: GatewayId;
  readonly kind: GatewayKind;
  readonly settings: GatewaySettings;
  readonly branchId: BranchId;
  readonly branchName: string;
  /** IANA name, for the times that shoppers read. */
  readonly timezone: string;
  readonly brand: Brand;
  /** Purposes that are offered, in the order they are shown. */
  readonly offered: readonly Purpose[];
  readonly policy: AccessPolicy;
}
