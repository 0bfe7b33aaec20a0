// What a shop system tells, read and judged as what every till tells is (worker/core/intake), and put together as a
// connector must give it. A field that is needed and missing is named; nothing is left out without a reason.

import type { OrderMark } from "../../schema/events.ts";
import { TOLD_PARSERS } from "../../schema/told-parsers.ts";
import type { GivenCustomer } from "../core/intake/read-customer.ts";
import { type GivenOrder, readOrder } from "../core/intake/read-order.ts";
import { readPerson } from "../core/intake/read-person.ts";
import { readRefund } from "../core/intake/read-refund.ts";
import type { Reading, ReadTold } from "../core/intake/read-told.ts";
import { type Campaign, NOTHING_SAID, type Said, type SaidEvent } from "../core/intake/said.ts";
import { type Account, NOTHING_TOLD, type Translation } from "./connector.ts";
import { plainEvent } from "./other-event.ts";
import { dropped } from "./translations.ts";

export interface ShopOrder {
  readonly id: string | null;
  readonly at: number | null;
  readonly updatedAt: number | null;
  /** The vendor's id of the branch where it was sold; null where it was sold in none. */
  readonly branch: string | null;
  readonly channel: string;
  readonly status: GivenOrder["status"];
  readonly total: number | null;
  /** Whether the vendor takes refunds off the total. */
  readonly net: boolean;
  readonly currency: string | null;
  readonly items: readonly {
    readonly name: string | null;
    readonly quantity: number | null;
    readonly sku: string | null;
  }[];
  readonly customer: GivenCustomer;
  readonly campaign: Campaign | null;
}

export interface ShopMark {
  /** The vendor's own id of it. */
  readonly id: string | null;
  readonly orderId: string | null;
  readonly kind: OrderMark;
  readonly at: number | null;
  /** Null: everything. */
  readonly amount: number | null;
}

export interface ShopCustomer extends GivenCustomer {
  readonly updatedAt: number | null;
}

const MOST_ITEMS = 200;
const LONGEST_NAME = 200;
const LONGEST_SKU = 80;

const iso = (at: number): string => new Date(at).toISOString();

const currencyOf = (told: string | null): string =>
  told !== null && /^[a-z]{3}$/i.test(told) ? told.toUpperCase() : "VND";

/** A vendor's decimals are exact to the đồng or come of a percentage: half a đồng is nobody's money. */
const moneyText = (total: number, currency: string): string =>
  currency === "VND" ? String(Math.round(total)) : String(Number(total.toFixed(6)));

const itemsOf = (items: ShopOrder["items"]): GivenOrder["items"] =>
  items.slice(0, MOST_ITEMS).map(({ name, quantity, sku }) => ({
    name: (name ?? sku ?? "unnamed").slice(0, LONGEST_NAME),
    quantity: quantity ?? 1,
    sku: sku?.slice(0, LONGEST_SKU),
  }));

/** That it was placed, once however often it is told: for the campaign, which an order has no place for. */
const placed = ({ order, ...said }: Said, campaign: Campaign | null): readonly Said[] =>
  order === null || campaign === null
    ? []
    : [
        {
          ...said,
          messageId: `placed/${order.orderId}`,
          traits: [],
          order: null,
          event: {
            ...plainEvent("order", "order placed", order.channel),
            stage: "order",
            campaign,
            subject: 0,
            branchId: order.branchId,
            orderId: order.orderId,
          },
        },
      ];

/** `what`: for the log, as `order` or `Notifications.0.Data.1`. */
export const shopTold = ({ source, orderBook, branchOf }: Account, channel: string, now: number) => {
  const reading: Reading = {
    source: { id: source, channel, orderBook },
    parsers: TOLD_PARSERS,
    branchOf,
    now,
  };
  const judged = (what: string, told: ReadTold, more: (said: Said) => readonly Said[]): Translation =>
    told.kind === "read"
      ? { ...NOTHING_TOLD, said: [told.said, ...more(told.said)], left: told.left }
      : {
          ...dropped(
            told.code === "no_identifier" ? "no_identifier" : "unreadable",
            `${what}: ${told.message}`,
          ),
          left: told.left,
        };
  const lacks = (what: string, field: string): Translation =>
    dropped("unreadable", `${what}: ${field} is missing or no ${field}`);
  return {
    order(what: string, given: ShopOrder): Translation {
      const { id, at, updatedAt, total } = given;
      if (id === null) return lacks(what, "id");
      if (at === null) return lacks(what, "time");
      if (total === null) return lacks(what, "total");
      const currency = currencyOf(given.currency);
      const told = readOrder(
        {
          id,
          at: iso(at),
          updatedAt: iso(updatedAt ?? at),
          branchId: given.branch,
          channel: given.channel,
          status: given.status,
          total: moneyText(total, currency),
          currency,
          items: itemsOf(given.items),
          customer: given.customer,
        },
        reading,
        { userInitiated: true },
      );
      if (told.kind === "refused" || told.said.order === null) return judged(what, told, () => []);
      const said = { ...told.said, order: { ...told.said.order, net: given.net } };
      return judged(what, { ...told, said }, () => placed(said, given.campaign));
    },

    mark(what: string, { id, orderId, kind, at, amount }: ShopMark): Translation {
      if (id === null || orderId === null) return lacks(what, "id");
      if (at === null) return lacks(what, "time");
      const given = { id, orderId, kind, at: iso(at), currency: "VND" };
      const text = amount === null ? null : moneyText(Math.abs(amount), "VND");
      return judged(what, readRefund({ ...given, amount: text }, reading), () => []);
    },

    /** As somebody at the shop keeps it: no act of the person's own. Its time must be told, or an old copy would win. */
    customer(what: string, { updatedAt, ...given }: ShopCustomer, messageId: string): Translation {
      if (updatedAt === null) return lacks(what, "time");
      const told = readPerson(
        { ...given, updatedAt: iso(updatedAt), userInitiated: false },
        reading,
        messageId,
      );
      return judged(what, told, () => []);
    },

    /** What happened before a sale, or to one: of the customer that it names, or of nobody. */
    event(
      what: string,
      customer: GivenCustomer,
      said: Pick<Said, "messageId" | "at"> & { readonly event: SaidEvent },
    ): Translation {
      const told = readPerson(
        { ...customer, updatedAt: iso(said.at), userInitiated: true },
        reading,
        said.messageId,
      );
      if (told.kind === "read")
        return {
          ...NOTHING_TOLD,
          said: [{ ...told.said, ...said, event: { ...said.event, subject: 0 } }],
          left: told.left,
        };
      return told.code === "no_identifier"
        ? { ...NOTHING_TOLD, said: [{ ...NOTHING_SAID, ...said }], left: told.left }
        : judged(what, told, () => []);
    },
  };
};
