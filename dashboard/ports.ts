// What the dashboard needs from whoever hosts it, named by guarantee. The pages know no database, no secret and
// no clock of their own; a test or the development server gives them plain functions.

export type SessionOutcome =
  | {
      ok: true;
      /** Shown in the header; never a secret. */
      operator: string;
      /** Bound to the session; every form that changes something sends it back. */
      csrf: string;
      /** Scopes: what besides marketing's numbers this operator may open. */
      may: readonly string[];
    }
  | { ok: false };

export type SignInOutcome =
  | { ok: true; cookie: string; maxAgeSeconds: number }
  | { ok: false; reason: "used" | "expired" | "unknown" };

export interface DashboardPorts {
  /** Who is signed in, from the session cookie or the platform's own access token. Must not renew or change anything. */
  session(request: Request): Promise<SessionOutcome>;
  /** Uses the one-time token up: of any number of calls at most one gets `ok`. */
  consumeSignIn(token: string): Promise<SignInOutcome>;
  /** After it resolves the request's session is not accepted any more. Called only with a matching `csrf`. */
  endSession(request: Request): Promise<void>;
  /** Epoch ms; decides what "today" is. In local mode it may be the demo's clock. */
  now(): number;
  /** Local mode is visible on every page. */
  mode: "local" | "deployed";
}
