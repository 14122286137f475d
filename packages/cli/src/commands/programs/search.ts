/** `mesascope programs search`: programs that solve mazes, by exhaustion, by length and time, or by local search. */
import type { Grid, GridLanguage } from "@mesascope/lab/architectures";
import { InputError, keyOf, type Program, unknownName } from "@mesascope/lab/core";
import { watchForInterrupt } from "../../interrupt.ts";
import { wholeNumber } from "../../options.ts";
import { count, plural } from "../../output/format.ts";
import { printJson } from "../../output/json.ts";
import type { World } from "../../world.ts";
import type { AddCommand } from "../command.ts";
import { mazeForm, mazesNamed } from "./files.ts";

const methods = ["enumerate", "levin", "mh", "climb", "genetic"] as const;
type Method = (typeof methods)[number];

interface Flags {
  readonly task: string;
  readonly method: Method;
  readonly language: string;
  readonly fuel: number;
  readonly maxBits: number;
  readonly evaluations: number;
  readonly temperature: number;
  readonly population: number;
  readonly bitPrice: number;
  readonly threshold: number;
  readonly seed: number;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** What a search came to, whichever the method. */
interface Found {
  readonly programs: readonly Program[];
  /** What is certain of it, in words. */
  readonly claim: string;
  readonly facts: Readonly<Record<string, unknown>>;
}

const help = `
Methods: enumerate (every program in order of length; what it finds is the shortest, certified by exhaustion), levin
(length and log2 of the steps together, certified too), mh (Metropolis and Hastings' chain), climb (hill climbing with
restarts), genetic (genetic programming). Exit code 1 if no program was found.

${mazeForm}

Examples:
  $ mesascope programs search --task 5x5:count=4,foil --method enumerate
  $ mesascope programs search --task 4x4 --method levin --json
  $ mesascope programs search --task 5x5:count=4 --method genetic --population 500 --seed 2`;

/** Reads a number from `least` to `most`. */
function numberBetween(flag: string, least: number, most: number) {
  return (text: string): number => {
    const value = text.trim() === "" ? Number.NaN : Number(text);
    if (!(value >= least && value <= most))
      throw new InputError(`must be a number from ${least} to ${most}, not '${text}'`, {
        place: flag,
      });
    return value;
  };
}

function methodNamed(name: string): Method {
  const found = methods.find((method) => method === name);
  if (!found) throw new InputError(unknownName("method", name, methods), { place: "--method" });
  return found;
}

/** Adds the command. */
export const addSearch: AddCommand = (program, world, act) => {
  program
    .command("search")
    .description("search for a program that solves mazes")
    .requiredOption("--task <maze>", "the mazes to be solved: a file, or e.g. 5x5:count=4")
    .option("--method <name>", methods.join(", "), methodNamed, "enumerate")
    .option("--language <name>", "language to search in", "search")
    .option("--fuel <steps>", "steps a program has on each maze", wholeNumber("--fuel"), 2000)
    .option("--max-bits <bits>", "longest programs", numberBetween("--max-bits", 1, 200), 24)
    .option("--evaluations <n>", "for local search", wholeNumber("--evaluations"), 200_000)
    .option("--temperature <t>", "for mh", numberBetween("--temperature", 1e-6, 1e6), 0.05)
    .option("--population <n>", "for genetic", wholeNumber("--population"), 200)
    .option("--bit-price <p>", "for mh, climb", numberBetween("--bit-price", 0, 1), 0.002)
    .option("--threshold <t>", "least credited progress", numberBetween("--threshold", 0, 1), 0)
    .option("--seed <n>", "for local search", numberBetween("--seed", 0, 2 ** 53 - 1), 1)
    .option("--json", "print results as JSON")
    .option("--quiet", "no progress on standard error")
    .addHelpText("after", help)
    .action(act((flags: Flags) => search(world, flags)));
};

async function search(world: World, flags: Flags): Promise<number> {
  const lab = await import("@mesascope/lab/architectures");
  const { searchEvidence } = await import("@mesascope/lab/studies");
  const language = lab.languageNamed(flags.language, "--language");
  const mazes = await mazesNamed(world, flags.task, "--task");
  const interrupt = watchForInterrupt(world, { kill: () => {}, notice: () => {} });
  const begun = performance.now();
  let found: Found;
  try {
    found = await byMethod(world, flags, language, mazes, interrupt.signal);
  } catch (error) {
    if (interrupt.code === undefined) throw error;
    world.stderr.write("mesascope: stopped; nothing was kept\n");
    return interrupt.code;
  } finally {
    interrupt.dispose();
  }
  const seconds = (performance.now() - begun) / 1000;
  const programs = found.programs
    .map((program) => {
      const runs = lab.runOnGrids(lab.assemble(program), mazes, { fuel: flags.fuel });
      return {
        program: lab.printProgram(program),
        bits: lab.bitsOf(language, program),
        steps: runs.reduce((sum, { steps }) => sum + steps, 0),
        evidence: searchEvidence(program, mazes, flags.fuel),
      };
    })
    .sort((a, b) => a.steps - b.steps);
  if (flags.json)
    printJson(world.stdout, {
      method: flags.method,
      language: language.id,
      mazes: mazes.length,
      found: programs.length > 0,
      programs,
      claim: found.claim,
      ...found.facts,
      seconds,
    });
  else {
    for (const { program, bits, steps, evidence } of programs)
      world.stdout.write(
        `${program}\n  ${plural(bits, "bit")}, ${plural(steps, "step")} on ${plural(mazes.length, "maze")}; ` +
          `${evidence.searches ? "evaluates candidates and chooses by comparison" : "evaluates no candidates"}\n`,
      );
    world.stdout.write(`${found.claim}\n`);
    if (!flags.quiet)
      world.stderr.write(
        `${Object.entries(found.facts)
          .filter(([, value]) => Number.isInteger(value))
          .map(([name, value]) => `${name} ${count(value as number)}`)
          .join(", ")}, ${seconds.toFixed(1)} s\n`,
      );
  }
  return programs.length > 0 ? 0 : 1;
}

async function byMethod(
  world: World,
  flags: Flags,
  language: GridLanguage,
  mazes: readonly Grid[],
  signal: AbortSignal,
): Promise<Found> {
  const { enumerableGrids, gradedGrids } = await import("@mesascope/lab/architectures");
  const optimizers = await import("@mesascope/lab/optimizers");
  const { maxBits, fuel, evaluations, bitPrice, temperature, population } = flags;
  const tell = teller(world, flags);
  const within = `within ${plural(fuel, "step")} on each maze`;
  if (flags.method === "enumerate") {
    const { solvers, bits, certifiedBelow, programs, runs, pruned } =
      await optimizers.enumeratePrograms(enumerableGrids(language, mazes, fuel), {
        maxBits,
        maxSolvers: 20,
        signal,
        onLevel: (level) =>
          tell(`${plural(level.bits, "bit")}: ${plural(level.programs, "program")}`),
      });
    return {
      programs: solvers,
      claim:
        bits === undefined
          ? `No program of ${certifiedBelow - 1} bits or fewer solves these mazes ${within}: every one was tried.`
          : `No shorter program solves these mazes ${within}: every one was tried.`,
      facts: { certifiedBelow, executed: programs, runs, pruned },
    };
  }
  if (flags.method === "levin") {
    const { best, certifiedBelow, programs, runs } = await optimizers.levinSearch(
      enumerableGrids(language, mazes, fuel),
      {
        maxPhase: maxBits,
        signal,
        onPhase: (phase, made) => tell(`phase ${phase}: ${plural(made, "program")}`),
      },
    );
    return {
      programs: best ? [best.program] : [],
      claim: best
        ? `Bits and log2 of the steps come to ${best.cost.toFixed(2)}; no program has less, ${within}: every one was tried.`
        : `No program has bits and log2 of the steps of ${certifiedBelow} or less: every one was tried.`,
      facts: { cost: best?.cost ?? null, certifiedBelow, executed: programs, runs },
    };
  }
  const task = gradedGrids(language, mazes, fuel, flags.threshold);
  const key = keyOf(flags.seed);
  const result =
    flags.method === "genetic"
      ? await optimizers.geneticSearch(task, { key, population, maxBits, evaluations, signal })
      : await optimizers.localSearch(task, {
          ...{ key, bitPrice, maxBits, evaluations, signal },
          temperature: flags.method === "climb" ? 0 : temperature,
          patience: Math.ceil(evaluations / 10),
        });
  const { reached, best } = result;
  return {
    programs: reached ? [reached.program] : [],
    claim: reached
      ? `Found after ${plural(result.evaluations, "evaluation")}; a shorter one may exist.`
      : `None found in ${plural(result.evaluations, "evaluation")}; the best scored ${best.score.toFixed(3)} of 1.`,
    facts: { evaluations: result.evaluations, bestScore: best.score },
  };
}

/** Tells of progress on standard error, from the third second on, at most once a second. */
function teller(world: World, { quiet }: Flags): (line: string) => void {
  let last = performance.now() + 1000;
  return (line) => {
    if (quiet || performance.now() - last < 1000) return;
    last = performance.now();
    world.stderr.write(`${line}\n`);
  };
}
