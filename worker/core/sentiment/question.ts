// Whether a clause asks, as most messages to a shop do: "còn size M không ạ" says nothing of how its writer feels, whatever
// words are in it.

import { type Clause, unmarked } from "./words.ts";

/** `open`: who, what, when, why; a complaint may hide in it. `closed`: yes or no. */
export type Asking = "no" | "open" | "closed";

const TAIL =
  "(?: (?:a|vay|the|ta|nhi|ha|nha|nhe|shop|sop|ban|ad|admin|anh|chi|em|e|b|c|moi nguoi|mn|luon|nua|minh|gium|giup))*$";
const CLOSED = new RegExp(`(?:^| )(?:khong|chua|dung khong|phai khong)${TAIL}`);
const CHOICE = /(?:^| )hay (?:la )?\p{L}+(?: (?:vay|a|the))?$/u;
const OPEN = [
  /(?:^| )(?:bao nhieu|bao lau|khi nao|luc nao|may (?:gio|ngay|thang|tieng|nam|ky|kg|cai|tang)|tang may|o dau|the nao|lam sao|bn tien|nhu nao)(?: |$)/,
  /(?<!khong |chua |chang )(?:^| )bao gio(?: |$)/,
  new RegExp(`(?<!\\d|khong co)(?:^| )(?:gi|nao|sao|dau|dau roi|ai|nhi)${TAIL}`),
  /(?:^| )(?:loai|cai|mau|size|mon|ben|cho|hang|chi nhanh) nao(?: |$)/,
  /^(?:sao|tai sao|vi sao) /,
];

export const askingOf = ({ words, asks }: Clause): Asking => {
  const text = unmarked(words.join(" "));
  if (CLOSED.test(text) || CHOICE.test(text)) return "closed";
  return asks || OPEN.some((pattern) => pattern.test(text)) ? "open" : "no";
};

/** What is asked for is no praise of it: "giao nhanh giúp mình". */
export const isRequest = ({ words }: Clause): boolean =>
  /(?:^| )(?:giup|gium|dum|ho) (?:minh|em|e|anh|chi|toi|to)(?: |$)|^(?:cho|lay|gui|giu|dat|doi) (?:cho )?(?:minh|em|e|anh|chi|toi|to)? ?\d/.test(
    unmarked(words.join(" ")),
  );
