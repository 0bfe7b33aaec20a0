// Sources that tell of people, each with its legal basis.

import { router } from "../openapi.ts";

export const sourceRoutes = router();
