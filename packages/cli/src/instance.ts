/** `mesascope show RUN --instance I`: a run's learned algorithm at work in one maze. */
import { resolve } from "node:path";
import { InputError, messageOf, WorkError } from "@mesascope/lab/core";
import type { PlanStrip, RunEntry, RunPlan } from "@mesascope/lab/studies";
import type { RunStore } from "@mesascope/store";
import type { Command } from "commander";
import { numberFor } from "./commands/theory/numbers.ts";
import { printJson } from "./output/json.ts";
import { shortPath } from "./short-path.ts";
import type { World } from "./world.ts";

export interface InstanceFlags {
  readonly instance?: number;
  readonly ticks?: readonly number[];
  readonly svg?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

const whole = (flag: string, atLeast: number) =>
  numberFor(flag, {
    ...{ meaning: `a whole number of at least ${atLeast}`, atLeast },
    whole: true,
  });

/** Ticks parted by commas, in ascending order. */
const tickList = (text: string): number[] =>
  [...new Set(text.split(",").map((part) => whole("--ticks", 1)(part.trim())))].sort(
    (a, b) => a - b,
  );

/** `--instance`, `--ticks` and `--svg`. */
export function withInstanceOptions(command: Command): Command {
  return command
    .option(
      "--instance <number>",
      "held-out maze to show a run at work in, from 0",
      whole("--instance", 0),
    )
    .option("--ticks <list>", "ticks after which to draw it, e.g. 1,4,12", tickList)
    .option("--svg <file>", "also write the picture as SVG");
}

/** @throws InputError for runs without a model, and for those that are not on mazes. */
export async function showInstance(
  world: World,
  store: RunStore,
  { run, state }: RunEntry,
  { ticks, svg, json, quiet }: InstanceFlags,
  index: number,
): Promise<number> {
  const { drawnRun, planOfRun } = await import("@mesascope/lab/studies");
  const drawn = drawnRun(run);
  const bytes = await store.model(run);
  if (!bytes)
    throw new InputError(
      state.status === "complete"
        ? `run '${run.id}' left no model: its learner is no network`
        : `run '${run.id}' has no model yet: it is ${state.status}`,
    );
  const { loadOnnx } = await import("@mesascope/graph");
  const plan = await planOfRun(drawn, await loadOnnx(bytes), index, ticks);
  if (svg !== undefined) {
    await writeStrip(world, svg, plan.strip, `Maze ${index} of run ${run.id}`);
    if (!quiet) world.stderr.write(`written: ${shortPath(world, resolve(world.cwd, svg))}\n`);
  }
  if (json) printJson(world.stdout, planJson(run.id, index, plan));
  else {
    const { planText } = await import("./output/plan.ts");
    world.stdout.write(planText(plan, world.stdout.columns ?? 100));
  }
  return 0;
}

function planJson(run: string, instance: number, { maze, strip }: RunPlan) {
  const { rows, cols, start, goal, open, costs } = maze;
  const cells = {
    rows,
    cols,
    start,
    goal,
    open: [...open],
    ...(costs ? { costs: [...costs] } : {}),
  };
  return { run, instance, maze: cells, strip };
}

async function writeStrip(
  world: World,
  path: string,
  strip: PlanStrip,
  subtitle: string,
): Promise<void> {
  const { planStripSvg } = await import("@mesascope/report/document");
  const { replaceFile } = await import("@mesascope/store");
  try {
    await replaceFile(resolve(world.cwd, path), planStripSvg(strip, subtitle));
  } catch (cause) {
    throw new WorkError(`${path} could not be written: ${messageOf(cause)}`, { cause });
  }
}
