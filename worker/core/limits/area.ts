// Which limit a request counts against: told by its address, so that a route cannot forget it.

import type { Scope } from "../../../schema/scopes.ts";

const AREAS: readonly (readonly [RegExp, Scope])[] = [
  [/^\/v1\/admin(?:\/|$)/, "admin"],
  [/^\/v1\/(?:requests|consents|breach|erasures?|access-log)(?:\/|$)/, "privacy"],
  [/^\/v1\/profiles\/[^/]+\/(?:erasure|consents|requests)(?:\/|$)/, "privacy"],
  [/^\/v1\/profiles(?:\/|$)/, "crm:read"],
  [/^\/v1\/(?:branches|frequency|journeys)(?:\/|$)/, "marketing:read"],
];

/** What is in no list is told to us by channels. */
export const areaOf = (path: string, scopes: readonly Scope[]): Scope => {
  if (scopes.includes("admin")) return "admin";
  const area = AREAS.find(([pattern]) => pattern.test(path))?.[1] ?? "events:write";
  return area === "crm:read" && scopes.includes("crm:personal") ? "crm:personal" : area;
};
