// What every view of the board needs: the words, the number formats and the branch that is shown.
import type { BoardCopy } from "../copy/board.ts";
import type { Format } from "./format.ts";
import type { Branch } from "./model/api-shapes.ts";

export interface BoardContext {
  copy: BoardCopy;
  format: Format;
  branch: Branch;
  dayStartHour: number;
  from: string;
  to: string;
  today: string;
  /** Ends when another view is asked for; everything that listens for this one ends with it. */
  signal: AbortSignal;
}
