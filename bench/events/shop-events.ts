// Events of a web shop's visitors, in batches as Segment's SDKs send them: an arrival from an ad, products looked at, one
// put into the cart. Who is named in them is what the benchmarks differ in.

/** `anonymous`: a browser only. `identified`: a customer and their browser. `refused`: a browser whose owner said no. */
export type Naming = "anonymous" | "identified" | "refused";

const EVENTS_A_VISIT = 5;
const EVENTS_A_BATCH = 100;

interface Load {
  /** Part of every id. */
  readonly run: string;
  readonly naming: Naming;
  readonly events: number;
  /** Visits are of the shoppers from this number on. */
  readonly firstShopper: number;
  readonly now: number;
}

const NAMES = ["Product List Viewed", "Product Viewed", "Product Viewed", "Product Viewed", "Product Added"];

const eventOf = ({ run, naming, firstShopper, now }: Load, index: number): object => {
  const shopper = firstShopper + Math.floor(index / EVENTS_A_VISIT);
  const step = index % EVENTS_A_VISIT;
  const product = `sku-${(shopper * 7 + step) % 400}`;
  return {
    type: "track",
    event: NAMES[step],
    messageId: `${run}-${index}`,
    anonymousId: `browser-${shopper}`,
    ...(naming === "identified" ? { userId: `customer-${shopper}` } : {}),
    timestamp: new Date(now - 3_600_000 + index).toISOString(),
    properties: {
      product_id: product,
      name: `Product ${product}`,
      price: 45_000,
      currency: "VND",
      quantity: 1,
    },
    context: {
      campaign: { source: "facebook", medium: "cpc", name: "autumn" },
      page: { path: `/p/${product}`, url: `https://shop.bench/p/${product}?utm_source=facebook` },
      library: { name: "bench", version: "1" },
      consent: { categoryPreferences: { analytics: naming !== "refused" } },
    },
  };
};

/** Bodies of `POST /v1/batch`. */
export const batchesOf = (load: Load): string[] =>
  Array.from({ length: Math.ceil(load.events / EVENTS_A_BATCH) }, (_, batch) => {
    const first = batch * EVENTS_A_BATCH;
    const events = Array.from({ length: Math.min(EVENTS_A_BATCH, load.events - first) }, (__, at) =>
      eventOf(load, first + at),
    );
    return JSON.stringify({ batch: events, sentAt: new Date(load.now).toISOString() });
  });
