// What the answers of a branch's agents add up to. The first that could let the device on decides; that it cannot be
// done is known only when everybody who is connected has said so.

export type GrantState = "waiting" | "online" | "refused";

export interface Standing {
  readonly state: GrantState;
  /** Agents that tried this attempt and could not. */
  readonly refusedBy: readonly string[];
  /** The gateway itself may still fetch it. */
  readonly queued: boolean;
}

export const takeResult = (
  standing: Standing,
  result: { readonly agentId: string; readonly ok: boolean },
  connected: readonly string[],
): Standing => {
  if (standing.state === "online") return standing;
  if (result.ok) return { state: "online", refusedBy: standing.refusedBy, queued: false };
  const { refusedBy } = standing;
  const known = refusedBy.includes(result.agentId);
  return judge({ ...standing, refusedBy: known ? refusedBy : [...refusedBy, result.agentId] }, connected);
};

/** Also asked when an agent goes away: the others may all have refused by then. */
export const judge = (standing: Standing, connected: readonly string[]): Standing => {
  const { state, refusedBy, queued } = standing;
  const all = refusedBy.length > 0 && connected.every((agent) => refusedBy.includes(agent));
  return state === "waiting" && all && !queued ? { ...standing, state: "refused" } : standing;
};
