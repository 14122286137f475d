/** A peer in C: compiled on the spot, told by a line what to do, and answering with the seconds that it took. */
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** A running peer. */
export interface Peer {
  readonly name: string;
  /** Seconds, and what else the peer tells, for `count` of `work`. */
  time(work: string, count: number): Promise<readonly number[]>;
  stop(): void;
}

/** Compiles and starts a source beside this file; undefined where no compiler is found. */
export function startPeer(file: string): Peer | undefined {
  const source = fileURLToPath(new URL(file, import.meta.url));
  const folder = mkdtempSync(join(tmpdir(), "mesascope-bench-"));
  const program = join(folder, "peer");
  const compiler = [process.env["CC"], "cc", "gcc", "clang"].find(
    (name) => name && spawnSync(name, ["-O2", "-o", program, source, "-lm"]).status === 0,
  );
  if (!compiler) {
    rmSync(folder, { recursive: true });
    return undefined;
  }
  const child = spawn(program, { stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    name: `${compiler} -O2`,
    async time(work, count) {
      child.stdin.write(`${work} ${count}\n`);
      return String((await lines.next()).value)
        .split(" ")
        .map(Number);
    },
    stop() {
      child.stdin.end();
      rmSync(folder, { recursive: true });
    },
  };
}

/** The middle one of the values, ordered by size. */
export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
