// What the rights are made of. Times, people and rows come as arguments; nothing here knows the platform.

import type { EmailSender } from "../../../captive-portal/rights.ts";
import type { SignInLedger } from "../../../captive-portal/ports.ts";
import type { Person } from "../../../captive-portal/person.ts";
import type { SubjectKey } from "../../../schema/ids.ts";
import type { Sealer } from "../../core/consent/append.ts";
import type { Database } from "../../store/database.ts";
import type { TagsOf } from "../../store/visit-sets.ts";
import type { Seal } from "../seal.ts";

export interface RightsParts {
  readonly db: Database;
  readonly seal: Seal;
  readonly sealer: Sealer;
  readonly keyOf: (person: Person) => Promise<SubjectKey>;
  readonly emailKeyOf: (email: string) => Promise<SubjectKey>;
  readonly tagsOf: TagsOf;
  /** Of the key that new tombstones are made with: the first of `tagsOf`. */
  readonly suppressionKeyId: string;
  /** Null where nobody sends e-mails. */
  readonly emails: EmailSender | null;
  /** Tells every branch that there are new facts; each learns them by itself, so a failure is only a delay. */
  readonly tellBranches: (now: number) => Promise<void>;
  /** Forgets the codes of a phone, by its node key. */
  readonly forgetCodes: (phone: SubjectKey) => Promise<void>;
  readonly ledger: SignInLedger;
  readonly storeKeyOf: (identifier: { kind: string; value: string }) => Promise<SubjectKey>;
  /** The same value as an identifier of the commerce realm. */
  readonly commerceKeyOf: (identifier: { kind: string; value: string }) => Promise<SubjectKey>;
  /** Has decided what waits about identities, as far as it can be now; a failure is only a delay. */
  readonly settle: (now: number) => Promise<void>;
  /** The same, not waited for. */
  readonly settleLater: (now: number) => void;
  /** Tells who follows that there is something new; each asks by itself, so a failure is only a delay. */
  readonly tellFollowers: (now: number) => Promise<void>;
  /** Days off that the brand added, for due dates. */
  readonly holidays: () => Promise<readonly string[]>;
}
