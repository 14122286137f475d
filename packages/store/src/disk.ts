/** The few file operations that the store is made of, each durable when it resolves, so that a test can fail any of them. */
import { randomBytes } from "node:crypto";
import { mkdir, open, readdir, readFile, rename, rm, stat, utimes } from "node:fs/promises";
import { basename, dirname } from "node:path";
import { WorkError } from "@mesascope/lab/core";

/** Operations on files; what they wrote is on the disk, not in a buffer, when they resolve. */
export interface Disk {
  /** Makes the folder and those above it; fine if it exists. */
  makeFolder(path: string): Promise<void>;
  /** Creates or replaces a file; not atomic: a crash may leave a part of it. */
  write(path: string, bytes: Uint8Array): Promise<void>;
  /** Adds to the end of a file, creating it; a crash may leave a part of the text. */
  append(path: string, text: string): Promise<void>;
  /** Gives a file another name in the same folder, replacing what has that name: all or nothing. */
  rename(from: string, to: string): Promise<void>;
  /** Removes a file; fine if it is not there. */
  remove(path: string): Promise<void>;
  /** The content, or undefined where there is no such file. */
  read(path: string): Promise<Uint8Array | undefined>;
  /** Names in a folder, sorted; undefined where there is no such folder. */
  list(folder: string): Promise<string[] | undefined>;
  /** Size in bytes and time of the last change in milliseconds; undefined where there is no such file. */
  stat(path: string): Promise<{ readonly size: number; readonly modified: number } | undefined>;
  /** Sets the time of the last change to now. */
  touch(path: string): Promise<void>;
}

const reasons: Readonly<Record<string, string>> = {
  ENOSPC: "no space is left on the disk",
  EDQUOT: "the disk quota is used up",
  EACCES: "permission denied",
  EPERM: "permission denied",
  EROFS: "the file system is read-only",
  ENOENT: "there is no such folder, and none can be made there",
  ENOTDIR: "a part of the path is a file, not a folder",
  EISDIR: "it is a folder, not a file",
  EEXIST: "it is a file, not a folder",
  EIO: "the disk reports an error",
  EMFILE: "too many files are open",
  ENAMETOOLONG: "the name is too long",
};

const codeOf = (error: unknown): string | undefined =>
  typeof error === "object" && error !== null && "code" in error ? String(error.code) : undefined;

async function told<T>(verb: string, path: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (cause) {
    const code = codeOf(cause) ?? "";
    const reason = reasons[code] ?? (cause instanceof Error ? cause.message : String(cause));
    throw new WorkError(`cannot ${verb} ${path}: ${reason}`, { cause });
  }
}

/** `work`, or undefined where the file is not there. */
async function ifThere<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  }
}

/**
 * The folder with the folders above it. Node's own recursive form never ends where a file system answers that
 * an existing folder is not there, as /proc does.
 */
async function makeFolders(path: string): Promise<void> {
  try {
    await mkdir(path);
  } catch (error) {
    if (codeOf(error) === "EEXIST" && (await stat(path)).isDirectory()) return;
    if (codeOf(error) !== "ENOENT" || dirname(path) === path) throw error;
    await makeFolders(dirname(path));
    // Another process may have made it in between.
    await mkdir(path).catch((again) => {
      if (codeOf(again) !== "EEXIST") throw again;
    });
  }
}

async function writeDurably(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, "w");
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function appendDurably(path: string, text: string): Promise<void> {
  const file = await open(path, "a");
  try {
    await file.appendFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Makes a rename outlast a power failure; Windows cannot open a folder and does not need it. */
async function syncFolderOf(path: string): Promise<void> {
  if (process.platform === "win32") return;
  const folder = await open(dirname(path), "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** The real disk; every error is one sentence that names the file. */
export const nodeDisk: Disk = {
  makeFolder: (path) => told("make the folder", path, makeFolders(path)),
  write: (path, bytes) => told("write", path, writeDurably(path, bytes)),
  append: (path, text) => told("write", path, appendDurably(path, text)),
  rename: async (from, to) => {
    await told("write", to, rename(from, to));
    await told("write", to, syncFolderOf(to));
  },
  remove: (path) => told("remove", path, rm(path, { force: true })),
  read: (path) => told("read", path, ifThere(readFile(path))),
  list: async (folder) => (await told("read", folder, ifThere(readdir(folder))))?.sort(),
  stat: async (path) => {
    const found = await told("read", path, ifThere(stat(path)));
    return found && { size: found.size, modified: found.mtimeMs };
  },
  touch: async (path) => {
    const now = new Date();
    await told("write", path, utimes(path, now, now));
  },
};

/**
 * Writes a file so that its name holds either what it held before or all of `content`, whenever the process dies.
 * @param shared several processes may write this file at once: each then has a temporary file of its own.
 */
export async function writeAtomically(
  disk: Disk,
  folder: string,
  name: string,
  content: Uint8Array | string,
  shared = false,
): Promise<void> {
  const mark = shared ? `.${randomBytes(4).toString("hex")}` : "";
  const temporary = `${folder}/.${name}${mark}.tmp`;
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  try {
    await disk.write(temporary, bytes);
    await disk.rename(temporary, `${folder}/${name}`);
  } catch (error) {
    // What a full disk leaves behind would only fill it further; the first error is the one to tell.
    await disk.remove(temporary).catch(() => {});
    throw error;
  }
}

/** Writes a file of the real disk so that its name never holds half of `content`. */
export const replaceFile = (path: string, content: Uint8Array | string): Promise<void> =>
  writeAtomically(nodeDisk, dirname(path), basename(path), content, true);

/** Whether a name is that of a file which a crash left half written. */
export const isTemporary = (name: string): boolean => name.startsWith(".") && name.endsWith(".tmp");
