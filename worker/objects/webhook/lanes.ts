// Does work several at a time, each piece as soon as a lane is free: a slow one holds up its own lane and no other. Pieces
// are taken one after the other; another lane opens only while there is something to take.

export interface Lanes {
  /** There may be something to do. */
  open(): void;
  /** Until nothing is left to do. */
  idle(): Promise<void>;
}

interface Work<Piece> {
  readonly most: number;
  /** Null: nothing now. */
  readonly take: () => Promise<Piece | null>;
  readonly carryOut: (piece: Piece) => Promise<void>;
  /** The lane ends; the piece is left as it was. */
  readonly failed: (error: unknown) => void;
}

export const makeLanes = <Piece>({ most, take, carryOut, failed }: Work<Piece>): Lanes => {
  const lanes = new Set<Promise<void>>();
  let turn: Promise<unknown> = Promise.resolve();

  const takeInTurn = (): Promise<Piece | null> => {
    const mine = turn.then(take);
    turn = mine.catch(() => undefined);
    return mine;
  };
  const run = async (): Promise<void> => {
    for (let piece = await takeInTurn(); piece !== null; piece = await takeInTurn()) {
      open();
      await carryOut(piece);
    }
  };
  const open = (): void => {
    if (lanes.size >= most) return;
    const lane: Promise<void> = run()
      .catch(failed)
      .finally(() => void lanes.delete(lane));
    lanes.add(lane);
  };
  return {
    open,
    idle: async () => {
      while (lanes.size > 0) await Promise.all(lanes);
    },
  };
};
