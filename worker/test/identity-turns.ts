// Turns of the identity lane taken by hand on the test database, and facts in small.

import { env } from "cloudflare:workers";
import { identityDeps } from "../compose.ts";
import type { Facts } from "../core/identity/facts.ts";
import type { Env } from "../env.ts";
import { takeTurn, type Turn } from "../identity/settle.ts";
import type { Database } from "../store/database.ts";
import { NEWEST } from "../store/identity/reach.ts";
import { node, saw } from "./model/identity-scenario.ts";

export const NOW = Date.UTC(2026, 9, 14, 5, 0);
export const clock = { now: NOW, virtual: false };
const TOO_MANY = 1_000;

const deps = identityDeps(env as unknown as Env);

export const turnOf = (most: number, newest: number = NEWEST, db?: Database): Promise<Turn> => {
  if (deps === null) throw new Error("The test Worker is not configured");
  return takeTurn({ ...deps, db: db ?? deps.db }, { most, newest, now: NOW });
};

/** Until nothing waits. */
export const drain = async (turn: () => Promise<Turn>): Promise<void> => {
  for (let turns = 0; turns < TOO_MANY; turns += 1) if ((await turn()).kind === "idle") return;
  throw new Error("It never ended");
};

export const lane = (name: string) => env.IDENTITY.get(env.IDENTITY.idFromName(name));

export const NOTHING: Facts = { nodes: [], evidence: [], statements: [] };

export const plus = (one: Facts, other: Facts): Facts => ({
  nodes: [...one.nodes, ...other.nodes],
  evidence: [...one.evidence, ...other.evidence],
  statements: [...one.statements, ...other.statements],
});

/** A phone and a customer code that were told together. */
export const person = (name: string): Facts => ({
  ...NOTHING,
  nodes: [node(`p${name}`, "phone"), node(`c${name}`, "customer:pos")],
  evidence: [saw(`p${name}`, `c${name}`, 2)],
});
