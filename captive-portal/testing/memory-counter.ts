// Codes for the counter in an array.

import type { CounterCodes } from "../ports.ts";
import { personKey } from "../person.ts";
import { randomText } from "./memory-sessions.ts";

const LIFE_MS = 120_000;
const MOST = 5;

export const memoryCounter = (): CounterCodes => {
  const issued: { of: string; expiresAt: number }[] = [];
  return {
    issue: async (person, { origin, now }) => {
      const of = personKey(person);
      if (issued.filter((code) => code.of === of && code.expiresAt > now).length >= MOST) return null;
      const expiresAt = now + LIFE_MS;
      issued.push({ of, expiresAt });
      return { url: `${origin}/counter/q/${randomText()}`, expiresAt };
    },
  };
};
