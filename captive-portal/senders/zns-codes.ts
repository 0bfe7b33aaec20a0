// What Zalo's answers to a template message mean for a code: a closed list, so that each is counted and leads to the
// same next step. Zalo documents most of these; what no list names is `unknown`, logged as its number, never guessed.

export const ZNS_TROUBLES = [
  /** The number has no Zalo account. */
  "no_account",
  /** The person wants no such messages from this account. */
  "user_refused",
  /** Inactive, blocked, or with a Zalo too old to show it. */
  "user_unreachable",
  "bad_phone",
  /** No money, or today's number of messages is used up. */
  "quota",
  /** No access token: see the OA token (docs/zalo.md). */
  "token",
  /** App, OA, template or parameter: an operator must change something. */
  "settings",
  "busy",
  "silent",
  "unreachable",
  "unreadable",
  "unknown",
] as const;
export type ZnsTrouble = (typeof ZNS_TROUBLES)[number];

const CODES: ReadonlyMap<number, ZnsTrouble> = new Map([
  [-32, "busy"],
  [-100, "busy"],
  ...[-101, -102, -103, -104, -105, -106, -107, -109, -111, -112, -113, -116, -117].map(
    (code) => [code, "settings"] as const,
  ),
  ...[-127, -131, -135, -136, -145, -1241, -1351].map((code) => [code, "settings"] as const),
  [-108, "bad_phone"],
  [-110, "user_unreachable"],
  [-114, "user_unreachable"],
  [-118, "no_account"],
  [-119, "user_unreachable"],
  [-115, "quota"],
  [-126, "quota"],
  [-144, "quota"],
  [-124, "token"],
  [-139, "user_refused"],
  [-141, "user_refused"],
]);

export const troubleOf = (code: number): ZnsTrouble => CODES.get(code) ?? "unknown";

/** Whether the same message by the same way may come through later, for those who have no other way. */
export const passes = (trouble: ZnsTrouble): boolean => {
  switch (trouble) {
    case "no_account":
    case "user_refused":
    case "user_unreachable":
    case "bad_phone":
      return false;
    case "quota":
    case "token":
    case "settings":
    case "busy":
    case "silent":
    case "unreachable":
    case "unreadable":
    case "unknown":
      return true;
  }
};
