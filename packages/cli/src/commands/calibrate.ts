/** `mesascope calibrate`: the battery of signatures on subjects with known answers, measured blind. */
import { join, resolve } from "node:path";
import { keyOf } from "@mesascope/lab/core";
import type { Calibration, CalibrationSettings } from "@mesascope/lab/signatures";
import type { Command } from "commander";
import { watchForInterrupt } from "../interrupt.ts";
import { type DataFlags, withDataOptions } from "../options.ts";
import { calibrationText } from "../output/calibration.ts";
import { plural } from "../output/format.ts";
import { printJson } from "../output/json.ts";
import { showSteps } from "../progress/steps.ts";
import { shortPath } from "../short-path.ts";
import { openData, type World } from "../world.ts";
import type { AddCommand } from "./command.ts";
import { numberFor } from "./theory/numbers.ts";

type Flags = DataFlags & {
  readonly seed: number;
  readonly mazes?: number;
  readonly quick?: boolean;
  readonly summary?: string;
};

/** Mazes of each part, and members of each family of controls and form of mazes. */
const sizes = {
  full: { mazes: 128, most: Number.POSITIVE_INFINITY },
  quick: { mazes: 32, most: 1 },
} as const;

const help = `
Planners, value iteration, wall followers, dead-end filling, lookup tables, untrained networks and others go through
the battery one after the other; what they are is kept from it. Thresholds that a subject is judged by come from the
other families alone. Results:
  sens., spec.   share of optimizers called so, and of the others not called so, with exact 95% intervals
                 (Clopper and Pearson)
  area           area under the curve, with Newcombe's score interval (2006, method 5)
  matched        the same on pairs of an optimizer and another subject that solve as many mazes
A signature without a threshold cannot tell the controls apart, and carries no criterion.

Everything is written to DATA/calibration.json, with every measurement. --quick takes one member of each family. Verdicts
in that data folder then quote it, and elsewhere docs/results/calibration-maze.json, which was written by --summary.

Examples:
  $ mesascope calibrate
  $ mesascope calibrate --quick --json`;

/** Adds the command. */
export const addCalibrateCommand: AddCommand = (program, world, act) => {
  const command: Command = program
    .command("calibrate")
    .description("measure the battery's error rates on subjects with known answers");
  withDataOptions(command)
    .option("--quick", "fewer subjects and mazes: about a minute")
    .option(
      "--seed <number>",
      "of mazes and of the controls' parameters",
      numberFor("--seed", {
        ...{ meaning: "a whole number from 0 to 4294967296", atLeast: 0, atMost: 2 ** 32 },
        whole: true,
      }),
      5,
    )
    .option(
      "--mazes <number>",
      "mazes of each part that a subject is measured on (128; 32 with --quick)",
      numberFor("--mazes", {
        ...{ meaning: "a whole number from 10 to 4096", atLeast: 10, atMost: 4096 },
        whole: true,
      }),
    )
    .option("--summary <file>", "also write the result without the measurements that it rests on")
    .addHelpText("after", help)
    .action(act((flags: Flags) => calibrateAll(world, flags)));
};

async function calibrateAll(world: World, flags: Flags): Promise<number> {
  const { batteryVersion, runCalibration } = await import("@mesascope/lab/signatures");
  const { replaceFile } = await import("@mesascope/store");
  const quick = flags.quick ?? false;
  const size = sizes[quick ? "quick" : "full"];
  const settings = { ...size, mazes: flags.mazes ?? size.mazes, seed: flags.seed };
  // A folder that cannot be written to is found out before the work, not after it.
  const store = await openData(world, flags.data);
  await store.prepare();
  const steps = showSteps(world, "calibrate", flags.quiet ?? false);
  const interrupt = watchForInterrupt(world, {
    kill: () => {},
    notice: () => world.stderr.write("stopping after this measurement; nothing is written\n"),
  });
  const began = performance.now();
  try {
    const { measured, ...calibration } = await runCalibration({
      ...settings,
      key: keyOf(flags.seed),
      signal: interrupt.signal,
      progress: (done, total) => steps.done(done, total),
    } satisfies CalibrationSettings);
    const path = join(store.folder, "calibration.json");
    const head = { battery: batteryVersion, quick, ...settings, versions: world.versions() };
    const seconds = Math.round((performance.now() - began) / 1000);
    const summary = { ...head, seconds, ...calibration };
    await replaceFile(path, `${JSON.stringify({ ...summary, measured }, null, 1)}\n`);
    if (flags.summary !== undefined)
      await replaceFile(resolve(world.cwd, flags.summary), `${JSON.stringify(summary, null, 1)}\n`);
    show(world, flags, calibration, { ...head, seconds, file: shortPath(world, path) });
    return 0;
  } catch (error) {
    if (interrupt.code !== undefined) return interrupt.code;
    throw error;
  } finally {
    steps.close();
    interrupt.dispose();
  }
}

function show(
  world: World,
  flags: Flags,
  calibration: Calibration,
  head: { readonly file: string; readonly mazes: number; readonly seconds: number },
): void {
  if (flags.json) {
    printJson(world.stdout, { ...head, ...calibration });
    return;
  }
  const { subjects } = calibration;
  const optimizers = subjects.filter(({ optimizer }) => optimizer).length;
  world.stdout.write(
    `${plural(subjects.length, "subject")}, ${optimizers} of them optimizers; ${head.mazes} held-out mazes each\n\n` +
      `${calibrationText(calibration)}\nWritten: ${head.file}\n`,
  );
}
