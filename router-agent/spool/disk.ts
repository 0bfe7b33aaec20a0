// The few file calls that the spool makes, so that a test can fill the disk or break it at any of them.
// All are synchronous: an observation is durable before the next line runs, and a kill finds no half-made step.

import {
  closeSync,
  constants,
  fdatasyncSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  unlinkSync,
  writeSync,
} from "node:fs";

export interface Disk {
  mkdir(path: string): void;
  list(path: string): string[];
  read(path: string): Buffer;
  create(path: string): number;
  /** For writing in place; makes the file if it is missing. */
  open(path: string): number;
  /** Returns how many bytes were written, which on a full disk is fewer than given. */
  write(fd: number, bytes: Uint8Array, position: number): number;
  truncate(fd: number, size: number): void;
  sync(fd: number): void;
  close(fd: number): void;
  remove(path: string): void;
  /** Makes a new or removed name in a folder durable. */
  syncFolder(path: string): void;
}

const PRIVATE_FILE = 0o600;
const PRIVATE_FOLDER = 0o700;

export const realDisk: Disk = {
  mkdir: (path) => void mkdirSync(path, { recursive: true, mode: PRIVATE_FOLDER }),
  list: (path) => readdirSync(path),
  read: (path) => readFileSync(path),
  create: (path) => openSync(path, "w", PRIVATE_FILE),
  open: (path) => openSync(path, constants.O_RDWR | constants.O_CREAT, PRIVATE_FILE),
  write: (fd, bytes, position) => writeSync(fd, bytes, 0, bytes.length, position),
  truncate: (fd, size) => ftruncateSync(fd, size),
  sync: (fd) => fdatasyncSync(fd),
  close: (fd) => closeSync(fd),
  remove: (path) => unlinkSync(path),
  syncFolder(path) {
    const fd = openSync(path, "r");
    try {
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
  },
};
