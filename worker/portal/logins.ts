// Logins with Zalo in D1 (guarantees: captive-portal/zalo/ports.ts). A row tells nothing but when it ends: code, state
// and answer are hashes, the rest is sealed.

import { createHash } from "node:crypto";
import { newLogin } from "../../captive-portal/zalo/new-login.ts";
import type { LoginStates, PendingLogin } from "../../captive-portal/zalo/ports.ts";
import type { Database } from "../store/database.ts";
import {
  findLoginState,
  insertLoginState,
  type LoginStateRow,
  releaseLoginState,
  takeLoginState,
} from "../store/login-states.ts";
import type { Seal } from "./seal.ts";

const hashOf = (what: "code" | "state" | "answer", text: string): string =>
  createHash("sha256").update(`zalo/${what}/${text}`).digest("base64url");

const contextOf = (stateHash: string): string => `login-state/${stateHash}`;

export const loginStates = (db: Database, seal: Seal): LoginStates => {
  const opened = async ({ sealed, stateHash }: LoginStateRow): Promise<PendingLogin> =>
    JSON.parse(await seal.open(sealed, contextOf(stateHash))) as PendingLogin;
  return {
    open: async (ask) => {
      const login = newLogin(ask);
      const stateHash = hashOf("state", login.state);
      const sealed = await seal.seal(JSON.stringify(login), contextOf(stateHash));
      const { expiresAt } = login;
      await insertLoginState(db, { stateHash, codeHash: hashOf("code", login.code), sealed, expiresAt });
      return login;
    },
    find: async (by, now) => {
      const row = await findLoginState(
        db,
        "code" in by ? { codeHash: hashOf("code", by.code) } : { stateHash: hashOf("state", by.state) },
      );
      if (row === null) return { kind: "unknown" };
      if (now >= row.expiresAt) return { kind: "expired" };
      const login = await opened(row);
      if (row.answerHash !== null) return { kind: "used", login };
      return "code" in by && now >= login.codeExpiresAt ? { kind: "expired" } : { kind: "open", login };
    },
    take: async (state, answer, now) => {
      const [stateHash, answerHash] = [hashOf("state", state), hashOf("answer", answer)];
      const isFirst = await takeLoginState(db, { stateHash, answerHash, now });
      const row = await findLoginState(db, { stateHash });
      if (row === null) return { kind: "unknown" };
      if (now >= row.expiresAt) return { kind: "expired" };
      if (row.answerHash !== answerHash) return { kind: "used" };
      return { kind: isFirst ? "taken" : "repeated", login: await opened(row) };
    },
    release: (state, answer) => releaseLoginState(db, hashOf("state", state), hashOf("answer", answer)),
  };
};
