// Zalo without a network: who agrees on its permission page gets a code that works once, with the right verifier.

import { challengeOf } from "../zalo/pkce.ts";
import type { ZaloExchange, ZaloLogin } from "../zalo/ports.ts";
import { randomText } from "./memory-sessions.ts";

export interface MemoryZalo extends ZaloLogin {
  /** What `userId` does on the page at `permissionUrl`: the path that Zalo leads back to. */
  readonly agree: (permissionUrl: string, userId: string) => string;
  readonly deny: (permissionUrl: string) => string;
  /** What every exchange answers from now on; null: what is right. */
  readonly answers: (outcome: ZaloExchange | null) => void;
  /** Codes that were exchanged. */
  readonly exchanged: string[];
}

export const memoryZalo = (): MemoryZalo => {
  const codes = new Map<string, { userId: string; challenge: string }>();
  const exchanged: string[] = [];
  let fixed: ZaloExchange | null = null;
  const back = (permissionUrl: string, answer: Record<string, string>): string => {
    const { searchParams } = new URL(permissionUrl);
    const { pathname } = new URL(searchParams.get("redirect_uri") ?? "");
    const query = new URLSearchParams({ ...answer, state: searchParams.get("state") ?? "" });
    return `${pathname}?${query.toString()}`;
  };
  return {
    appId: "3141592653589793238",
    exchanged,
    answers: (outcome) => void (fixed = outcome),
    agree: (permissionUrl, userId) => {
      const code = randomText();
      const challenge = new URL(permissionUrl).searchParams.get("code_challenge") ?? "";
      codes.set(code, { userId, challenge });
      return back(permissionUrl, { code });
    },
    deny: (permissionUrl) => back(permissionUrl, { error: "-14003" }),
    permissionUrl: ({ state, challenge, redirectUri }) => {
      const query = { app_id: "memory", redirect_uri: redirectUri, code_challenge: challenge, state };
      return `https://oauth.zalo.test/v4/permission?${new URLSearchParams(query).toString()}`;
    },
    exchange: async (code, verifier) => {
      exchanged.push(code);
      if (fixed !== null) return fixed;
      const known = codes.get(code);
      const isRight = known !== undefined && known.challenge === (await challengeOf(verifier));
      if (!isRight || !codes.delete(code)) return { kind: "refuse", reason: "code" };
      return { kind: "done", userId: known.userId };
    },
  };
};
