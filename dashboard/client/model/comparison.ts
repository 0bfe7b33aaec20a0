// The brand's frequency answer -> one line a branch for the comparison strip, most visited first. A branch that
// the answer does not name had no recognised visitor and is listed with zeros, so that none goes missing.
import type { Branch, BranchFrequency } from "./api-shapes.ts";

export interface ComparisonRow {
  branchId: string;
  name: string;
  visitors: number;
  visits: number;
  visitsPerVisitor: number | undefined;
  returningShare: number | undefined;
  /** Of the branch with the most visits, 0 to 1. */
  length: number;
}

export function comparisonRows(
  branches: readonly Branch[],
  answer: readonly BranchFrequency[],
): ComparisonRow[] {
  const most = Math.max(0, ...answer.map((row) => row.visits));
  return branches
    .map((branch): ComparisonRow => {
      const row = answer.find((candidate) => candidate.branchId === branch.id);
      const visitors = row?.visitors ?? 0;
      const visits = row?.visits ?? 0;
      return {
        branchId: branch.id,
        name: branch.name,
        visitors,
        visits,
        visitsPerVisitor: visitors === 0 ? undefined : visits / visitors,
        returningShare: visitors === 0 ? undefined : (row?.returningVisitors ?? 0) / visitors,
        length: most === 0 ? 0 : visits / most,
      };
    })
    .toSorted((a, b) => b.visits - a.visits || a.name.localeCompare(b.name, "vi"));
}
