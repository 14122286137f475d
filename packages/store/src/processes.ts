/** Which processes live: a lock outlives its holder when that is killed. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { hostname } from "node:os";

/** A process, told apart from a later one that was given the same number. */
export interface Holder {
  readonly pid: number;
  /** Start time as the system tells it, in digits; `0` where it tells none. */
  readonly started: string;
  readonly host: string;
}

/** What a lock must know about processes; injected so that tests can let processes die. */
export interface Processes {
  readonly self: Holder;
  /** Whether a process of this host is alive. */
  alive(holder: Holder): boolean;
}

/** State letter and start time in clock ticks since boot, from Linux's process table. */
function linuxProcess(pid: number): { state: string; started: string } | undefined {
  let text: string;
  try {
    text = readFileSync(`/proc/${pid}/stat`, "utf8");
  } catch {
    return undefined;
  }
  // The second field is the program's name in brackets and may itself hold brackets and blanks.
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  const [state, started] = [fields[0], fields[19]];
  return state !== undefined && started !== undefined ? { state, started } : undefined;
}

function startTime(pid: number): string {
  if (process.platform === "linux") return linuxProcess(pid)?.started ?? "0";
  if (process.platform === "win32") return "0";
  try {
    const text = execFileSync("ps", ["-o", "lstart=", "-p", String(pid)], {
      encoding: "utf8",
      env: { LC_ALL: "C" },
    });
    return String(Math.floor(Date.parse(text.trim()) / 1000) || 0);
  } catch {
    return "0";
  }
}

function answers(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Someone else's process may not be signalled, but it is there.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

function alive({ pid, started }: Holder): boolean {
  if (!answers(pid)) return false;
  // A zombie still answers; it will never write again.
  const state = process.platform === "linux" ? linuxProcess(pid)?.state : undefined;
  if (state === "Z" || state === "X") return false;
  const now = startTime(pid);
  return started === "0" || now === "0" || now === started;
}

let processes: Processes | undefined;

/** The processes of this machine. */
export function systemProcesses(): Processes {
  processes ??= {
    self: {
      pid: process.pid,
      started: startTime(process.pid),
      host: hostname().replace(/[^A-Za-z0-9.-]/g, "-") || "localhost",
    },
    alive,
  };
  return processes;
}
