// What an operator says of a source after it was declared: its configuration, and the secrets it signs with.

import { router } from "../openapi.ts";

export const sourceSettingRoutes = router();
