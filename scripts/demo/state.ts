// What the demo remembers between runs, in .quen/demo.json: the seed of its world and how far it was lived through.

import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import type { OnlineKeys } from "./online.ts";
import type { Keys } from "./till.ts";
import type { DemoBranchId } from "./world/people.ts";
import type { LocalDay } from "./world/rhythm.ts";

export interface DemoState extends Keys, OnlineKeys {
  seed: number;
  firstDay: LocalDay;
  /** Everything up to this moment was reported and acknowledged. */
  until: number;
  /** Portal address of each branch's gateway. */
  gateways: Record<DemoBranchId, string>;
  /** Opens the read API of marketing, on this machine only. */
  marketingKey: string;
}

export const readDemoState = (path: string): DemoState | null =>
  existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as DemoState) : null;

export const writeDemoState = (path: string, state: DemoState): void => {
  writeFileSync(`${path}.new`, `${JSON.stringify(state, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${path}.new`, path);
};
