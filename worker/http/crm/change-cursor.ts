// The cursor of the change feed: everything up to `seq` is known to whoever holds it.

const PATTERN = /^c1:(0|[1-9]\d{0,15})$/;

export const writeCursor = (seq: number): string => Buffer.from(`c1:${seq}`).toString("base64url");

/** Null for what is no cursor of ours. */
export const readCursor = (text: string): number | null => {
  const match = PATTERN.exec(Buffer.from(text, "base64url").toString());
  const seq = Number(match?.[1]);
  return match && Number.isSafeInteger(seq) && writeCursor(seq) === text ? seq : null;
};
