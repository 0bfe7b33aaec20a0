// Logins under way in an array, with the promises of zalo/ports.ts.

import { newLogin } from "../zalo/new-login.ts";
import type { LoginStates, PendingLogin } from "../zalo/ports.ts";

export const memoryLogins = (): LoginStates => {
  const all: { readonly login: PendingLogin; answer: string | null }[] = [];
  const byState = (state: string) => all.find(({ login }) => login.state === state);
  return {
    open: async (ask) => {
      const login = newLogin(ask);
      all.push({ login, answer: null });
      return login;
    },
    find: async (by, now) => {
      const found = "state" in by ? byState(by.state) : all.find(({ login }) => login.code === by.code);
      if (found === undefined) return { kind: "unknown" };
      const { login, answer } = found;
      if (now >= login.expiresAt) return { kind: "expired" };
      if (answer !== null) return { kind: "used", login };
      return "code" in by && now >= login.codeExpiresAt ? { kind: "expired" } : { kind: "open", login };
    },
    take: async (state, answer, now) => {
      const found = byState(state);
      if (found === undefined) return { kind: "unknown" };
      if (now >= found.login.expiresAt) return { kind: "expired" };
      if (found.answer !== null && found.answer !== answer) return { kind: "used" };
      const kind = found.answer === null ? "taken" : "repeated";
      found.answer = answer;
      return { kind, login: found.login };
    },
    release: async (state, answer) => {
      const found = byState(state);
      if (found?.answer === answer) found.answer = null;
    },
  };
};
