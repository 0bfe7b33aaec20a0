// An event of a web page of which nothing more is told: tests say what of theirs is different.

import type { ToldEvent } from "../../schema/messages-channels.ts";

export const PLAIN_EVENT: ToldEvent = {
  type: "track",
  name: "Product Viewed",
  channel: "web",
  stage: null,
  campaign: null,
  subject: null,
  anonymous: null,
  branchId: null,
  direction: null,
  sentiment: null,
  products: [],
  orderId: null,
  valueVnd: null,
  details: null,
};
