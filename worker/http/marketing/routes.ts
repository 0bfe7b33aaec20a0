// Routes of marketing's read API.

import { router } from "../openapi.ts";

export const marketingRoutes = router();
