// Reads the public JSON API with the session cookie. Every outcome is a value: the answer, a problem that can be
// shown and retried, or the end of the session.
import type { Branch } from "./model/api-shapes.ts";

export type ApiResult<T> =
  | { kind: "ok"; value: T }
  | { kind: "signed_out" }
  | { kind: "offline" }
  | { kind: "problem"; detail: string; requestId: string | undefined };

export async function readJson<T>(path: string, signal: AbortSignal): Promise<ApiResult<T>> {
  let response: Response;
  try {
    response = await fetch(path, {
      signal,
      credentials: "same-origin",
      headers: { Accept: "application/json" },
    });
    if (response.ok) return { kind: "ok", value: (await response.json()) as T };
  } catch (error) {
    // A view that was left aborts its requests; nobody looks at their outcome.
    if (signal.aborted || error instanceof TypeError) return { kind: "offline" };
    return { kind: "problem", detail: "The answer is not JSON.", requestId: undefined };
  }
  if (response.status === 401) return { kind: "signed_out" };
  const problem = (await response.json().catch(() => ({}))) as { detail?: string; requestId?: string };
  return {
    kind: "problem",
    detail: problem.detail ?? `HTTP ${response.status}`,
    requestId: problem.requestId ?? response.headers.get("X-Request-Id") ?? undefined,
  };
}

/** All branches, page by page. */
export async function readBranches(signal: AbortSignal): Promise<ApiResult<Branch[]>> {
  const branches: Branch[] = [];
  let cursor: string | null = "";
  while (cursor !== null) {
    const path: string = cursor === "" ? "/v1/branches" : `/v1/branches?cursor=${encodeURIComponent(cursor)}`;
    const page: ApiResult<{ data: Branch[]; next: string | null }> = await readJson(path, signal);
    if (page.kind !== "ok") return page;
    branches.push(...page.value.data);
    cursor = page.value.next;
  }
  return { kind: "ok", value: branches };
}
