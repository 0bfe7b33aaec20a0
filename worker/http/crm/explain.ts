// Why a profile is what it is.

import { router } from "../openapi.ts";

export const explainRoutes = router();
