// What the portal is made from, and what its handlers pass on to each other during one request.

import type { OwnVisit } from "./own/visit.ts";
import type { PortalGateway } from "./brand.ts";
import type { Language } from "./language.ts";
import type { PortalPorts } from "./ports.ts";
import type { PortalSession } from "./session.ts";

export interface PortalOptions {
  readonly ports: PortalPorts;
  /** Epoch milliseconds of a request; only local mode may take it from the caller. */
  readonly clock: (request: Request) => number;
  /** The address shoppers see, without a path and without a slash at its end. */
  readonly origin: (request: Request) => string;
  readonly mode: "local" | "live";
  /** Broken infrastructure. Must not throw; must not write addresses, bodies or values to a log. */
  readonly report: (error: unknown) => void;
}

/** A request inside a live session. */
export interface Visit {
  readonly gateway: PortalGateway;
  readonly session: PortalSession;
  readonly language: Language;
  readonly now: number;
  /** Path of the session, without a slash at its end. */
  readonly path: string;
}

export interface PortalEnv {
  Variables: { visit: Visit; own: OwnVisit; form: URLSearchParams };
}
