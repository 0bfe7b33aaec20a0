// Keeps what was told and, apart from it, whose each identifier really is. Resolvers see only the first.

import type { IdentityNode, Realm } from "../../worker/core/identity/node-key.ts";
import { type Evidence, type Trust, keyOf } from "./evidence.ts";
import type { Person } from "./people.ts";

export interface Given {
  readonly kind: string;
  readonly value: string;
  readonly trust: Trust;
  /** The person really uses it. Not so for typos, fillers and phones of others typed by staff. */
  readonly truly: boolean;
  /** Only where it differs from the message's. */
  readonly realm?: Realm;
}

export interface Told {
  readonly person: Person;
  readonly source: string;
  readonly realm: Realm;
  readonly at: number;
  /** The person's own identifier that all others of the message hang on. */
  readonly by: { readonly kind: string; readonly value: string };
  readonly with: readonly Given[];
}

export interface Ledger {
  tell(told: Told): void;
  /** In the order of observation. */
  evidence(): Evidence[];
  /** The profiles of those who really use an identifier; none for what belongs to nobody. */
  readonly owners: ReadonlyMap<string, ReadonlySet<string>>;
}

/** One who does not allow to link the realms is two profiles, and that is the right answer. */
export const profileOf = (person: Person, realm: Realm): string =>
  person.linked ? `${person.id}` : `${person.id}/${realm}`;

export const newLedger = (): Ledger => {
  const told: Evidence[][] = [];
  const owners = new Map<string, Set<string>>();
  const note = (node: IdentityNode, profile: string | null) => {
    const key = keyOf(node);
    const known = owners.get(key) ?? new Set();
    owners.set(key, profile === null ? known : known.add(profile));
  };
  return {
    owners,
    tell: ({ person, source, realm, at, by, with: others }) => {
      if (others.length === 0) return;
      const a = { realm, ...by };
      note(a, profileOf(person, realm));
      const messageId = `m${told.length}`;
      const facts = others.map(({ kind, value, trust, truly, realm: other = realm }): Evidence => {
        const b = { realm: other, kind, value };
        note(b, truly ? profileOf(person, other) : null);
        return { a, b, trust, source, messageId, observedAt: Math.floor(at) };
      });
      told.push(facts);
    },
    evidence: () =>
      told.toSorted((one, other) => (one[0]?.observedAt ?? 0) - (other[0]?.observedAt ?? 0)).flat(),
  };
};
