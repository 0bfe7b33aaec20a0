// One profile, its timeline, and the snapshot of all.

import { router } from "../openapi.ts";

export const profileRoutes = router();
