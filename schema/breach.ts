// Tables that hold something of people: what may be named when data was read by somebody who may not. Plain types.

export const BREACH_TABLES = [
  "identifiers",
  "person_details",
  "consents",
  "visits",
  "visitor_firsts",
  "device_facts",
  "evidence",
  "traits",
  "orders",
  "events",
] as const;
export type BreachTable = (typeof BREACH_TABLES)[number];
