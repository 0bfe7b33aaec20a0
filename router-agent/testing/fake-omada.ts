// A TP-Link Omada controller as gateways.md 3.7 documents it: operator login, cookie and token, and the authorisation
// of an external portal.

import { randomUUID } from "node:crypto";
import type { Asked, FakeController, Said } from "./fake-controller.ts";
import { startController } from "./fake-controller.ts";

export interface FakeOmada extends FakeController {
  authorised: Record<string, unknown>[];
  logins: number;
  /** How a session that is over is told: by a code, or by the login page. */
  endSessions(way: "code" | "page" | "redirect"): void;
  next: Said | null | undefined;
}

export const OPERATOR = { username: "quen", password: "operator password" };
const ID = "aef48779df8499ffe3f5cb973c945df4";

export const startOmada = async (): Promise<FakeOmada> => {
  let session = "";
  let token = "";
  let over: "code" | "page" | "redirect" = "code";

  const signedOut = (): Said => {
    if (over === "page") return { body: "<!DOCTYPE HTML>" };
    if (over === "redirect") return { status: 302, headers: { location: "/login" } };
    return { body: { errorCode: -1, msg: "Your session is over." } };
  };
  const answer = ({ method, path, headers, json }: Asked): Said | null => {
    if (path === "/api/info") return { body: { errorCode: 0, result: { omadacId: ID } } };
    if (method === "POST" && path === `/${ID}/api/v2/hotspot/login`) {
      fake.logins += 1;
      if (json["name"] !== OPERATOR.username || json["password"] !== OPERATOR.password)
        return { body: { errorCode: -30109, msg: "Invalid username or password." } };
      session = `TPOMADA_SESSIONID=${randomUUID()}`;
      token = randomUUID();
      return {
        headers: { "set-cookie": [`${session}; Path=/; HttpOnly`] },
        body: { errorCode: 0, result: { token } },
      };
    }
    const { next } = fake;
    fake.next = undefined;
    if (next !== undefined) return next;
    if (path !== `/${ID}/api/v2/hotspot/extPortal/auth`) return { status: 404 };
    if (session === "" || headers.cookie !== session || headers["csrf-token"] !== token) return signedOut();
    if (json["authType"] !== 4 || !/^([0-9A-F]{2}-){5}[0-9A-F]{2}$/.test(String(json["clientMac"])))
      return { body: { errorCode: -41501, msg: "Failed to authenticate." } };
    fake.authorised.push(json);
    return { body: { errorCode: 0 } };
  };
  const fake: FakeOmada = {
    ...(await startController((asked) => answer(asked))),
    authorised: [],
    logins: 0,
    endSessions(way) {
      session = "";
      over = way;
    },
    next: undefined,
  };
  return fake;
};
