/**
 * One process at a time writes a run. A lock is an empty file whose *name* tells who holds it, so that it
 * appears whole or not at all, and no two processes ever fight over one name: each creates its own, then
 * looks whether a living one stands beside it, and if so takes its own away. The later of two always sees
 * the earlier, so never do both go on; and removing a dead process's lock can never hit a living one's.
 */
import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { Disk } from "./disk.ts";
import type { Holder, Processes } from "./processes.ts";

/** A lock that is held. */
export interface Lock {
  release(): Promise<void>;
}

/** How to wait for a lock. */
export interface WaitOptions {
  /** Ends the waiting. */
  readonly signal?: AbortSignal;
  /** Told once of each living holder that is waited for. */
  readonly onHeld?: (holder: Holder) => void;
}

/** Processes on other hosts cannot be asked whether they live, so holders keep the time of their lock fresh. */
const beat = 15_000;
const staleAfter = 120_000;

const pattern = /^lock~(\d+)~(\d+)~([A-Za-z0-9.-]+)~[0-9a-f]+$/;

/** Whether a file of a run folder is a lock. */
export const isLock = (name: string): boolean => pattern.test(name);

const nameOf = ({ pid, started, host }: Holder) =>
  `lock~${pid}~${started}~${host}~${randomBytes(4).toString("hex")}`;

function holderOf(name: string): Holder | undefined {
  const match = pattern.exec(name);
  return match ? { pid: Number(match[1]), started: match[2]!, host: match[3]! } : undefined;
}

async function livingHolder(
  disk: Disk,
  folder: string,
  processes: Processes,
  own: string | undefined,
): Promise<Holder | undefined> {
  for (const name of (await disk.list(folder)) ?? []) {
    const holder = holderOf(name);
    if (!holder || name === own) continue;
    if (
      holder.host === processes.self.host
        ? processes.alive(holder)
        : await isFresh(disk, `${folder}/${name}`)
    )
      return holder;
    await disk.remove(`${folder}/${name}`);
  }
  return undefined;
}

async function isFresh(disk: Disk, path: string): Promise<boolean> {
  const found = await disk.stat(path);
  return found !== undefined && Date.now() - found.modified < staleAfter;
}

/** Takes the lock of a folder, or says who holds it. */
export async function tryLock(
  disk: Disk,
  folder: string,
  processes: Processes,
): Promise<Lock | Holder> {
  const held = await livingHolder(disk, folder, processes, undefined);
  if (held) return held;
  const name = nameOf(processes.self);
  const path = `${folder}/${name}`;
  await disk.write(path, new Uint8Array(0));
  const rival = await livingHolder(disk, folder, processes, name);
  if (rival) {
    await disk.remove(path);
    return rival;
  }
  const timer = setInterval(() => {
    disk.touch(path).catch(() => {});
  }, beat);
  timer.unref();
  return {
    release: () => {
      clearInterval(timer);
      return disk.remove(path);
    },
  };
}

/** Takes the lock of a folder, waiting while a living process holds it; undefined if the wait was ended. */
export async function waitForLock(
  disk: Disk,
  folder: string,
  processes: Processes,
  { signal, onHeld }: WaitOptions,
): Promise<Lock | undefined> {
  const told = new Set<string>();
  while (!signal?.aborted) {
    const outcome = await tryLock(disk, folder, processes);
    if ("release" in outcome) return outcome;
    const key = `${outcome.host} ${outcome.pid} ${outcome.started}`;
    if (!told.has(key)) onHeld?.(outcome);
    told.add(key);
    // Uneven pauses, so that two that gave way to each other do not meet again.
    await sleep(100 + Math.random() * 200, undefined, signal ? { signal } : {}).catch(() => {});
  }
  return undefined;
}
