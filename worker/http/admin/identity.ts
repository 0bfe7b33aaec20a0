// What an operator states about identity: same, not the same, blocked, retracted; and the rules.

import { router } from "../openapi.ts";

export const identityRoutes = router();
