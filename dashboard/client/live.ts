// Who is present now: over the WebSocket while it lives, by polling every 30 s while it does not. It reconnects
// with growing pauses, stops for good when told to, and is quiet while the page is hidden.
import { readJson } from "./api.ts";
import type { Occupancy } from "./model/api-shapes.ts";

export interface LiveState {
  via: "waiting" | "live" | "polling";
  occupancy: Occupancy | undefined;
}

const POLL_MS = 30_000;
const MAX_PAUSE_MS = 5 * 60_000;

export function followOccupancy(
  branchId: string,
  signal: AbortSignal,
  onChange: (state: LiveState) => void,
): void {
  const path = `/v1/branches/${encodeURIComponent(branchId)}`;
  let via: LiveState["via"] = "waiting";
  let occupancy: Occupancy | undefined;
  let failures = 0;
  const tell = (): void => {
    if (!signal.aborted) onChange({ via, occupancy });
  };

  const poll = async (): Promise<void> => {
    if (signal.aborted || via === "live" || document.hidden) return;
    const result = await readJson<Occupancy>(`${path}/now`, signal);
    if (result.kind === "ok") occupancy = result.value;
    tell();
  };

  const connect = (): void => {
    if (signal.aborted) return;
    const address = new URL(`${path}/live`, location.href);
    address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
    const socket = new WebSocket(address);
    const stop = (): void => socket.close();
    signal.addEventListener("abort", stop, { once: true });
    socket.addEventListener("message", (event) => {
      occupancy = JSON.parse(String(event.data)) as Occupancy;
      via = "live";
      failures = 0;
      tell();
    });
    socket.addEventListener("close", () => {
      signal.removeEventListener("abort", stop);
      via = "polling";
      failures += 1;
      void poll();
      setTimeout(connect, Math.min(MAX_PAUSE_MS, 2 ** failures * 1_000));
    });
  };

  const timer = setInterval(() => void poll(), POLL_MS);
  const onVisible = (): void => void poll();
  document.addEventListener("visibilitychange", onVisible);
  signal.addEventListener("abort", () => {
    clearInterval(timer);
    document.removeEventListener("visibilitychange", onVisible);
  });
  void poll();
  connect();
}
