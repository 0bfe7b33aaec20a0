// What a person allows now, as rows of a page. Only for a session in which that person was proven.

import { formatDay } from "./pages/format-at.ts";
import type { StandingRow } from "./pages/standing.tsx";
import type { PortalOptions, Visit } from "./options.ts";
import type { Person } from "./person.ts";
import { purposeLabel } from "./wording.ts";

export const standingRows = async (
  { ports }: PortalOptions,
  { gateway, language, now }: Visit,
  person: Person,
): Promise<readonly StandingRow[]> =>
  (await ports.ledger.standing(person, now)).map(({ purpose, since }) => ({
    purpose,
    label: purposeLabel(purpose, gateway.brand, language),
    day: formatDay(since, gateway.timezone, language),
  }));
