// Reads an address at most once while a view is shown, so that two parts of the board that need the same answer
// share one request. A failed answer is forgotten, so that a retry asks again.
import { readJson } from "./api.ts";
import type { ApiResult } from "./api.ts";

export type ReadOnce = <T>(path: string) => Promise<ApiResult<T>>;

export function readOnce(signal: AbortSignal): ReadOnce {
  const asked = new Map<string, Promise<ApiResult<unknown>>>();
  return async <T>(path: string): Promise<ApiResult<T>> => {
    const answer = asked.get(path) ?? readJson<unknown>(path, signal);
    asked.set(path, answer);
    const result = await answer;
    if (result.kind !== "ok") asked.delete(path);
    return result as ApiResult<T>;
  };
}
