// Two identifiers that one person proved in one session: evidence of the highest trust. What was consented to stays with
// the identifier it was given by.

import type { Rights } from "../../../captive-portal/rights.ts";
import { joinIdentifiers } from "../../store/join-identifiers.ts";
import { identifierOf } from "../keys.ts";
import { identifierContext } from "../ledger.ts";
import type { RightsParts } from "./parts.ts";

export const join =
  (parts: RightsParts): Rights["join"] =>
  async (person, other, { id, now }) => {
    const [subject, key] = await Promise.all([parts.keyOf(person), parts.keyOf(other)]);
    const { kind, value } = identifierOf(other);
    const outcome = await joinIdentifiers(parts.db, {
      subject,
      other: { key, kind, sealed: await parts.seal.seal(value, identifierContext(key)) },
      tags: { subject: parts.tagsOf(subject), other: parts.tagsOf(key) },
      messageId: id,
      at: now,
    });
    if (outcome === "refused") return { kind: "unknown" };
    await parts.settle(now);
    return { kind: "joined" };
  };
