// What the client script writes about journeys. The two translations are in journeys-vi.ts and journeys-en.ts.
import type { Step } from "../../schema/journeys.ts";

export interface JourneyCopy {
  steps: Record<Step, string>;
  /** Those not named here are shown by their own word. */
  channels: Record<string, string>;
  direct: string;
  noCampaign: string;
  others: string;
  step: string;
  people: string;
  stopped: (people: string, share: string) => string;
  stoppedHere: string;
  dropOff: string;
  channel: string;
  campaign: string;
  firstTouch: string;
  lastTouch: string;
  visitsAndOrders: (visits: string, orders: string) => string;
  conversions: string;
  value: string;
  share: string;
  orders: string;
  visits: string;
  keptBack: string;
  tooFew: string;
  branch: string;
  came: string;
  bought: string;
  closing: string;
  /** Where the share surely lies. */
  range: (low: string, high: string) => string;
  ofCame: (bought: string, came: string) => string;
  best: (branch: string) => string;
  unclear: string;
  capped: string;
  covered: {
    label: string;
    visits: string;
    orders: string;
    events: string;
    of: (counted: string, all: string) => string;
    note: string;
  };
}
