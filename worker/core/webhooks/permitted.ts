// What of a change may be told now, whenever it happened: what a person has taken back since is not sent, also where an
// earlier try has failed. Changes that name profiles only may always be told.

import type { ChangeType } from "../../../schema/changes.ts";
import type { Purpose } from "../../../schema/consent.ts";
import type { WithheldBecause } from "../../../schema/webhooks.ts";
import type { Answer } from "../consent/permission.ts";
import { consentWords } from "../profile/consent.ts";

export type ChangeData = Readonly<Record<string, unknown>>;

/** The profile as it is now; null where it is gone. */
export type Standing = {
  readonly restricted: boolean;
  /** Its id is of a shop's side, and no `profile_linking` stands: nothing of the store's side is told under it. */
  readonly unlinked: boolean;
  /** Of every member. */
  readonly answers: readonly Answer[];
} | null;

export type Permitted =
  | { readonly kind: "send"; readonly data: ChangeData }
  | { readonly kind: "withhold"; readonly because: WithheldBecause };

const withhold = (because: WithheldBecause): Permitted => ({ kind: "withhold", because });

/** Whether the answer depends on the profile as it is now. */
export const asksStanding = (type: ChangeType): boolean => type.includes(".");

interface ConsentTold {
  readonly purpose: Purpose;
  readonly state: string;
}

export const permitted = (type: ChangeType, data: ChangeData, standing: Standing): Permitted => {
  switch (type) {
    case "created":
    case "updated":
    case "merged":
    case "split":
    case "erased":
      return { kind: "send", data };
    case "visit.started":
    case "visit.completed":
    case "visit.amended":
      if (standing === null) return withhold("erased");
      if (standing.restricted) return withhold("restricted");
      if (standing.unlinked) return withhold("no_consent");
      return stands(standing.answers, "visit_recognition") ? { kind: "send", data } : withhold("no_consent");
    case "consent.changed": {
      if (standing === null) return withhold("erased");
      const told = (data["consents"] ?? []) as readonly ConsentTold[];
      // A grant that was withdrawn since would be the receiver's last word; a withdrawal is always told.
      const consents = told.filter(
        ({ purpose, state }) => state !== "granted" || mayBeUsed(standing, purpose),
      );
      return consents.length === 0 && told.length > 0
        ? withhold(standing.restricted ? "restricted" : "no_consent")
        : { kind: "send", data: { ...data, consents } };
    }
  }
};

const mayBeUsed = ({ restricted, unlinked, answers }: NonNullable<Standing>, purpose: Purpose): boolean =>
  !restricted && !unlinked && stands(answers, purpose);

const stands = (answers: readonly Answer[], purpose: Purpose): boolean =>
  consentWords(answers)[purpose]?.state === "granted";
