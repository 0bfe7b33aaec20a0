// The change feed.

import { router } from "../openapi.ts";

export const changeRoutes = router();
