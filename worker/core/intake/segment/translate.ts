// Judges one event of an SDK and says it in our words (docs/events.md). Pure: it never throws, whatever was sent, and the
// same event says the same however it was batched.

import type { EventLoss, EventRefusal, ToldDrop } from "../../../../schema/reasons.ts";
import type { SourceConfig } from "../../../../schema/sources.ts";
import type { Parsers } from "../read-identifier.ts";
import { holdsContact } from "../holds-contact.ts";
import { requiredConsent } from "../required-consent.ts";
import { NOTHING_SAID, type Said, type SaidEvent } from "../said.ts";
import { readCampaign } from "./campaign.ts";
import { channelOf } from "./channel.ts";
import { type CommerceEvent, commerceEvent } from "./commerce.ts";
import { readDetails } from "./details.ts";
import { eventTime, type ParseTime } from "./event-time.ts";
import { hasConsent } from "./has-consent.ts";
import { field, isLoose, lineOf, type Loose, looseOf, textOf } from "./loose.ts";
import { type Hash, messageIdOf } from "./message-id.ts";
import { orderIdOf, readOrder } from "./order.ts";
import { readPage } from "./page.ts";
import { faultOf, refusalOf } from "./refusals.ts";
import { eventProducts, productsIn } from "./products.ts";
import type { SdkMethod, SentEvent } from "./sent.ts";
import { valueOf } from "./value.ts";
import { readWho } from "./who.ts";

/** Whose key it came with. */
export interface Sender {
  readonly source: string;
  readonly kind: string;
  readonly basis: "consent" | "contract";
  readonly config: SourceConfig;
  readonly isBrowser: boolean;
}

export interface Readers extends Parsers {
  readonly time: ParseTime;
  readonly hash: Hash;
}

export type EventVerdict =
  | {
      readonly kind: "taken";
      readonly said: Said;
      readonly losses: readonly EventLoss[];
      /** What of it says nothing of anybody. */
      readonly left: readonly ToldDrop[];
    }
  | { readonly kind: "rejected"; readonly messageId: string | null; readonly code: EventRefusal };

const LONGEST_NAME = 200;

const nameOf = (type: SdkMethod, event: Loose, properties: Loose, commerce: CommerceEvent | null): string => {
  const own =
    type === "track"
      ? event["event"]
      : isView(type)
        ? (field(event, "name") ?? field(properties, "name"))
        : "";
  const line = lineOf(own, LONGEST_NAME);
  // It stands in the clear.
  return commerce?.name ?? (line === undefined || holdsContact(line) ? type : line);
};

const isView = (type: SdkMethod): boolean => type === "page" || type === "screen";

const unique = (losses: readonly EventLoss[]): readonly EventLoss[] => [...new Set(losses)];

/** Nothing that says who or what: it counts where it happened, and no more. */
const withoutIdentity = (event: SaidEvent): SaidEvent => ({
  ...event,
  campaign: null,
  subject: null,
  anonymous: null,
  products: [],
  orderId: null,
  valueVnd: null,
  details: null,
});

const HOUR_MS = 3_600_000;

/**
 * What happened a second before somebody agreed would be known as theirs by its time, and by an id in which an SDK writes the
 * time or a shop the customer.
 */
const withoutPlace = (
  { messageId, at }: Pick<Said, "messageId" | "at">,
  hash: Hash,
): Pick<Said, "messageId" | "at"> => ({
  messageId: `counted-${hash(messageId)}`,
  at: at - (at % HOUR_MS),
});

export const translateEvent = (
  { type, raw, event }: SentEvent,
  sender: Sender,
  readers: Readers,
  receivedAt: number,
): EventVerdict => {
  const fault = faultOf(raw);
  const toldId = lineOf(event["messageId"], 100) ?? null;
  const rejected = (code: EventRefusal): EventVerdict => ({ kind: "rejected", messageId: toldId, code });
  if (fault !== null) return rejected(fault);
  if (!isLoose(raw)) return rejected("invalid");
  if (type === null) return rejected("unknown_type");
  const refusal = refusalOf(type, event);
  if (refusal !== null) return rejected(refusal);
  const messageId = messageIdOf(type, raw, event["sentAt"], readers.hash);
  if (messageId === null) return rejected("bad_message_id");
  const time = eventTime(event, receivedAt, readers.time);
  if (time.kind === "refused") return rejected(time.code);
  const said = { messageId, at: time.at };
  const timeLoss: readonly EventLoss[] = time.isUnreadable ? ["bad_time"] : [];
  return sayEvent(type, event, sender, readers, said, timeLoss);
};

const sayEvent = (
  type: SdkMethod,
  event: Loose,
  { source, kind, basis, config, isBrowser }: Sender,
  parsers: Readers,
  { messageId, at }: Pick<Said, "messageId" | "at">,
  timeLoss: readonly EventLoss[],
): EventVerdict => {
  const [context, properties] = [looseOf(event["context"]), looseOf(event["properties"])];
  const commerce = type === "track" ? commerceEvent(textOf(event["event"]) ?? "") : null;
  const page = readPage(context, isView(type) ? properties : {});
  const campaign = readCampaign(event, page, isView(type));
  const channel = channelOf(kind, event, context);
  const products = productsIn(properties, commerce !== null);
  const shown = eventProducts(products);
  const { details, isCut } =
    type === "track" || isView(type)
      ? readDetails(properties, page)
      : readDetails(type === "group" ? { groupId: event["groupId"] } : {}, page);
  const said: SaidEvent = {
    type,
    name: nameOf(type, event, properties, commerce),
    channel,
    stage: isView(type) && campaign !== null ? "arrive" : (commerce?.stage ?? null),
    campaign,
    subject: null,
    anonymous: null,
    branchId: null,
    direction: null,
    sentiment: null,
    products: shown.kept,
    orderId: orderIdOf(properties),
    valueVnd: valueOf(commerce, properties, products),
    details,
  };
  if (!hasConsent(requiredConsent({ basis, config }), context, looseOf(event["integrations"]))) {
    const counted = {
      ...NOTHING_SAID,
      ...withoutPlace({ messageId, at }, parsers.hash),
      event: withoutIdentity(said),
    };
    return { kind: "taken", said: counted, losses: [...timeLoss, "no_consent"], left: [] };
  }
  const isBelieved = !isBrowser || config.browserClaims === "asserted";
  const teller = { messageId, at, channel, book: config.orderBook ?? source, isBelieved };
  const part =
    commerce === null || commerce.order === null
      ? { order: null, mark: null, losses: [] }
      : readOrder(commerce.order, properties, products, teller);
  const who = readWho(type, event, part.order !== null, { source, parsers, isBelieved });
  const { identifiers, edges, traits, subject, anonymous, left } = who;
  return {
    kind: "taken",
    said: {
      messageId,
      at,
      identifiers,
      edges,
      traits,
      order: identifiers.length === 0 ? null : part.order,
      mark: part.mark,
      event: { ...said, subject, anonymous },
    },
    left,
    losses: unique([
      ...timeLoss,
      ...part.losses,
      ...who.losses,
      ...(shown.isCut ? (["products_cut"] as const) : []),
      ...(isCut ? (["details_cut"] as const) : []),
    ]),
  };
};
