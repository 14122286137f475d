/** What the commands that read the tables share: the data folder, progress, and being stopped. */
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { InputError } from "@mesascope/lab/core";
import type { RefreshOptions } from "@mesascope/store/tables";
import { watchForInterrupt } from "./interrupt.ts";
import type { DataFlags } from "./options.ts";
import { count, duration } from "./output/format.ts";
import type { World } from "./world.ts";

/** Options of the commands that read the tables. */
export interface TableFlags extends DataFlags {
  readonly rebuild?: boolean;
}

/** Milliseconds between two lines that tell how far reading has come. */
const pause = 2000;

/**
 * Does `work` on the tables of the data folder; returns its exit code, or that of the signal that stopped it.
 * @throws InputError where there is no data folder.
 */
export async function onTables(
  world: World,
  flags: TableFlags,
  work: (data: string, options: RefreshOptions) => Promise<number>,
): Promise<number> {
  const data = resolve(world.cwd, flags.data);
  if (!existsSync(data))
    throw new InputError(
      "there is no such folder: no study was run here yet; try 'mesascope start'",
      {
        place: `--data ${flags.data}`,
      },
    );
  const interrupt = watchForInterrupt(world, { kill: () => {}, notice: () => {} });
  try {
    return await work(data, {
      signal: interrupt.signal,
      rebuild: flags.rebuild === true,
      ...(flags.quiet ? {} : { progress: progressLines(world), onHeld: waitingLine(world) }),
    });
  } catch (error) {
    if (interrupt.code === undefined) throw error;
    if (!flags.quiet) world.stderr.write("stopped\n");
    return interrupt.code;
  } finally {
    interrupt.dispose();
  }
}

const waitingLine = (world: World) => (holder: { readonly pid: number }) =>
  world.stderr.write(`waiting for process ${holder.pid}, which is reading the run folders\n`);

/** Tells of work that takes longer than two seconds, in lines. */
function progressLines(world: World): (done: number, total: number) => void {
  const begun = performance.now();
  let told = begun;
  return (done, total) => {
    const now = performance.now();
    if (now - told < pause || done === total) return;
    told = now;
    const left = duration(((now - begun) / 1000 / done) * (total - done));
    world.stderr.write(`reading run folders: ${count(done)} of ${count(total)}, ${left} left\n`);
  };
}
