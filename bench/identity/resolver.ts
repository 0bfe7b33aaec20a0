// What every competitor answers: for each identifier of the evidence, told in arrival order, the cluster it is in.
// A cluster's name means nothing but that those who share it are held to be one person.

import type { Evidence } from "./evidence.ts";

export type Resolver = (evidence: readonly Evidence[]) => ReadonlyMap<string, string>;
