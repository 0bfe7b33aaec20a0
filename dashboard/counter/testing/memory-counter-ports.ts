// The counter's ports in memory: for tests of its pages and for looking at them.

import type { CounterAnswer, CounterAsk, CounterPerson, CounterPorts, CounterTrouble } from "../ports.ts";
import { readCounterCookie } from "../cookies.ts";

export const KEY = "qk_0123456789abcdefghjkmnpqrstvwxyz";
export const NOON = Date.UTC(2026, 10, 2, 5);
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const timezone = "Asia/Ho_Chi_Minh";

export const REGULAR: CounterPerson = {
  name: "Lan",
  phone: "091 ••• 679",
  interests: ["cà phê rang nhạt", "workshop"],
  categories: ["Cà phê", "Bánh"],
  stage: "regular",
  visits: {
    shown: {
      total: 14,
      here: 11,
      last: [
        { branch: "Quận 1", at: NOON - 3 * DAY, timezone },
        { branch: "Quận 1", at: NOON - 9 * DAY, timezone },
        { branch: "Thảo Điền", at: NOON - 15 * DAY, timezone },
      ],
    },
  },
  orders: {
    shown: {
      count: 6,
      last: [
        {
          at: NOON - 3 * DAY,
          timezone,
          items: [
            { name: "Cà phê sữa đá", quantity: 2 },
            { name: "Bánh chuối", quantity: 1 },
          ],
          total: "125000",
          currency: "VND",
          branch: "Quận 1",
          channel: "pos",
          refunded: false,
        },
        {
          at: NOON - 400 * DAY,
          timezone,
          items: [],
          total: "320000",
          currency: "VND",
          branch: null,
          channel: "web",
          refunded: true,
        },
      ],
    },
  },
  online: [{ channel: "zalo_oa", at: NOON - 2 * DAY, timezone }],
  contact: { zalo: true, sms: false, email: false },
};

/** Allows nothing but to be written to. */
export const RESERVED: CounterPerson = {
  ...REGULAR,
  name: null,
  interests: [],
  categories: [],
  stage: null,
  visits: { leftOut: "no_consent" },
  orders: { leftOut: "not_linked" },
  online: [],
};

/** Known by what was bought alone. */
export const BUYER: CounterPerson = {
  ...REGULAR,
  interests: [],
  stage: "active",
  visits: { leftOut: "not_linked" },
  contact: { zalo: false, sms: false, email: false },
};

export interface MemoryCounterPorts extends CounterPorts {
  /** What the next look-ups answer; `throw`: nothing answers. */
  readonly answers: (answer: CounterAnswer | "throw") => void;
  readonly revoke: () => void;
  readonly asked: { readonly by: string; readonly ask: CounterAsk }[];
  readonly counted: CounterTrouble[];
}

export const memoryCounterPorts = (): MemoryCounterPorts => {
  const sessions = new Set<string>();
  const asked: MemoryCounterPorts["asked"] = [];
  const counted: CounterTrouble[] = [];
  let answer: CounterAnswer | "throw" = { kind: "found", people: [REGULAR] };
  const look = async (by: string, ask: CounterAsk): Promise<CounterAnswer> => {
    asked.push({ by, ask });
    if (answer === "throw") throw new Error("The database does not answer");
    return answer;
  };
  return {
    asked,
    counted,
    answers: (next) => void (answer = next),
    revoke: () => sessions.clear(),
    session: async (request) => {
      const secret = readCounterCookie(request) ?? "";
      return sessions.has(secret) ? { csrf: `csrf-${secret}`, actor: "key_counter0" } : null;
    },
    signIn: async (key) => {
      if (key !== KEY) return null;
      const cookie = `session-${sessions.size + 1}`;
      sessions.add(cookie);
      return { cookie, maxAgeSeconds: 12 * 3_600 };
    },
    endSession: async (request) => void sessions.delete(readCounterCookie(request) ?? ""),
    branches: async () => [
      { id: "quan-1", name: "Quận 1" },
      { id: "thao-dien", name: "Thảo Điền" },
    ],
    byPhone: look,
    byCode: look,
    now: () => NOON,
    refused: (trouble) => void counted.push(trouble),
    report: () => undefined,
    mode: "deployed",
  };
};
