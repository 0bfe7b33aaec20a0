// Scopes of API keys (design section 8). `admin` includes every other.

export const SCOPES = [
  "crm:read",
  "crm:personal",
  "counter",
  "marketing:read",
  "events:write",
  "privacy",
  "admin",
] as const;
export type Scope = (typeof SCOPES)[number];
