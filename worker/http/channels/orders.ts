// Orders as tills and shops tell them.

import { router } from "../openapi.ts";

export const orderRoutes = router();
