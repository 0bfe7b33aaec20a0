// What every route finds in its context, put there by middleware in http/app.ts.

import type { SourceId } from "../../schema/ids.ts";
import type { Scope } from "../../schema/scopes.ts";
import type { Clock } from "../objects/branch-presence.ts";
import type { Services } from "../services.ts";

/** Who calls: an API key, the admin secret, or an operator signed in on the dashboard. */
export interface Caller {
  /** `key_…`, `admin` or `operator`; safe to write to the audit log. */
  name: string;
  scopes: readonly Scope[];
  /** The only source that an API key may tell of; absent: any. */
  source?: SourceId;
}

export interface HttpEnv {
  Variables: {
    requestId: string;
    clock: Clock;
    services: Services;
    caller: Caller | null;
  };
}
