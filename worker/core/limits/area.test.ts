import { expect, it } from "vitest";
import { areaOf } from "./area.ts";
import { rateLimitHeaders } from "./headers.ts";
import { scopePolicy } from "./policy.ts";

it.each([
  ["/v1/profiles/lookup", ["crm:read"], "crm:read"],
  ["/v1/profiles/pr_1/timeline", ["crm:read", "crm:personal"], "crm:personal"],
  ["/v1/profiles/changes", ["crm:personal"], "crm:personal"],
  ["/v1/profiles/pr_1/erasure", ["privacy", "crm:personal"], "privacy"],
  ["/v1/profiles/pr_1/consents", ["privacy"], "privacy"],
  ["/v1/requests", ["privacy"], "privacy"],
  ["/v1/consents/proofs", ["privacy"], "privacy"],
  ["/v1/branches/a/footfall", ["marketing:read"], "marketing:read"],
  ["/v1/frequency", ["marketing:read"], "marketing:read"],
  ["/v1/orders", ["events:write"], "events:write"],
  ["/v1/identify", ["events:write"], "events:write"],
  ["/v1/admin/keys", ["crm:read"], "admin"],
  ["/v1/profiles", ["admin"], "admin"],
] as const)("a request to %s with %j counts against the limit of %s", (path, scopes, area) => {
  expect(areaOf(path, scopes)).toBe(area);
});

it("a limit is told as structured fields: the policy with its window, and what is left until when", () => {
  expect(rateLimitHeaders(scopePolicy("crm:read"), { remaining: 599, resetAt: 60_000, now: 29_001 })).toEqual(
    {
      "RateLimit-Policy": '"crm:read";q=600;w=60',
      RateLimit: '"crm:read";r=599;t=31',
    },
  );
});

it("a brand sets the limit of one scope and leaves the others", () => {
  const own = { "crm:read": 6_000 };
  expect(scopePolicy("crm:read", own).limit).toBe(6_000);
  expect(scopePolicy("counter", own).limit).toBe(120);
});
