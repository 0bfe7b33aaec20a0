// What the answers of a branch's agents add up to. The first that could let the device on decides; that it cannot be
// done is known only when everybody who is connected has said so.

export type GrantState = "waiting" | "online" | "refused";

export interface Standing {
  readonly state: GrantState;
  /** Agents that tried this attempt and could not. */
  readonly refusedBy: readonly string[];
  /** Agents that do not drive this gateway. The one that does may be away for a moment, so they alone decide nothing. */
  readonly passedBy: readonly string[];
  /** The gateway itself may still fetch it. */
  readonly queued: boolean;
}

export type Answer = "on" | "could_not" | "not_mine";

export const takeResult = (
  standing: Standing,
  { agentId, answer }: { readonly agentId: string; readonly answer: Answer },
  connected: readonly string[],
): Standing => {
  if (standing.state === "online") return standing;
  const { refusedBy, passedBy } = standing;
  switch (answer) {
    case "on":
      return { ...standing, state: "online", queued: false };
    case "could_not":
      return judge({ ...standing, refusedBy: withOne(refusedBy, agentId) }, connected);
    case "not_mine":
      return judge({ ...standing, passedBy: withOne(passedBy, agentId) }, connected);
  }
};

const withOne = (all: readonly string[], one: string): readonly string[] =>
  all.includes(one) ? all : [...all, one];

/** Also asked when an agent goes away: the others may all have refused by then. */
export const judge = (standing: Standing, connected: readonly string[]): Standing => {
  const { state, refusedBy, passedBy, queued } = standing;
  const answered = [...refusedBy, ...passedBy];
  const all = refusedBy.length > 0 && connected.every((agent) => answered.includes(agent));
  return state === "waiting" && all && !queued ? { ...standing, state: "refused" } : standing;
};
