/** `mesascope circuits`: least size, length and depth of all functions of a few inputs. */
import type { Census, CensusGroup, CensusRow } from "@mesascope/lab/optimizers";
import { Option } from "commander";
import { watchForInterrupt } from "../../interrupt.ts";
import { profileNamed } from "../../options.ts";
import { count } from "../../output/format.ts";
import { printJson } from "../../output/json.ts";
import { table } from "../../output/table.ts";
import { openSolver } from "../../solvers/index.ts";
import type { World } from "../../world.ts";
import type { AddCommand } from "../command.ts";
import { type CircuitFlags, wholeNumberFrom, withCircuitOptions } from "./options.ts";
import { addSynthesizeCommand } from "./synthesize.ts";

interface Flags extends CircuitFlags {
  readonly inputs: number;
  readonly profile: string;
  readonly timeout: number;
}

const help = `
Size is gates of the smallest circuit, length operators of the shortest formula, depth gates on the longest path
of the shallowest circuit. Classes are under permutation and complement of inputs and complement of the output.
Sizes of four inputs over AND and OR take minutes and are left out unless the profile is 'full'; those up to nine are
then found by exhaustion, and what is left is put to the SAT solver.

Examples:
  $ mesascope circuits --inputs 4 --basis full --json
  $ mesascope circuits --inputs 4 --basis andor --profile full
  $ mesascope circuits synthesize --table 0x6996 --inputs 4`;

/** Adds the command. */
export const addCircuitsCommand: AddCommand = (program, world, act) => {
  const command = program
    .command("circuits")
    .description("count Boolean functions by their smallest circuit, or find the smallest of one")
    .enablePositionalOptions()
    .option(
      "--inputs <number>",
      "inputs of the functions, 1 to 4",
      wholeNumberFrom("--inputs", 1, 4),
      4,
    )
    .addOption(
      new Option("--profile <name>", "how much to compute: quick or full")
        .argParser(profileNamed)
        .default("quick"),
    )
    .option(
      "--timeout <seconds>",
      "time for each question to the SAT solver",
      wholeNumberFrom("--timeout", 1, 1_000_000),
      120,
    );
  withCircuitOptions(command)
    .addHelpText("after", help)
    .action(act((flags: Flags) => census(world, flags)));
  addSynthesizeCommand(command, world, act);
};

async function census(world: World, flags: Flags): Promise<number> {
  const { findWithin, takeCensus } = await import("@mesascope/lab/optimizers");
  const { inputs, basis } = flags;
  const solver = await openSolver(world.env["PATH"]);
  const interrupt = watchForInterrupt(world, {
    kill: () => {},
    notice: () => {},
  });
  const { signal } = interrupt;
  try {
    const result = await takeCensus(inputs, basis, {
      signal,
      quickSizesOnly: flags.profile !== "full",
      find: findWithin(inputs, basis, solver, { signal, milliseconds: 1000 * flags.timeout }),
    });
    if (flags.json) printJson(world.stdout, result);
    else world.stdout.write(asText(result));
    return 0;
  } catch (error) {
    if (interrupt.code !== undefined) return interrupt.code;
    throw error;
  } finally {
    interrupt.dispose();
    await solver.close();
  }
}

function asText(result: Census): string {
  const { inputs, basis, functions, classes, size, sizeOpen, length, depth } = result;
  const gates = basis === "full" ? "all gates of two inputs" : "AND and OR";
  const heading = `${count(functions)} functions of ${inputs} inputs in ${count(classes)} classes; ${gates}, NOT free\n`;
  const parts = [
    size ? distribution("size", size) : "size: left out; --profile full computes it\n",
    distribution("length", length),
    distribution("depth", depth),
  ];
  return (
    [heading, ...parts].join("\n") +
    (sizeOpen ? groupLine(`Size not proved, at least ${sizeOpen.atLeast}`, sizeOpen) : "") +
    groupLine("Size below length", result.sizeBelowLength) +
    groupLine("No smallest circuit is a shallowest", result.noJointMinimum)
  );
}

function distribution(title: string, rows: readonly CensusRow[]): string {
  return table(
    [
      { title, number: true },
      { title: "functions", number: true },
      { title: "classes", number: true },
    ],
    rows.map((row) => [String(row.value), count(row.functions), count(row.classes)]),
  );
}

function groupLine(title: string, group: CensusGroup | null): string {
  if (!group) return "";
  return `\n${title}: ${count(group.functions)} functions in ${count(group.classes)} classes\n`;
}
