// Withdraws purposes on identifiers of a profile because its person asked an operator: the same records as by the
// person's own hand, with the request as their proof. A repeat withdraws nothing twice.

import type { WordingShown } from "../../../captive-portal/session.ts";
import type { Purpose } from "../../../schema/consent.ts";
import type { ErasedMember } from "../../store/erasure-members.ts";
import { openIdentifier } from "../receipts.ts";
import type { RightsParts } from "./parts.ts";

/** Recorded as it stands: change the text only together with the version. */
const WORDING: WordingShown = {
  id: "withdrawal-by-request",
  version: "2026-1",
  language: "vi",
  text: "Rút lại sự đồng ý theo yêu cầu của chủ thể dữ liệu, do nhân viên được ủy quyền thực hiện.",
};

const personOf = async ({ seal }: RightsParts, { key, realm, kind, sealed }: ErasedMember) =>
  realm === "store" && kind !== null && sealed !== null ? openIdentifier(seal, key, { kind, sealed }) : null;

export const withdrawFor = async (
  parts: RightsParts,
  members: readonly ErasedMember[],
  { purposes, requestId, now }: { purposes: readonly Purpose[]; requestId: string; now: number },
): Promise<"done" | "retry"> => {
  for (const member of members) {
    const person = await personOf(parts, member);
    if (person === null) continue;
    const standing = await parts.ledger.standing(person, now);
    for (const { purpose } of standing.filter((grant) => purposes.includes(grant.purpose))) {
      const outcome = await parts.ledger.withdraw({
        id: `${requestId}.${purpose}.${member.key}`,
        person,
        purpose,
        wording: WORDING,
        gatewayId: null,
        branchId: null,
        proof: { kind: "request", requestId },
        now,
      });
      if (outcome.kind === "retry") return "retry";
    }
  }
  return "done";
};
