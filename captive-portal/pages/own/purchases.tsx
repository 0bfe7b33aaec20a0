// What the shop knows beside the store, on the shopper's own page. Nothing is drawn where nothing is joined.

import { channelName } from "../../../schema/channel-names.ts";
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
  const { identifiers, traits, orders, channels } = purchases;
  if (identifiers.length + traits.length + orders.length + channels.length === 0) return null;
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
            <span class="hint">{orderLine(order, words, language)}</span>
          </span>
        </p>
      ))}
      {orders.length > shown.length ? (
        <p class="hint">{words.shopping.more(orders.length - shown.length)}</p>
      ) : null}
      {channels.map(({ channel, events, firstAt, lastAt }) => (
        <p class="row">
          <span>
            {channelName(channel, language)}: <b>{words.shopping.events(events)}</b>
            <span class="hint">
              {words.shopping.between(
                formatDay(firstAt, timezone, language),
                formatDay(lastAt, timezone, language),
              )}
            </span>
          </span>
        </p>
      ))}
      {channels.length === 0 ? null : <p class="hint">{words.shopping.each}</p>}
    </section>
  );
};

const amountOf = ({ total, currency }: Pick<HeldOrder, "total" | "currency">, language: Language): string => {
  const amount = Number(total);
  if (!Number.isFinite(amount)) return `${total} ${currency}`;
  const locale = language === "vi" ? "vi-VN" : "en-GB";
  return `${new Intl.NumberFormat(locale, { maximumFractionDigits: 2 }).format(amount)} ${currency}`;
};

const orderLine = (
  { branchName, sourceName, status, items, worthVnd, total }: HeldOrder,
  words: Frame["copy"]["own"],
  language: Language,
): string =>
  [
    branchName ?? sourceName,
    words.shopping.status(status),
    worthVnd === null || worthVnd === 0 || String(worthVnd) === total
      ? null
      : words.shopping.left(amountOf({ total: String(worthVnd), currency: "VND" }, language)),
    items.slice(0, 3).join(", "),
  ]
    .filter((part) => part !== null && part !== "")
    .join(" · ");
