// Where gateways and their RADIUS servers ask us, below the address of their hand-offs. Mounted before the portal, which
// answers everything else there.

import { Hono } from "hono";
import type { HttpEnv } from "../context.ts";
import { authmon } from "./authmon.ts";
import { getAaa } from "./coovachilli.ts";
import { postAccounting, postAuthorize, postPostAuth } from "./radius.ts";
import { getAuth, getPing, getPortal } from "./wifidog.ts";

export const gatewayAsks = new Hono<HttpEnv>();

gatewayAsks.on(["GET", "POST"], "/w/:gatewayId", authmon);
gatewayAsks.get("/w/:gatewayId/aaa", getAaa);
// WiFiDog puts a slash at the end; a path that an operator typed may have none.
for (const slash of ["", "/"]) {
  gatewayAsks.get(`/w/:gatewayId/auth${slash}`, getAuth);
  gatewayAsks.get(`/w/:gatewayId/ping${slash}`, getPing);
  gatewayAsks.get(`/w/:gatewayId/portal${slash}`, getPortal);
}
gatewayAsks.post("/w/:gatewayId/radius/authorize", postAuthorize);
gatewayAsks.post("/w/:gatewayId/radius/accounting", postAccounting);
gatewayAsks.post("/w/:gatewayId/radius/post-auth", postPostAuth);
