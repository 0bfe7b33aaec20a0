// A disk in memory that can be full, broken, or lose what was not synced, at the moment a test chooses.

import type { Disk } from "../spool/disk.ts";

export interface MemoryDisk extends Disk {
  files: Map<string, Buffer>;
  /** Bytes that can still be taken up; writing in place is free. */
  room: number;
  /** Fails every write and sync while set. */
  broken: boolean;
  /** Everything else that a write call left on the way, for tests that look for forbidden bytes. */
  everWritten: Buffer[];
}

const fault = (code: string): Error => Object.assign(new Error(`${code}: the test's disk refuses`), { code });

export const makeMemoryDisk = (room = Number.POSITIVE_INFINITY): MemoryDisk => {
  const handles = new Map<number, string>();
  let last = 2;
  const at = (path: string): Buffer => {
    const bytes = disk.files.get(path);
    if (!bytes) throw fault("ENOENT");
    return bytes;
  };
  const open = (path: string, empty: boolean): number => {
    if (disk.broken) throw fault("EIO");
    if (empty || !disk.files.has(path)) disk.files.set(path, Buffer.alloc(0));
    last += 1;
    handles.set(last, path);
    return last;
  };
  const disk: MemoryDisk = {
    files: new Map(),
    room,
    broken: false,
    everWritten: [],
    mkdir: () => undefined,
    list: (folder) =>
      [...disk.files.keys()].flatMap((path) =>
        path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : [],
      ),
    read: (path) => Buffer.from(at(path)),
    create: (path) => open(path, true),
    open: (path) => open(path, false),
    write(fd, bytes, position) {
      if (disk.broken) throw fault("EIO");
      const path = handles.get(fd) ?? "";
      const before = at(path);
      const grows = Math.max(0, position + bytes.length - before.length);
      const fits = Math.min(grows, Math.max(0, disk.room));
      const count = bytes.length - (grows - fits);
      if (count === 0 && bytes.length > 0) throw fault("ENOSPC");
      disk.room -= fits;
      const after = Buffer.alloc(Math.max(before.length, position + count));
      before.copy(after);
      Buffer.from(bytes).copy(after, position, 0, count);
      disk.files.set(path, after);
      disk.everWritten.push(Buffer.from(bytes));
      return count;
    },
    truncate(fd, size) {
      const path = handles.get(fd) ?? "";
      disk.room += Math.max(0, at(path).length - size);
      disk.files.set(path, Buffer.from(at(path).subarray(0, size)));
    },
    sync: () => {
      if (disk.broken) throw fault("EIO");
    },
    close: (fd) => void handles.delete(fd),
    remove(path) {
      disk.room += at(path).length;
      disk.files.delete(path);
    },
    syncFolder: () => undefined,
  };
  return disk;
};
