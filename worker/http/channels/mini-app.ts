// A Zalo Mini App's phone token, exchanged for the number.

import { router } from "../openapi.ts";

export const miniAppRoutes = router();
