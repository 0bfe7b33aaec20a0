// Files that only the agent's user may read, replaced in one step so that a power cut leaves the old or the new one.

import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";

export const writePrivate = (path: string, text: string): void => {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const beside = `${path}.new`;
  const fd = openSync(beside, "w", 0o600);
  try {
    writeSync(fd, text);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
  renameSync(beside, path);
};

export const readIfThere = (path: string): string | null => {
  try {
    return readFileSync(path, "utf8");
  } catch (thrown) {
    if (thrown instanceof Error && "code" in thrown && thrown.code === "ENOENT") return null;
    throw thrown;
  }
};

/** Null when the file is missing, else whether nobody but its owner can read it. */
export const isPrivate = (path: string): boolean | null => {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat ? (stat.mode & 0o077) === 0 : null;
};
