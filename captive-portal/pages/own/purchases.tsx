// What the shop knows beside the store, on the shopper's own page. Nothing is drawn where nothing is joined.

import type { Language } from "../../language.ts";
import type { HeldOrder, HeldPurchases } from "../../purchases.ts";
import { formatDay } from "../format-at.ts";
import type { Frame } from "../layout.tsx";

/** The newest on the page; the copy has all of them. */
const SHOWN_ORDERS = 20;

export interface PurchasesProps {
  readonly frame: Frame;
  readonly view: { readonly purchases: HeldPurchases };
  readonly timezone: string;
  readonly language: Language;
}

export const Purchases = ({ frame: { copy }, view: { purchases }, timezone, language }: PurchasesProps) => {
  const words = copy.own;
  const { identifiers, traits, orders, events } = purchases;
  if (identifiers.length + traits.length + orders.length + events.length === 0) return null;
  const shown = orders.slice(0, SHOWN_ORDERS);
  return (
    <section class="card">
      <h2>{words.shopping.title}</h2>
      <p class="hint">{words.shopping.text}</p>
      {identifiers.map(({ kind, value }) => (
        <p class="row">
          <span>
            {words.identifier(kind)}: <b>{value}</b>
          </span>
        </p>
      ))}
      {traits.map(({ name, value, sourceName }) => (
        <p class="row">
          <span>
            {words.shopping.trait(name)}: <b>{value}</b>
            <span class="hint">{sourceName}</span>
          </span>
        </p>
      ))}
      {shown.map((order) => (
        <p class="row">
          <span>
            {formatDay(order.at, timezone, language)} · {amountOf(order, language)}
            <span class="hint">{orderLine(order, words)}</span>
          </span>
        </p>
      ))}
      {orders.length > shown.length ? (
        <p class="hint">{words.shopping.more(orders.length - shown.length)}</p>
      ) : null}
      {[...new Set(events.map(({ channel }) => channel))].map((channel) => {
        const own = events.filter((event) => event.channel === channel);
        const newest = formatDay(own[0]?.at ?? 0, timezone, language);
        return (
          <p class="row">
            <span>{words.shopping.events(channel, own.length, newest)}</span>
          </p>
        );
      })}
    </section>
  );
};

const amountOf = ({ total, currency }: HeldOrder, language: Language): string => {
  const amount = Number(total);
  if (!Number.isFinite(amount)) return `${total} ${currency}`;
  const locale = language === "vi" ? "vi-VN" : "en-GB";
  return `${new Intl.NumberFormat(locale, { maximumFractionDigits: 2 }).format(amount)} ${currency}`;
};

const orderLine = (
  { branchName, sourceName, status, items }: HeldOrder,
  words: Frame["copy"]["own"],
): string =>
  [branchName ?? sourceName, words.shopping.status(status), items.slice(0, 3).join(", ")]
    .filter((part) => part !== null && part !== "")
    .join(" · ");
