// Erasure by an operator, and the consents of a profile.

import { router } from "../openapi.ts";

export const erasureRoutes = router();
