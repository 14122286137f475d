/** A disk in memory that can die at any operation, as a process does that is killed in the middle of it. */
import type { Disk } from "../disk.ts";

/** Thrown by every operation from the moment of death on. */
export class Death extends Error {}

/** Files by path, shared by the lives that write to it one after the other. */
export class MemoryDisk {
  readonly files = new Map<string, Uint8Array>();
  readonly folders = new Set<string>();

  /** The disk as one process sees it, which dies at its `fatal`-th writing operation, half of which is done. */
  life(fatal = Number.POSITIVE_INFINITY): Disk & { readonly operations: () => number } {
    let operations = 0;
    const act = (work: () => void, half: () => void = () => {}) => {
      if (operations >= fatal) return Promise.reject(new Death("dead"));
      operations++;
      if (operations < fatal) {
        work();
        return Promise.resolve();
      }
      half();
      return Promise.reject(new Death("died"));
    };
    const look = <T>(work: () => T): Promise<T> =>
      operations >= fatal ? Promise.reject(new Death("dead")) : Promise.resolve(work());
    const put = (path: string, bytes: Uint8Array) => this.files.set(path, bytes.slice());
    const joined = (path: string, text: string) =>
      new Uint8Array(Buffer.concat([this.files.get(path) ?? new Uint8Array(), Buffer.from(text)]));
    return {
      operations: () => operations,
      makeFolder: (path) => act(() => this.folders.add(path)),
      write: (path, bytes) =>
        act(
          () => put(path, bytes),
          () => put(path, bytes.subarray(0, bytes.length >> 1)),
        ),
      append: (path, text) =>
        act(
          () => put(path, joined(path, text)),
          () => put(path, joined(path, text.slice(0, text.length >> 1))),
        ),
      rename: (from, to) =>
        act(() => {
          put(to, this.files.get(from)!);
          this.files.delete(from);
        }),
      remove: (path) => act(() => this.files.delete(path)),
      touch: () => act(() => {}),
      read: (path) => look(() => this.files.get(path)?.slice()),
      stat: (path) =>
        look(() => {
          const bytes = this.files.get(path);
          return bytes && { size: bytes.length, modified: 0 };
        }),
      list: (folder) =>
        look(() =>
          this.folders.has(folder)
            ? [...this.files.keys()]
                .filter(
                  (path) =>
                    path.startsWith(`${folder}/`) && !path.slice(folder.length + 1).includes("/"),
                )
                .map((path) => path.slice(folder.length + 1))
                .sort()
            : undefined,
        ),
    };
  }

  /** A copy, to be spoilt apart from this one. */
  copy(): MemoryDisk {
    const disk = new MemoryDisk();
    for (const [path, bytes] of this.files) disk.files.set(path, bytes.slice());
    for (const folder of this.folders) disk.folders.add(folder);
    return disk;
  }
}
