// Webhooks of platforms and tills: `/hooks/{connector}/{sourceId}` (docs/channels.md).

import { router } from "../openapi.ts";

export const hookRoutes = router();
