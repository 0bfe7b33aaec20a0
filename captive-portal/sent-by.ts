// The way a code went, as the page tells the shopper. A closed set that ports, sessions and texts share.

/** `other`: the operator's own service, which says no more. */
export type SentBy = "zalo" | "sms" | "other";
