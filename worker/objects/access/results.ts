// Grants on their way to the store's agents, and what came of them. A device is named here until the first of: its
// result, everybody's refusal, the end of its time.

import { attemptName, readAttemptName } from "../../core/access/attempt.ts";
import { type Answer, judge, type Standing, takeResult } from "../../core/access/verdict.ts";
import type { Grant, GrantResult } from "./calls.ts";
import { nameHolder } from "./holders.ts";
import { addAnswer, answerersOf } from "./answers.ts";
import { grantOf, type GrantRow, openGrants, putGrant } from "./grant-rows.ts";

export const grantsFor = (sql: SqlStorage, agentId: string, now: number): Grant[] =>
  openGrants(sql, agentId, now).flatMap((row) => wireGrant(row) ?? []);

/** Null where nobody may carry it out any more. */
export const wireGrant = ({ id, attempt, gatewayId, agent, minutes, expiresAt }: GrantRow): Grant | null =>
  agent && {
    id: attemptName(id, attempt),
    gatewayId,
    ...(agent.by === "rhid" ? { rhid: agent.rhid } : {}),
    ...(agent.device === null ? {} : { device: agent.device }),
    ...(agent.params ? { params: { ...agent.params } } : {}),
    action: "allow",
    minutes,
    expiresAt,
  };

export interface TakenResults {
  /** Grants whose state is another now. */
  changed: string[];
  /** Results of grants that never were or are over. */
  unknown: number;
}

export const takeResults = (
  sql: SqlStorage,
  agentId: string,
  results: readonly GrantResult[],
  connected: readonly string[],
): TakenResults => {
  const taken: TakenResults = { changed: [], unknown: 0 };
  for (const { id: name, ok, detail } of results) {
    const named = readAttemptName(name);
    const row = named && grantOf(sql, named.id);
    if (!named || !row) {
      taken.unknown += 1;
      continue;
    }
    // That an earlier attempt failed is no news.
    if (!ok && named.attempt !== row.attempt) continue;
    const before = standingOf(sql, row);
    const answer = answerOf(ok, detail);
    const after = takeResult(before, { agentId, answer }, connected);
    if (answer !== "on" && before.state !== "online")
      addAnswer(sql, row.id, agentId, answer === "could_not" ? "refused" : "passed");
    // The agent found that the gateway's session is of this very device. A controller lets on whom it is told, and so
    // says nothing of who asked.
    if (ok && row.agent?.by === "rhid" && row.agent.device !== null)
      nameHolder(sql, row.id, { device: row.agent.device, vouched: true });
    if (keep(sql, row, after)) taken.changed.push(row.id);
  }
  return taken;
};

/** A branch's agents are told of every grant; which gateways each drives only the agent knows. */
const answerOf = (ok: boolean, detail = ""): Answer => {
  if (ok) return "on";
  return /^(?:no|foreign)_gateway\b/.test(detail) ? "not_mine" : "could_not";
};

/** Grants that everybody who is still connected has refused. */
export const judgeOpen = (sql: SqlStorage, connected: readonly string[]): string[] =>
  sql
    .exec<{ grant_id: string }>("SELECT DISTINCT grant_id FROM refusals")
    .toArray()
    .flatMap(({ grant_id }) => grantOf(sql, grant_id) ?? [])
    .filter((row) => keep(sql, row, judge(standingOf(sql, row), connected)))
    .map(({ id }) => id);

/** Somebody other than an agent says that the client is on. */
export const markOnline = (sql: SqlStorage, row: GrantRow): boolean =>
  keep(sql, row, { state: "online", queued: false });

const standingOf = (sql: SqlStorage, { id, state, queued }: GrantRow): Standing => ({
  state,
  queued,
  refusedBy: answerersOf(sql, id, "refused"),
  passedBy: answerersOf(sql, id, "passed"),
});

const keep = (
  sql: SqlStorage,
  row: GrantRow,
  { state, queued }: Pick<Standing, "state" | "queued">,
): boolean => {
  if (state === row.state) return false;
  const over = state === "waiting" ? {} : { agent: null, closeAt: null };
  putGrant(sql, { ...row, ...over, state, queued });
  return true;
};
