// Closed sets of what happens in online channels. A vendor's own words are kept as the event's name; these are ours.

/** How an event came: by a method of the SDKs, or what a platform's webhook tells. */
export const EVENT_TYPES = [
  "track",
  "page",
  "screen",
  "identify",
  "group",
  "alias",
  "message",
  "follow",
  "unfollow",
  "click",
  "form",
  "order",
  /** A vendor's event that we have no meaning for: kept under its own name. */
  "other",
] as const;
export type EventType = (typeof EVENT_TYPES)[number];

/** Where in a journey an event stands; docs/journeys.md defines each. */
export const STAGES = ["arrive", "view", "chat", "cart", "checkout", "order"] as const;
export type Stage = (typeof STAGES)[number];

export const DIRECTIONS = ["in", "out"] as const;
export type Direction = (typeof DIRECTIONS)[number];

export const SENTIMENTS = ["negative", "neutral", "positive"] as const;
export type Sentiment = (typeof SENTIMENTS)[number];

export const ORDER_MARKS = ["refund", "cancel"] as const;
export type OrderMark = (typeof ORDER_MARKS)[number];
