// Routes of marketing's read API. All of them only read, and all need the scope marketing:read.

import { router } from "../openapi.ts";
import { requireScope } from "../require-scope.ts";
import { branchReadRoutes } from "./branches.ts";
import { footfallRoutes } from "./footfall.ts";
import { frequencyRoutes } from "./frequency.ts";
import { retentionRoutes } from "./retention.ts";

export const marketingRoutes = router();
for (const path of ["/v1/branches", "/v1/branches/*", "/v1/frequency"])
  marketingRoutes.use(path, requireScope("marketing:read"));
for (const routes of [branchReadRoutes, footfallRoutes, frequencyRoutes, retentionRoutes])
  marketingRoutes.route("/", routes);
