// Who was affected by access to data in a given time.

import { router } from "../openapi.ts";

export const breachRoutes = router();
