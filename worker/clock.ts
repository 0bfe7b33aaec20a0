// The time of a request. In local mode, and only there, a caller may supply it by `X-Quen-Now` (epoch ms), so
// that a demo can live through four weeks; elsewhere the header means nothing.

import type { Clock } from "./objects/branch-presence.ts";

export const NOW_HEADER = "X-Quen-Now";

export const clockOf = (request: Request, mode: "local" | "production", now: number): Clock => {
  const supplied = mode === "local" ? request.headers.get(NOW_HEADER) : null;
  if (supplied === null || !/^\d{1,15}$/.test(supplied)) return { now, virtual: false };
  return { now: Number(supplied), virtual: true };
};
