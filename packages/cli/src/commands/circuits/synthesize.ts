/** `mesascope circuits synthesize`: a smallest or shallowest circuit of given functions, with proof. */
import { type Circuit, circuitDepth, InputError, unknownName } from "@mesascope/lab/core";
import type { Objective, Synthesis } from "@mesascope/lab/optimizers";
import { type Command, Option } from "commander";
import { watchForInterrupt } from "../../interrupt.ts";
import { count, plural } from "../../output/format.ts";
import { printJson } from "../../output/json.ts";
import { openSolver } from "../../solvers/index.ts";
import type { World } from "../../world.ts";
import type { AddCommand } from "../command.ts";
import { type CircuitFlags, wholeNumberFrom, withCircuitOptions } from "./options.ts";

interface Flags extends CircuitFlags {
  readonly table: readonly string[];
  readonly inputs: number;
  readonly objective: Objective;
  readonly timeout?: number;
  readonly all?: boolean;
  readonly quiet?: boolean;
}

/** Most circuits that --all lists. */
const mostListed = 1000;

const help = `
A truth table is written with its last row first: input 1 is the lowest bit of a row's number, so that the inputs of
a function of four inputs are 0xaaaa, 0xcccc, 0xf0f0 and 0xff00. Minimality is proved: every smaller number of gates is
refuted by the SAT solver (cadical where it is on the path, else the package's own) or excluded by counting inputs.

Examples:
  $ mesascope circuits synthesize --table 0x6996 --inputs 4
  $ mesascope circuits synthesize --table 0x96 --table 0xe8 --inputs 3 --all --json
  $ mesascope circuits synthesize --table 0x0116 --inputs 4 --objective depth --basis andor --timeout 60`;

const objectives = ["size", "depth"] as const satisfies readonly Objective[];

function objectiveNamed(name: string): Objective {
  const found = objectives.find((objective) => objective === name);
  if (!found)
    throw new InputError(unknownName("objective", name, objectives), { place: "--objective" });
  return found;
}

/** Adds the command to `circuits`. */
export function addSynthesizeCommand(
  circuits: Command,
  world: World,
  act: Parameters<AddCommand>[2],
): void {
  const command = circuits
    .command("synthesize")
    .description("find a smallest or shallowest circuit of given functions, and prove that it is")
    .addOption(
      new Option("--table <digits>", "truth table of an output; may be repeated")
        .argParser((text, before: readonly string[]) => [...before, text])
        .default([], "nothing"),
    )
    .requiredOption(
      "--inputs <number>",
      "inputs of the functions, 1 to 6",
      wholeNumberFrom("--inputs", 1, 6),
    )
    .addOption(
      new Option("--objective <name>", "'size', fewest gates, or 'depth', shortest longest path")
        .argParser(objectiveNamed)
        .default("size", "size"),
    )
    .option(
      "--timeout <seconds>",
      "give what is proved by then",
      wholeNumberFrom("--timeout", 1, 1_000_000),
    )
    .option("--all", "list all best circuits, up to isomorphism")
    .option("--quiet", "no progress, only errors on standard error");
  withCircuitOptions(command)
    .addHelpText("after", help)
    .action(act((flags: Flags) => run(world, flags)));
}

async function run(world: World, flags: Flags): Promise<number> {
  const { inputs, basis, objective, timeout } = flags;
  const { parseTable } = await import("@mesascope/lab/architectures");
  if (flags.table.length === 0)
    throw new InputError("give at least one truth table, like 0x6996", { place: "--table" });
  const tables = flags.table.map((text) => parseTable(text, inputs, "--table"));
  const { synthesize } = await import("@mesascope/lab/optimizers");
  const solver = await openSolver(world.env["PATH"]);
  const interrupt = watchForInterrupt(world, { kill: () => {}, notice: () => {} });
  try {
    const problem = { inputs, basis, tables, objective, ...(flags.all ? { all: mostListed } : {}) };
    const result = await synthesize(problem, {
      solver,
      signal: interrupt.signal,
      milliseconds: timeout === undefined ? undefined : timeout * 1000,
      onQuestion(question) {
        if (!flags.quiet) world.stderr.write(`${solver.name}: ${question}?\n`);
      },
    });
    if (flags.json) printJson(world.stdout, await asJson(flags, result));
    else world.stdout.write(await asText(flags, result));
    return result.minimal ? 0 : 1;
  } catch (error) {
    if (interrupt.code !== undefined) return interrupt.code;
    throw error;
  } finally {
    interrupt.dispose();
    await solver.close();
  }
}

async function asJson(flags: Flags, result: Synthesis) {
  const { circuit, circuits, ...known } = result;
  const { inputs, basis, objective } = flags;
  return {
    inputs,
    basis,
    objective,
    tables: flags.table,
    ...(circuit ? { size: circuit.gates.length, depth: circuitDepth(circuit) } : {}),
    ...known,
    ...(circuit ? { circuit: await described(circuit) } : {}),
    ...(circuits ? { circuits: await Promise.all(circuits.map(described)) } : {}),
  };
}

async function described(circuit: Circuit) {
  const { circuitText, drawCircuit } = await import("@mesascope/lab/architectures");
  return { ...circuit, text: circuitText(drawCircuit(circuit)).trimEnd().split("\n") };
}

async function asText(flags: Flags, result: Synthesis): Promise<string> {
  const { circuit, circuits, minimal, proof, gatesAtLeast, depthAtLeast, solver } = result;
  if (!minimal || !circuit) {
    const bounds = [
      depthAtLeast === undefined ? "" : `depth ${depthAtLeast}`,
      plural(gatesAtLeast, "gate"),
    ];
    return `undecided within ${flags.timeout} s; proved by then: at least ${bounds.filter(Boolean).join(" and ")}\n`;
  }
  const refuted = proof.filter(({ exists }) => !exists);
  const why = refuted.length
    ? `${solver} refuted ${refuted.map(({ gates, depth }) => (gates === undefined ? `depth ${depth}` : plural(gates, "gate"))).join(", ")}`
    : "fewer are excluded by counting inputs and outputs";
  const lines = [
    `${plural(circuit.gates.length, "gate")}, depth ${circuitDepth(circuit)}; proved best in ${flags.objective}: ${why}`,
  ];
  if (circuits)
    lines.push(
      result.complete
        ? `${plural(circuits.length, "circuit")} up to isomorphism`
        : `at least ${count(circuits.length)} circuits up to isomorphism`,
    );
  const shown = circuits ?? [circuit];
  const texts = await Promise.all(
    shown.map(async (each) => (await described(each)).text.join("\n")),
  );
  return `${lines.join("\n")}\n\n${texts.join("\n\n")}\n`;
}
