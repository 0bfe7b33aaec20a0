// The officer's ports in memory, with the states of a request as the store keeps them: for tests of the pages and for
// looking at them.

import type { PrivacyRefusal } from "../../../schema/reasons.ts";
import { readSessionCookie } from "../../session-cookie.ts";
import type {
  Acted,
  Doing,
  NewAsk,
  OpenedRequest,
  PrivacyPorts,
  QueuedRequest,
  RequestEvent,
} from "../ports.ts";

const DAY = 86_400_000;
/** Friday 20 November 2026, 15:20 in Vietnam. */
export const NOW = Date.parse("2026-11-20T15:20:00+07:00");
export const SESSION = "dev";
const endOfDay = (days: number): number => Date.parse("2026-11-20T23:59:59.999+07:00") + days * DAY;

export type Kept = Omit<OpenedRequest, "extendedDueAt">;

export const requestWith = (id: string, more: Partial<Kept> = {}): Kept => ({
  id,
  kind: "copy",
  origin: "me",
  profileId: "pr_0f3c1d4bf0857de9f49324a0732ad949",
  receivedAt: NOW - DAY,
  replyDueAt: endOfDay(1),
  dueAt: endOfDay(9),
  repliedAt: null,
  extendedAt: null,
  closedAt: null,
  outcome: null,
  proof: null,
  note: { text: "Gửi cho tôi mọi thứ các bạn lưu về tôi.", answerTo: null },
  history: [{ what: "received", at: more.receivedAt ?? NOW - DAY, by: null, words: null }],
  ...more,
});

export interface MemoryPrivacyPorts extends PrivacyPorts {
  readonly put: (request: Kept) => void;
  readonly kept: (id: string) => Kept | undefined;
  /** Runs right before the next act: what another officer does in between. */
  readonly raced: (by: () => void) => void;
  readonly fail: () => void;
  readonly endSession: () => void;
  readonly reads: { readonly id: string; readonly doing: Doing }[];
  readonly opened: NewAsk[];
  readonly did: string[];
  readonly counted: PrivacyRefusal[];
}

export const memoryPrivacyPorts = (pageSize = 25): MemoryPrivacyPorts => {
  const requests = new Map<string, Kept>();
  const reads: MemoryPrivacyPorts["reads"] = [];
  const opened: NewAsk[] = [];
  const did: string[] = [];
  const counted: PrivacyRefusal[] = [];
  let between: (() => void) | null = null;
  let state: "well" | "failing" | "signed_out" = "well";

  const act = (
    id: string,
    step: (row: Kept) => { readonly next: Partial<Kept>; readonly event: RequestEvent } | Acted,
  ): Acted => {
    between?.();
    between = null;
    const row = requests.get(id);
    if (row === undefined) return "unknown";
    if (row.closedAt !== null) return "not_so";
    const result = step(row);
    if (typeof result === "string") return result;
    requests.set(id, { ...row, ...result.next, history: [...row.history, result.event] });
    did.push(`${id} ${result.event.what}`);
    return "done";
  };
  const closed = (row: Kept, at: number, outcome: "done" | "refused", proof: string, by: string) => ({
    next: { closedAt: at, outcome, proof, note: null, repliedAt: row.repliedAt ?? at },
    event: { what: outcome, at, by, words: proof },
  });

  return {
    reads,
    opened,
    did,
    counted,
    put: (request) => void requests.set(request.id, request),
    kept: (id) => requests.get(id),
    raced: (by) => void (between = by),
    fail: () => void (state = "failing"),
    endSession: () => void (state = "signed_out"),
    session: async (request) =>
      state !== "signed_out" && readSessionCookie(request) === SESSION
        ? { ok: true, operator: "operator", csrf: `csrf-${SESSION}`, may: ["privacy"] }
        : { ok: false },
    list: async (which, after) => {
      if (state === "failing") throw new Error("The database does not answer");
      const at = (row: QueuedRequest): number => (which === "open" ? row.dueAt : -(row.closedAt ?? 0));
      const all = [...requests.values()]
        .filter((row) => (row.closedAt === null) === (which === "open"))
        .toSorted((a, b) => at(a) - at(b) || a.id.localeCompare(b.id));
      const from = after === null ? 0 : all.findIndex(({ id }) => after.endsWith(`~${id}`)) + 1;
      const rows = all.slice(from, from + pageSize);
      const last = rows.at(-1);
      const more = last !== undefined && all.length > from + pageSize;
      return { rows, next: more ? `${Math.abs(at(last))}~${last.id}` : null };
    },
    counts: async (now) => {
      const open = [...requests.values()].filter(({ closedAt }) => closedAt === null);
      const late = open.filter(
        ({ dueAt, repliedAt, replyDueAt }) => dueAt < now || (repliedAt === null && replyDueAt < now),
      );
      return { open: open.length, late: late.length };
    },
    read: async (id, doing) => {
      reads.push({ id, doing });
      const row = requests.get(id);
      return row === undefined ? null : { ...row, extendedDueAt: row.dueAt + 10 * DAY };
    },
    kinds: async () => [
      { kind: "phone", name: null },
      { kind: "email", name: null },
      { kind: "zalo_app:1234567890", name: null },
      { kind: "customer:pos-q1", name: "Máy tính tiền Quận 1" },
    ],
    open: async (ask, doing) => {
      if (ask.by.kind === "phone" && !/^[0-9 +.]{9,16}$/.test(ask.by.value)) return null;
      opened.push(ask);
      const id = `rq_opened${String(opened.length).padStart(6, "0")}`;
      const note = ask.text === null ? null : { text: ask.text, answerTo: ask.answerTo };
      requests.set(id, requestWith(id, { kind: ask.kind, origin: "operator", receivedAt: doing.now, note }));
      return [id];
    },
    reply: async (id, { now, actor }) =>
      act(id, ({ repliedAt }) =>
        repliedAt === null
          ? { next: { repliedAt: now }, event: { what: "replied", at: now, by: actor, words: null } }
          : "not_so",
      ),
    extend: async (id, reason, { now, actor }) =>
      act(id, ({ extendedAt, dueAt }) =>
        extendedAt === null && dueAt >= now
          ? {
              next: { extendedAt: now, dueAt: dueAt + 10 * DAY },
              event: { what: "extended", at: now, by: actor, words: reason },
            }
          : "not_so",
      ),
    close: async (id, closing, { now, actor }) =>
      act(id, (row) => {
        if (closing.outcome === "refused") return closed(row, now, "refused", closing.reason, actor);
        if (row.kind === "erase" && row.profileId !== null) return "needs_erasure";
        const carriedOut = ["withdraw", "object", "restrict"].includes(row.kind);
        const proof = closing.proof ?? (carriedOut ? `carried out by ${id}` : null);
        return proof === null ? "needs_proof" : closed(row, now, "done", proof, actor);
      }),
    erase: async (id, profileId, askedBy, { now, actor }) =>
      act(id, (row) => {
        if (row.profileId !== profileId) return "other_profile";
        const done = closed(row, now, "done", "erasure/4Xk2", actor);
        did.push(`${profileId} erased, asked ${askedBy}`);
        return { ...done, next: { ...done.next, profileId: null } };
      }),
    now: () => NOW,
    refused: (trouble) => void counted.push(trouble),
    report: () => undefined,
    mode: "deployed",
  };
};
