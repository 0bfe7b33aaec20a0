// What is promised of `LoginStates`.

import { expect, it } from "vitest";
import type { PortsFactory } from "../ports-contract.ts";
import { challengeOf } from "../zalo/pkce.ts";
import { readShortCode } from "../zalo/short-code.ts";

const MINUTE = 60_000;

export const loginsContract = ({ gateway, make, now }: PortsFactory): void => {
  const purpose = { kind: "portal", gatewayId: gateway.id, sessionId: "a-session" } as const;
  const prepare = async () => {
    const { logins } = await make();
    return { logins, login: await logins.open({ purpose, now }) };
  };

  it("opens logins under codes, states and verifiers that are never the same", async () => {
    const { logins } = await make();
    const opened = await Promise.all(Array.from({ length: 20 }, () => logins.open({ purpose, now })));
    const secrets = opened.flatMap(({ id, code, state, verifier }) => [id, code, state, verifier]);
    expect(new Set(secrets).size).toBe(80);
    for (const { code, state, verifier } of opened) {
      expect(readShortCode(code)).toBe(code);
      expect(state).toMatch(/^[\w-]{22,}$/);
      expect(verifier).toMatch(/^[\w-]{43,128}$/);
      expect(await challengeOf(verifier)).toMatch(/^[\w-]{43}$/);
    }
  });

  it("finds a login by its code for 5 min and by its state for 10", async () => {
    const { logins, login } = await prepare();
    const [byCode, byState] = [{ code: login.code }, { state: login.state }];
    for (const by of [byCode, byState]) {
      expect(await logins.find(by, now + 5 * MINUTE - 1)).toEqual({ kind: "open", login });
    }
    expect(await logins.find(byCode, now + 5 * MINUTE)).toEqual({ kind: "expired" });
    expect(await logins.find(byState, now + 10 * MINUTE - 1)).toEqual({ kind: "open", login });
    expect(await logins.find(byState, now + 10 * MINUTE)).toEqual({ kind: "expired" });
    expect(await logins.take(login.state, "late", now + 10 * MINUTE)).toEqual({ kind: "expired" });
  });

  it("knows no login that was never opened, and none by the other's name", async () => {
    const { logins, login } = await prepare();
    for (const by of [{ code: "ABCDEFGHJK" }, { code: login.state }, { state: "x" }, { state: login.code }]) {
      expect(await logins.find(by, now)).toEqual({ kind: "unknown" });
    }
    expect(await logins.take("x", "answer", now)).toEqual({ kind: "unknown" });
  });

  it("lets one answer of several take the state, and knows the same answer again", async () => {
    const { logins, login } = await prepare();
    const raced = await Promise.all(["a", "b", "c"].map((answer) => logins.take(login.state, answer, now)));
    expect(raced.map(({ kind }) => kind).toSorted()).toEqual(["taken", "used", "used"]);
    const won = ["a", "b", "c"][raced.findIndex(({ kind }) => kind === "taken")] ?? "";
    expect(await logins.take(login.state, won, now + 1)).toEqual({ kind: "repeated", login });
    expect(await logins.take(login.state, "d", now + 1)).toEqual({ kind: "used" });
    expect(await logins.find({ code: login.code }, now + 1)).toEqual({ kind: "used", login });
  });

  it("takes the same answer twice at once as one and a repeat", async () => {
    const { logins, login } = await prepare();
    const raced = await Promise.all(["a", "a"].map((answer) => logins.take(login.state, answer, now)));
    expect(raced.map(({ kind }) => kind).toSorted()).toEqual(["repeated", "taken"]);
  });

  it("gives a state back that was released by who took it, and by nobody else", async () => {
    const { logins, login } = await prepare();
    await logins.take(login.state, "a", now);
    await logins.release(login.state, "b");
    expect(await logins.take(login.state, "b", now)).toEqual({ kind: "used" });
    await logins.release(login.state, "a");
    expect(await logins.take(login.state, "b", now)).toEqual({ kind: "taken", login });
  });
};
