// Receivers of webhooks.

import { router } from "../openapi.ts";

export const webhookRoutes = router();
