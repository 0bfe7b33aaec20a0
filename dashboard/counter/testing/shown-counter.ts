// The counter over ports in memory, for looking at its pages: what it answers is chosen by name.

import { counter } from "../app.tsx";
import type { CounterAnswer } from "../ports.ts";
import { BUYER, KEY, REGULAR, RESERVED, memoryCounterPorts } from "./memory-counter-ports.ts";

const ANSWERS = {
  two: { kind: "found", people: [{ ...REGULAR, orders: { leftOut: "not_linked" }, categories: [] }, BUYER] },
  reserved: { kind: "found", people: [RESERVED] },
  none: { kind: "none" },
  code_used: { kind: "code_used" },
  throw: "throw",
} as const satisfies Record<string, CounterAnswer | "throw">;

export interface ShownCounter {
  readonly key: string;
  readonly answers: (name: keyof typeof ANSWERS) => void;
  readonly fetch: (request: Request) => Response | Promise<Response>;
}

export const shownCounter = (): ShownCounter => {
  const ports = memoryCounterPorts();
  const app = counter(ports);
  return {
    key: KEY,
    answers: (name) => ports.answers(ANSWERS[name]),
    fetch: (request) => app.fetch(request),
  };
};
