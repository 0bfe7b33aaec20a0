// Erases again whoever stands in a restored database although they were erased: of a profile only the identifiers that were.

import { leftoversAfter } from "../../store/leftovers.ts";
import { afterErasure } from "./after-erasure.ts";
import { eraseWhole } from "./erase-whole.ts";
import type { RightsParts } from "./parts.ts";

/** Recorded with each withdrawal as it stands: change it only together with its version. */
const WORDING = {
  id: "erasure-again",
  version: "2026-1",
  language: "vi",
  text: "Xóa lại dữ liệu đã được xóa trước đó, sau khi khôi phục cơ sở dữ liệu.",
} as const;

export const eraseAgain = async (
  parts: RightsParts,
  after: string,
  limit: number,
  now: number,
): Promise<{ erased: number; left: number; next: string | null }> => {
  const { keys, last } = await leftoversAfter(parts.db, after, limit, parts.tagsOf);
  const waiting = new Set(keys);
  const phones = [];
  let left = 0;
  for (const subject of keys) {
    if (!waiting.has(subject)) continue;
    const done = await eraseWhole(parts, {
      certificateId: parts.tagsOf(`erasure/again/${subject}/${now}`)[0] ?? "",
      subject,
      only: waiting,
      withdrawing: { wording: WORDING, method: "operator", proof: { kind: "none" }, userInitiated: false },
      reason: "restored",
      askedBy: "operator",
      origin: "operator",
      request: null,
      audit: null,
      now,
    });
    if (done === null) left += 1;
    for (const key of done?.keys ?? []) waiting.delete(key);
    phones.push(...(done?.phones ?? []));
  }
  if (keys.length > 0) await afterErasure(parts, phones, now);
  return { erased: keys.length - left, left, next: last };
};
