// How far a bounded removal came: `more` may be left, so that the step is worth repeating.

export type Progress = "more" | "done";

/** A statement that removed as many rows as it may has perhaps not removed all. */
export const progressOf = (removed: readonly number[], most: number): Progress =>
  removed.some((rows) => rows >= most) ? "more" : "done";
