// The parts of the rights for routes of the scope `privacy`: the same that the shopper's own page has.

import type { Context } from "hono";
import { branchTeller } from "../../portal/branch-teller.ts";
import { rightsParts } from "../../portal/rights/make-parts.ts";
import type { RightsParts } from "../../portal/rights/parts.ts";
import type { HttpEnv } from "../context.ts";

export const partsOf = (c: Context<HttpEnv>): RightsParts => {
  const services = c.get("services");
  return rightsParts(services, branchTeller(services));
};
