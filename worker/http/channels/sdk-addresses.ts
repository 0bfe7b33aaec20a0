// The addresses at which SDKs know Segment's HTTP API and its relatives.

import type { SdkMethod } from "../../core/intake/segment/sent.ts";

export type SdkCall = SdkMethod | "batch";

const CALLS: readonly (readonly [name: string, call: SdkCall])[] = [
  ["identify", "identify"],
  ["track", "track"],
  ["page", "page"],
  ["screen", "screen"],
  ["group", "group"],
  ["alias", "alias"],
  ["batch", "batch"],
  ["import", "batch"],
];

/** analytics-next calls each method by its first letter. */
const SHORT: readonly (readonly [name: string, call: SdkCall])[] = [
  ["i", "identify"],
  ["t", "track"],
  ["p", "page"],
  ["s", "screen"],
  ["g", "group"],
  ["a", "alias"],
  ["b", "batch"],
];

const NAMED = [...CALLS, ...SHORT];

export const SDK_ADDRESSES: ReadonlyMap<string, SdkCall> = new Map([
  ...NAMED.map(([name, call]) => [`/v1/${name}`, call] as const),
  ...NAMED.flatMap(([name, call]) =>
    [`/api/s/${name}`, `/api/s/s2s/${name}`].map((path) => [path, call] as const),
  ),
]);
