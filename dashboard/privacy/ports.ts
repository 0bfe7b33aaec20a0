// What the data protection officer's pages need from whoever hosts them, named by guarantee. The words of a request are
// there only where one request is read, and each such read is written down before it is answered.

import type { PrivacyRefusal } from "../../schema/reasons.ts";
import type { AskedBy, RequestKind, RequestOrigin, RequestOutcome } from "../../schema/requests.ts";
import type { DashboardPorts } from "../ports.ts";

export interface QueuedRequest {
  readonly id: string;
  readonly kind: RequestKind;
  readonly origin: RequestOrigin;
  /** The profile it is about; null where there is none, or none any more. */
  readonly profileId: string | null;
  readonly receivedAt: number;
  readonly replyDueAt: number;
  readonly dueAt: number;
  readonly repliedAt: number | null;
  readonly extendedAt: number | null;
  readonly closedAt: number | null;
  readonly outcome: RequestOutcome | null;
  readonly proof: string | null;
}

export const EVENTS = ["received", "replied", "extended", "done", "refused", "lifted"] as const;

/** One step of a request's history. */
export interface RequestEvent {
  readonly what: (typeof EVENTS)[number];
  readonly at: number;
  /** Who did it, as the audit names them; null where the request itself is all that is known. */
  readonly by: string | null;
  /** A reason or a proof. */
  readonly words: string | null;
}

export interface OpenedRequest extends QueuedRequest {
  /** Null where nothing was said, or nobody is left whom it is about. */
  readonly note: { readonly text: string; readonly answerTo: string | null } | null;
  readonly history: readonly RequestEvent[];
  /** When it would be due once extended. */
  readonly extendedDueAt: number;
}

export interface NewAsk {
  readonly kind: RequestKind;
  readonly by: { readonly kind: string; readonly value: string };
  readonly text: string | null;
  readonly answerTo: string | null;
  readonly others: boolean;
  readonly receivedAt: number | null;
}

export type ClosingAsk =
  | { readonly outcome: "done"; readonly proof: string | null }
  | { readonly outcome: "refused"; readonly reason: string };

export type Acted =
  | "done"
  | "unknown"
  /** The request is not in the state that this was based on: somebody was faster. */
  | "not_so"
  | "needs_proof"
  | "needs_erasure"
  /** The profile is gone, or is not the one that was shown. */
  | "other_profile"
  /** Others changed the same data; nothing was done. */
  | "busy";

/** A kind of identifier that a person may be named by here. `name`: which till or app, in the brand's words. */
export interface AskedKind {
  readonly kind: string;
  readonly name: string | null;
}

/** Who does it and when, for the audit and the access log. */
export interface Doing {
  readonly actor: string;
  readonly requestId: string;
  readonly now: number;
}

export interface PrivacyPorts extends Pick<DashboardPorts, "session" | "mode"> {
  /** A page of the queue, without anybody's words: open ones by due date, closed ones newest first. */
  list(
    state: "open" | "closed",
    after: string | null,
  ): Promise<{ readonly rows: readonly QueuedRequest[]; readonly next: string | null }>;
  counts(now: number): Promise<{ readonly open: number; readonly late: number }>;
  read(id: string, doing: Doing): Promise<OpenedRequest | null>;
  kinds(): Promise<readonly AskedKind[]>;
  /** The ids of what was opened, two where store and commerce know the person apart; null: no value of its kind. */
  open(ask: NewAsk, doing: Doing): Promise<readonly string[] | null>;
  reply(id: string, doing: Doing): Promise<Acted>;
  extend(id: string, reason: string, doing: Doing): Promise<Acted>;
  close(id: string, closing: ClosingAsk, doing: Doing): Promise<Acted>;
  /** Erases `profileId` and by that closes the request; refused where the request is about another profile by now. */
  erase(id: string, profileId: string, askedBy: AskedBy, doing: Doing): Promise<Acted>;
  now(request: Request): number;
  /** Counts what was not done. Must not throw and need not be awaited. */
  refused(trouble: PrivacyRefusal): void;
  report(error: unknown): void;
}
