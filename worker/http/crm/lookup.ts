// Profiles by any identifier.

import { router } from "../openapi.ts";

export const lookupRoutes = router();
