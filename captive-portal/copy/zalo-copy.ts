// The texts of signing in with Zalo.

/** Why a login with Zalo did not lead on, each with what to do next. */
export const ZALO_TROUBLES = [
  "code_unknown",
  "code_expired",
  "code_used",
  "guesses",
  "state_unknown",
  "state_expired",
  "state_used",
  "denied",
  "not_mine",
  "retry",
  "refused",
  "abroad",
  "session_over",
  "ledger_retry",
] as const;
export type ZaloTrouble = (typeof ZALO_TROUBLES)[number];

export interface ZaloCopy {
  readonly title: string;
  readonly why: string;
  readonly note: string;
  readonly openStep: string;
  readonly goStep: string;
  readonly openNetwork: string;
  readonly openNetworkHint: string;
  readonly isOpen: string;
  readonly go: string;
  readonly goHint: string;
  readonly left: (wait: string) => string;
  readonly finishing: string;
  readonly overTitle: string;
  readonly overText: string;
  readonly newAddress: string;
  readonly confirmTitle: string;
  readonly confirmText: (branch: string) => string;
  readonly confirmAnswers: string;
  readonly confirmWords: string;
  readonly confirmYes: string;
  readonly confirmNo: string;
  readonly limitedTitle: string;
  readonly limitedText: (wait: string) => string;
  readonly otherWay: string;
  readonly backToZalo: string;
  readonly tryAgain: string;
  readonly troubles: Readonly<Record<ZaloTrouble, { readonly title: string; readonly text: string }>>;
}
