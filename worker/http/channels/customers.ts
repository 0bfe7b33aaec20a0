// Customers as tills and files tell them.

import { router } from "../openapi.ts";

export const customerRoutes = router();
