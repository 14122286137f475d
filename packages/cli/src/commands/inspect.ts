/** `mesascope inspect`: every signature on a model that the user brings. */
import { InputError, keyOf } from "@mesascope/lab/core";
import type { Profile } from "@mesascope/lab/signatures";
import type { Command } from "commander";
import { type KnownErrors, readCalibration } from "../calibrated.ts";
import { watchForInterrupt } from "../interrupt.ts";
import { loadModel, readInput } from "../models.ts";
import { type DataFlags, withDataOptions } from "../options.ts";
import { printJson } from "../output/json.ts";
import { styleFor } from "../output/style.ts";
import { showSteps } from "../progress/steps.ts";
import type { World } from "../world.ts";
import type { AddCommand } from "./command.ts";
import { numberFor } from "./theory/numbers.ts";

type Flags = DataFlags & {
  readonly task?: string;
  readonly map?: string;
  readonly template?: boolean;
  readonly dryRun?: boolean;
  readonly examples: number;
  readonly seed: number;
};

const help = `
What the model's tensors mean is said in a small YAML file: --template writes one to begin with, filled in as far as
the tensors tell, and --dry-run shows how the file was understood, without measuring. Verdicts quote the error rates in
DATA/calibration.json, which 'mesascope calibrate' writes, or else those that come with the lab.

Examples:
  $ mesascope inspect model.onnx --task maze-path --template > map.yaml
  $ mesascope inspect model.onnx --map map.yaml --dry-run
  $ mesascope inspect model.onnx --map map.yaml --examples 96 --json`;

const whole = (flag: string, atLeast: number, atMost: number) =>
  numberFor(flag, {
    ...{ meaning: `a whole number from ${atLeast} to ${atMost}`, atLeast, atMost },
    whole: true,
  });

/** Adds the command. */
export const addInspectCommand: AddCommand = (program, world, act) => {
  const command: Command = program
    .command("inspect <model>")
    .description("measure a model from an ONNX file by every signature");
  withDataOptions(command)
    .option("--task <family>", "task family, where the mapping file does not name it")
    .option("--map <file>", "YAML file that says what the model's tensors mean")
    .option("--template", "print a mapping file made from the model's tensors")
    .option("--dry-run", "show how the mapping was understood, and measure nothing")
    .option("--examples <number>", "instances of each part", whole("--examples", 10, 4096), 96)
    .option("--seed <number>", "of the instances that are drawn", whole("--seed", 0, 2 ** 32), 1)
    .addHelpText("after", help)
    .action(act((model: string, flags: Flags) => inspect(world, model, flags)));
};

async function inspect(world: World, path: string, flags: Flags): Promise<number> {
  const studies = await import("@mesascope/lab/studies");
  const model = await loadModel(world, path);
  if (flags.template) {
    world.stdout.write(await studies.mappingTemplate(model, flags.task));
    return 0;
  }
  if (flags.map === undefined)
    throw new InputError(
      "what the model's tensors mean is not known: give --map FILE, or make one with --template",
    );
  const map = readInput(world, flags.map).toString("utf8");
  const inspected = studies.parseMapping(map, flags.map, flags.task);
  const { calibratedProfile, onnxSubject } = await import("@mesascope/lab/signatures");
  const text = await import("../output/inspect.ts");
  const { task, mapping, at } = inspected;
  const { subject, fitted } = await onnxSubject(model, task.rules, mapping, at);
  const understood = { model: path, inspected, fitted };
  if (flags.dryRun) {
    if (flags.json)
      printJson(world.stdout, { model: path, task: taskJson(inspected), tensors: fitted });
    else world.stdout.write(text.understoodText(understood));
    return 0;
  }
  const calibration = await readCalibration(world, flags.data);
  const steps = showSteps(world, "inspect", flags.quiet ?? false);
  const interrupt = watchForInterrupt(world, {
    kill: () => {},
    notice: () => world.stderr.write("stopping after this signature\n"),
  });
  try {
    const measurements = await studies.inspectSubject(subject, task, {
      examples: flags.examples,
      key: keyOf(flags.seed),
      signal: interrupt.signal,
      progress: (done, total) => steps.done(done, total),
    });
    const profile = calibration && calibratedProfile(measurements, calibration);
    if (flags.json) {
      const { examples, seed } = flags;
      const facts = { model: path, task: taskJson(inspected), examples, seed };
      printJson(world.stdout, { ...facts, measurements, ...profileJson(profile, calibration) });
    } else {
      const style = styleFor(world.stdout, world.env);
      world.stdout.write(
        `${text.understoodText(understood)}\n${text.measurementsText(measurements, style)}\n` +
          text.profileText(profile, calibration, flags.data, style),
      );
    }
    return 0;
  } catch (error) {
    if (interrupt.code !== undefined) return interrupt.code;
    throw error;
  } finally {
    steps.close();
    interrupt.dispose();
  }
}

const taskJson = ({
  family,
  parameters,
  diversity,
}: {
  readonly family: string;
  readonly parameters: unknown;
  readonly diversity: unknown;
}) => ({ family, parameters, diversity });

function profileJson(profile: Profile | undefined, calibration: KnownErrors | undefined) {
  if (!profile || !calibration) return {};
  const { file, signatures, profile: rates } = calibration;
  return { profile, calibration: { file, signatures, profile: rates.judged } };
}
