// Closed sets of journeys (docs/journeys.md).

/** How far somebody came; the later ones are the further ones. */
export const STEPS = ["arrive", "view", "engage", "checkout", "visit", "order"] as const;
export type Step = (typeof STEPS)[number];

/** The tables of which an answer as CSV is one. */
export const JOURNEY_TABLES = ["channels", "campaigns", "funnel", "branches"] as const;
export type JourneyTable = (typeof JOURNEY_TABLES)[number];
