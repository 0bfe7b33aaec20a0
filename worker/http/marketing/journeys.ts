// Journeys from online to the store (docs/journeys.md).

import { router } from "../openapi.ts";

export const journeyRoutes = router();
