// How long and how often things about a grant may be. Times in milliseconds.

/** An agent must have carried a grant out within this; it is also how long a grant may name a device. */
export const DELIVERY_MS = 120_000;
/** A bounded window is given once in this time. */
export const WINDOW_MS = 3_600_000;
/** How long a shopper's request waits for the store's agent. */
export const WAIT_MS = 2_000;
/** Wrong passwords after which a user name is good for nothing any more. */
export const MOST_WRONG = 10;
