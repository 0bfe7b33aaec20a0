// The officer's pages over ports in memory with a queue in every state, for looking at them.

import { privacy } from "../app.tsx";
import type { PrivacyApp } from "../desk.ts";
import { type Kept, memoryPrivacyPorts, NOW, requestWith } from "./memory-privacy-ports.ts";

const DAY = 86_400_000;
const closed = (id: string, outcome: "done" | "refused", proof: string, more: Partial<Kept> = {}): Kept => {
  const at = NOW - 2 * DAY;
  const row = requestWith(id, { receivedAt: NOW - 9 * DAY, repliedAt: NOW - 8 * DAY, note: null, ...more });
  const history: Kept["history"] = [
    ...row.history,
    { what: "replied", at: NOW - 8 * DAY, by: "operator", words: null },
    { what: "extended", at: NOW - 7 * DAY, by: "operator", words: "Dữ liệu nằm ở ba nơi." },
    { what: outcome, at, by: "admin", words: proof },
  ];
  return { ...row, closedAt: at, outcome, proof, history, extendedAt: NOW - 7 * DAY };
};

const QUEUE: readonly Kept[] = [
  requestWith("rq_7f21c09be4d35a6810f2c7d9", {
    kind: "restrict",
    receivedAt: NOW - 18 * DAY,
    replyDueAt: NOW - 15 * DAY,
    dueAt: NOW - 2 * DAY,
    repliedAt: NOW - 16 * DAY,
    history: [
      { what: "received", at: NOW - 18 * DAY, by: null, words: null },
      { what: "replied", at: NOW - 16 * DAY, by: "operator", words: null },
    ],
  }),
  requestWith("rq_19ab20c47f6d8e3512a0b4c6", {
    kind: "copy",
    origin: "operator",
    receivedAt: NOW - 9 * DAY,
    replyDueAt: NOW - 7 * DAY,
    dueAt: NOW + DAY,
    note: {
      text: "Gửi cho tôi mọi thứ các bạn lưu về tôi: lượt ghé, đơn hàng và những ai đã xem.\nTôi cần trước cuối tuần.",
      answerTo: "qua e-mail ở đơn hàng cuối",
    },
    history: [{ what: "received", at: NOW - 9 * DAY, by: "operator", words: null }],
  }),
  requestWith("rq_5d90e1f8a2b7c3640d1e8f95", { kind: "erase", dueAt: NOW + 12 * DAY }),
  requestWith("rq_33c8d7e6f5a4b3c2d1e0f9a8", {
    kind: "object",
    dueAt: NOW + 13 * DAY,
    replyDueAt: NOW + 60_000,
  }),
  requestWith("rq_0e1f2a3b4c5d6e7f8091a2b3", { kind: "other", dueAt: NOW + 14 * DAY, profileId: null }),
  closed("rq_8a7b6c5d4e3f2a1b0c9d8e7f", "done", "Thư số 17/2026"),
  closed("rq_6b5a4c3d2e1f0a9b8c7d6e5f", "refused", "Điều 19: đang có tranh chấp", { kind: "erase" }),
];

export const shownPrivacy = (what: "full" | "empty" | "failing"): PrivacyApp => {
  const ports = memoryPrivacyPorts(4);
  if (what === "full") for (const request of QUEUE) ports.put(request);
  if (what === "failing") ports.fail();
  return privacy({ ...ports, mode: "local" });
};
