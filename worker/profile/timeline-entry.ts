// Items of a timeline as the API tells them. What was bought, looked at or said is told to who may read personal values.

import type { TimelineEntry } from "../../schema/wire/crm.ts";
import type { OnlineEvent } from "../core/profile/online-event.ts";
import type { Redaction } from "../core/profile/redaction.ts";
import type { TimelineItem } from "../core/profile/timeline.ts";
import { openIfReadable } from "../portal/open-if-readable.ts";
import type { Seal } from "../portal/seal.ts";
import type { ProfileReader } from "./find-profiles.ts";

const timelineEntry = async (
  { seal, access }: Pick<ProfileReader, "seal" | "access">,
  item: TimelineItem,
): Promise<TimelineEntry> => {
  const at = new Date(item.at).toISOString();
  switch (item.type) {
    case "order": {
      const { subject: _, items, ...order } = item.order;
      const opened = access === "personal" ? { items: JSON.parse(items) as [] } : {};
      return { type: "order", ...order, at, ...opened };
    }
    case "event": {
      const { type, products: _, details: __, ...event } = item.event;
      const opened = access === "personal" ? await personalOf(seal, item.event) : {};
      return { ...event, type: "event", at, eventType: type, ...opened };
    }
    case "visit":
    case "sign_in":
    case "consent":
      return { ...item, at };
    case "created":
    case "merged":
    case "split":
      return { type: item.type, at, profileId: item.profileId, previousIds: [...item.previousIds] };
  }
};

type Personal = Pick<Extract<TimelineEntry, { type: "event" }>, "products" | "details">;

const personalOf = async (
  seal: Seal,
  { source, messageId, products, details }: OnlineEvent,
): Promise<Personal> => {
  const text = details === null ? null : await openIfReadable(seal, details, `event/${source}/${messageId}`);
  return {
    ...(products === null ? {} : { products: [...products] }),
    ...(text === null ? {} : { details: JSON.parse(text) as Record<string, unknown> }),
  };
};

/** `redacted`: whether details are there that do not open. */
export const timelineEntries = async (
  reader: Pick<ProfileReader, "seal" | "access">,
  items: readonly TimelineItem[],
): Promise<{ data: TimelineEntry[]; redacted: Redaction[] }> => {
  const told = await Promise.all(
    items.map(async (item) => ({ item, entry: await timelineEntry(reader, item) })),
  );
  const isShort = told.some(
    ({ item, entry }) =>
      item.type === "event" &&
      item.event.details !== null &&
      entry.type === "event" &&
      entry.details === undefined,
  );
  return {
    data: told.map(({ entry }) => entry),
    redacted: reader.access === "personal" && isShort ? [{ field: "details", reason: "unreadable" }] : [],
  };
};
