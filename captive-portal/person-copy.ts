// The copy a shopper takes along: everything of the view as JSON in the documented format `quen-personal-copy-1`
// (docs/consent-evidence.md). Times are RFC 3339; nothing is left out and nothing is added.

import type { PersonView } from "./person-view.ts";

const iso = (at: number): string => new Date(at).toISOString();
const isoOrNull = (at: number | null): string | null => (at === null ? null : iso(at));

export const personCopy = (view: PersonView): string =>
  JSON.stringify(
    {
      format: "quen-personal-copy-1",
      at: iso(view.at),
      identifiers: view.identifiers.map(({ firstSeenAt, lastSeenAt, ...rest }) => ({
        ...rest,
        firstSeenAt: iso(firstSeenAt),
        lastSeenAt: iso(lastSeenAt),
      })),
      details: {
        name: view.details.name,
        email: view.details.email && {
          value: view.details.email.value,
          verifiedAt: isoOrNull(view.details.email.verifiedAt),
        },
      },
      standing: view.standing.map(({ purpose, since }) => ({ purpose, since: iso(since) })),
      consents: view.consents.map(({ at, ...rest }) => ({ at: iso(at), ...rest })),
      devices: view.devices.map(({ firstSignInAt, lastSignInAt, ...rest }) => ({
        ...rest,
        firstSignInAt: iso(firstSignInAt),
        lastSignInAt: iso(lastSignInAt),
      })),
      visits: view.visits.map(({ startedAt, endedAt, ...rest }) => ({
        ...rest,
        startedAt: iso(startedAt),
        endedAt: iso(endedAt),
      })),
      purchases: {
        identifiers: view.purchases.identifiers.map(({ firstSeenAt, lastSeenAt, ...rest }) => ({
          ...rest,
          firstSeenAt: iso(firstSeenAt),
          lastSeenAt: iso(lastSeenAt),
        })),
        traits: view.purchases.traits.map(({ at, ...rest }) => ({ ...rest, at: iso(at) })),
        orders: view.purchases.orders.map(({ at, marks, ...rest }) => ({
          ...rest,
          at: iso(at),
          marks: marks.map((mark) => ({ ...mark, at: iso(mark.at) })),
        })),
        channels: view.purchases.channels.map(({ firstAt, lastAt, ...rest }) => ({
          ...rest,
          firstAt: iso(firstAt),
          lastAt: iso(lastAt),
        })),
        events: view.purchases.events.map(({ at, ...rest }) => ({ ...rest, at: iso(at) })),
      },
      firstVisits: view.firsts.map(({ branchName, firstAt }) => ({ branchName, firstAt: iso(firstAt) })),
      requests: view.requests.map(({ receivedAt, replyDueAt, dueAt, ...rest }) => ({
        ...rest,
        receivedAt: iso(receivedAt),
        replyDueAt: iso(replyDueAt),
        dueAt: iso(dueAt),
      })),
      erasedAt: view.erasedAt.map(iso),
      recipients: view.recipients,
      retention: view.retention,
    },
    null,
    2,
  );
