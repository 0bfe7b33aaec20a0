// Makes an ask for access durable: anew, for another attempt, or not at all where it stands as it is.

import type { AccessAsk } from "../../../captive-portal/access.ts";
import { deliveryEnd, takeAsk, windowRetryAt } from "../../core/access/take-ask.ts";
import { clearAnswers } from "./answers.ts";
import { endGrant, grantOf, type GrantRow, putGrant } from "./grant-rows.ts";
import { openHolder } from "./holders.ts";
import { lastWindowOf, noteWindow } from "./windows.ts";

export type KeptAsk =
  | { readonly kind: "kept"; readonly grant: GrantRow }
  | { readonly kind: "limited"; readonly retryAt: number };

const MINUTE = 60_000;

export const keepAsk = (sql: SqlStorage, ask: AccessAsk, machineNow: number): KeptAsk => {
  const known = grantOf(sql, ask.id);
  const decision = takeAsk(known, ask.now);
  if (known !== null && decision === "same") return { kind: "kept", grant: known };
  if (known !== null && decision === "renew") {
    clearAnswers(sql, known.id);
    const grant = { ...known, ...openFor(ask, known.until, machineNow), attempt: known.attempt + 1 };
    putGrant(sql, grant);
    return { kind: "kept", grant };
  }
  if (ask.reason === "zalo_window") {
    const retryAt = windowRetryAt(lastWindowOf(sql, ask), ask.now);
    if (retryAt !== null) return { kind: "limited", retryAt };
    noteWindow(sql, ask, machineNow);
  }
  if (known !== null) endGrant(sql, known.id);
  const grant = freshGrant(ask, machineNow);
  putGrant(sql, grant);
  openHolder(sql, grant.id, ask.sessionId, machineNow);
  return { kind: "kept", grant };
};

const freshGrant = (ask: AccessAsk, machineNow: number): GrantRow => {
  const { id, plan, minutes, now } = ask;
  const until = now + minutes * MINUTE;
  const asked = plan.asks !== null;
  return {
    id,
    gatewayId: ask.gatewayId,
    attempt: 1,
    rhid: rhidOf(ask),
    username: asked ? ask.username : null,
    password: asked ? ask.password : null,
    wrong: 0,
    clientKey: ask.clientKey,
    minutes,
    createdAt: now,
    until,
    forgetAt: machineNow + minutes * MINUTE,
    ...openFor(ask, until, machineNow),
  };
};

/** What is there only as long as somebody may still carry the grant out. */
const openFor = ({ plan, now }: AccessAsk, until: number, machineNow: number) => {
  const expiresAt = deliveryEnd(now, until);
  const open = plan.agent !== null || plan.queue !== null;
  return {
    state: "waiting" as const,
    agent: plan.agent,
    queued: plan.queue !== null,
    expiresAt,
    closeAt: open ? machineNow + (expiresAt - now) : null,
  };
};

const rhidOf = ({ plan: { agent, queue } }: AccessAsk): string | null => {
  if (queue !== null) return queue.rhid;
  return agent?.by === "rhid" ? agent.rhid : null;
};
