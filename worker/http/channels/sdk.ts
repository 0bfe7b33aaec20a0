// What SDKs send: Segment's HTTP API in all its forms (docs/events.md).

import { router } from "../openapi.ts";

export const sdkRoutes = router();
