import { describe, expect, it } from "vitest";
import type { SubjectKey } from "../../../schema/ids.ts";
import { type AnswerRow, answersOf } from "./answers.ts";
import { permissionWindows, standingSince } from "./permission.ts";

const PURPOSE = "marketing_zalo";
const [PHONE, ZALO] = ["phone", "zalo"] as unknown as [SubjectKey, SubjectKey];

const row = (
  subject: string,
  at: number,
  more: Partial<Pick<AnswerRow, "state" | "outdatedAt">> = {},
): AnswerRow => ({
  subject,
  purpose: PURPOSE,
  state: "granted",
  at,
  record: JSON.stringify({ userInitiated: true }),
  outdatedAt: null,
  ...more,
});
const since = (subject: SubjectKey, ...rows: AnswerRow[]): number | null =>
  standingSince(answersOf(rows), { subject, purpose: PURPOSE });

describe("a grant to a text that changed in substance", () => {
  it("stood until then and stands no more", () => {
    const rows = [row("phone", 10, { outdatedAt: 50 })];
    expect(permissionWindows(answersOf(rows), { subject: PHONE, purpose: PURPOSE })).toEqual([
      { from: 10, to: 50 },
    ]);
  });

  it("stands again from a grant of the new text", () => {
    expect(since(PHONE, row("phone", 10, { outdatedAt: 50 }), row("phone", 60))).toBe(60);
  });

  it("ends nothing that another identifier of the same person granted to the new text, before or after", () => {
    for (const at of [20, 60]) {
      const rows = [row("phone", 10, { outdatedAt: 50 }), row("zalo", at)];
      expect([since(PHONE, ...rows), since(ZALO, ...rows)]).toEqual([null, at]);
    }
  });

  it("is no withdrawal: one by any identifier still ends every older grant of the person", () => {
    const rows = [
      row("phone", 10, { outdatedAt: 50 }),
      row("zalo", 20),
      row("phone", 70, { state: "withdrawn" }),
    ];
    expect(since(ZALO, ...rows)).toBeNull();
  });
});
