// The queue of data-subject requests.

import { router } from "../openapi.ts";

export const requestRoutes = router();
