// What tills, shops and other channels told of a person, opened: a part of the view of the shopper's own page.

import type { HeldIdentifier } from "../../../captive-portal/person-view.ts";
import type { HeldPurchases } from "../../../captive-portal/purchases.ts";
import type { SubjectKey } from "../../../schema/ids.ts";
import type { ToldEvent } from "../../../schema/messages-channels.ts";
import type { OrderMark } from "../../../schema/events.ts";
import { orderNow, type OrderStatus } from "../../core/orders/worth.ts";
import type { PersonRows } from "../../store/person-rows.ts";
import { identifierContext } from "../ledger.ts";
import { openIfReadable } from "../open-if-readable.ts";
import type { Seal } from "../seal.ts";

/** Of the commerce realm, and only while the person's own consent joins it with the store. */
export const heldPurchases = async (
  seal: Seal,
  rows: PersonRows,
  branchName: (id: string | null) => string | null,
): Promise<HeldPurchases> => ({
  identifiers: await Promise.all(
    rows.identifiers.filter(({ realm }) => realm === "commerce").map((row) => openIdentifier(seal, row)),
  ),
  traits: await Promise.all(
    rows.traits.map(async ({ key, trait, source, sealed, at, sourceName }) => ({
      name: trait,
      value: await seal.open(sealed, `trait/${key}/${trait}/${source}`),
      sourceName,
      at,
    })),
  ),
  orders: rows.orders.map(
    ({ sourceName, orderId, at, branchId, channel, total, currency, items, marks: marked, ...told }) => {
      const marks = (JSON.parse(marked) as [OrderMark, number, number | null][]).map(
        ([kind, markedAt, amountVnd]) => ({ kind, at: markedAt, amountVnd }),
      );
      const now = orderNow({ ...told, status: told.status as OrderStatus, net: told.net === 1 }, marks);
      return {
        sourceName,
        orderId,
        at,
        branchName: branchName(branchId),
        channel,
        ...now,
        total,
        currency,
        items: (JSON.parse(items) as { name: string }[]).map(({ name }) => name),
        marks,
      };
    },
  ),
  channels: rows.channels,
  events: await Promise.all(
    rows.events.map(async (row) => ({
      sourceName: row.sourceName,
      at: row.at,
      channel: row.channel,
      name: row.name,
      branchName: branchName(row.branchId),
      campaign: row.campaign === null ? null : (JSON.parse(row.campaign) as Record<string, string>),
      direction: row.direction,
      sentiment: row.sentiment,
      products: (JSON.parse(row.products ?? "[]") as ToldEvent["products"]).flatMap(
        ({ name, sku, id }) => name ?? sku ?? id ?? [],
      ),
      orderId: row.orderId,
      valueVnd: row.valueVnd,
      details: await openObject(seal, row.details, `event/${row.source}/${row.messageId}`),
    })),
  ),
});

const openObject = async (
  seal: Seal,
  sealed: string | null,
  context: string,
): Promise<Record<string, unknown> | null> => {
  const text = sealed === null ? null : await openIfReadable(seal, sealed, context);
  return text === null ? null : (JSON.parse(text) as Record<string, unknown>);
};

export const openIdentifier = async (
  seal: Seal,
  row: PersonRows["identifiers"][number],
): Promise<HeldIdentifier> => ({
  kind: row.kind,
  value: await seal.open(row.sealed, identifierContext(row.key as SubjectKey)),
  firstSeenAt: row.firstSeenAt,
  lastSeenAt: Math.max(row.lastSeenAt, row.firstSeenAt),
});
