/**
 * Evolution: a generation of 256 GRU policies on keyed bandits beside the same in PyTorch, evaluations of CMA-ES beside
 * pycma, and organism-steps a second of the foraging world.
 */
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { keyOf, split } from "@mesascope/lab/core";
import { cmaEs, defaultPopulation } from "@mesascope/lab/optimizers";
import { forage, makeTask } from "@mesascope/lab/tasks";
import { baseOptimizer } from "@mesascope/lab/training";

const rounds = 5;

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;

const range = (values: readonly number[], digits = 2): string =>
  `${median(values).toFixed(digits)} (${Math.min(...values).toFixed(digits)} to ${Math.max(...values).toFixed(digits)})`;

/** A Python script that answers each line it is sent with one line; undefined where no Python can run it. */
async function python(script: string, args: readonly string[], first?: string) {
  // Settings that hold OpenBLAS to an older processor's kernels would slow the peer.
  const { OPENBLAS_CORETYPE: _, OPENBLAS_L2_SIZE: __, ...env } = process.env;
  for (const command of [process.env["PYTHON"], "python3", "/usr/bin/python3"]) {
    if (!command) continue;
    const path = fileURLToPath(new URL(script, import.meta.url));
    const child = spawn(command, [path, ...args], {
      env: { ...env, OMP_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1" },
      stdio: ["pipe", "pipe", "ignore"],
    });
    child.stdin.on("error", () => {});
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    if (first !== undefined) child.stdin.write(`${first}\n`);
    const answer = await lines.next();
    if (answer.done) continue;
    return {
      first: JSON.parse(answer.value) as Record<string, unknown>,
      async ask(line: string) {
        child.stdin.write(`${line}\n`);
        return JSON.parse((await lines.next()).value as string) as Record<string, unknown>;
      },
      close: () => child.kill(),
    };
  }
  return undefined;
}

/** Processor seconds of each generation, which another program on the machine lengthens less than the clock's; the first two warm up. */
async function* generations(): AsyncGenerator<number> {
  const task = makeTask("keyed-bandit", {}, { diversity: "fresh", seed: 0 });
  const optimizer = baseOptimizer({
    architecture: "gru",
    architectureParameters: { width: 64 },
    algorithm: "evolution-strategy",
    algorithmParameters: { population: 256, batch: 256 },
    budget: { updates: rounds + 3 },
  });
  let begun = process.cpuUsage();
  for await (const event of optimizer.train(task, 0)) {
    if (event.type !== "update") continue;
    const { user, system } = process.cpuUsage(begun);
    if (event.spent.updates > 2) yield (user + system) / 1e6;
    begun = process.cpuUsage();
  }
}

async function generationTable(): Promise<void> {
  const forms = ["stacked", "each"] as const;
  const peers = await Promise.all(
    forms.map((form) => python("evolution_torch.py", [form, String(rounds)])),
  );
  const mine: number[] = [];
  const theirs: number[][] = [[], []];
  for await (const seconds of generations()) {
    mine.push(seconds);
    for (const [i, peer] of peers.entries()) {
      if (!peer) continue;
      const answer = mine.length === 1 ? peer.first : await peer.ask("");
      theirs[i]!.push(answer["secondsPerGeneration"] as number);
    }
    if (mine.length === rounds) break;
  }
  console.log(
    "| 256 policies of a GRU 64 on keyed bandits, 256 episodes of 8 steps each, 1 thread | processor seconds a generation, median (range) |",
  );
  console.log("|---|---|");
  console.log(`| Mesascope | ${range(mine)} |`);
  for (const [i, peer] of peers.entries()) {
    const name = i === 0 ? "all policies stacked" : "one policy after another";
    const figures = peer ? range(theirs[i]!) : "not installed";
    console.log(`| PyTorch ${peer ? peer.first["version"] : ""}, ${name} | ${figures} |`);
    peer?.close();
  }
  const ratios = mine.map((seconds, k) => Math.min(...theirs.map((all) => all[k]!)) / seconds);
  if (peers.every((peer) => peer !== undefined))
    console.log(
      `\nMesascope is ${median(ratios).toFixed(2)} times as fast as the faster form of PyTorch (${rounds} rounds, interleaved).`,
    );
}

const functions = {
  sphere: (x: Float64Array) => x.reduce((sum, v) => sum + v * v, 0),
  rosenbrock: (x: Float64Array) =>
    x.reduce(
      (sum, v, i) => (i === 0 ? 0 : sum + 100 * (x[i - 1]! ** 2 - v) ** 2 + (1 - x[i - 1]!) ** 2),
      0,
    ),
  ellipsoid: (x: Float64Array) =>
    x.reduce((sum, v, i) => sum + 1e6 ** (i / (x.length - 1)) * v * v, 0),
  rastrigin: (x: Float64Array) =>
    x.reduce((sum, v) => sum + v * v + 10 * (1 - Math.cos(2 * Math.PI * v)), 0),
} as const;

interface Problem {
  readonly name: keyof typeof functions;
  readonly dimension: number;
  readonly start: number;
  readonly deviation: number;
  readonly separable: boolean;
  /** 0: as many as the dimension asks for by default. */
  readonly population: number;
  readonly most: number;
}

const plain = { separable: false, population: 0, most: 200_000 } as const;
const problems: readonly Problem[] = [
  { name: "sphere", dimension: 10, start: 1, deviation: 0.3, ...plain },
  { name: "sphere", dimension: 20, start: 1, deviation: 0.3, ...plain },
  { name: "rosenbrock", dimension: 10, start: 0.1, deviation: 0.5, ...plain },
  { name: "rosenbrock", dimension: 20, start: 0.1, deviation: 0.5, ...plain },
  { name: "ellipsoid", dimension: 10, start: 1, deviation: 0.5, ...plain },
  { name: "ellipsoid", dimension: 20, start: 1, deviation: 0.5, ...plain },
  { name: "ellipsoid", dimension: 20, start: 1, deviation: 0.5, ...plain, separable: true },
  {
    ...{ name: "rastrigin", dimension: 5, start: 2, deviation: 2, separable: false },
    ...{ population: 100, most: 40_000 },
  },
];

const seeds = 21;

/** Evaluations until a candidate is below 1e-9. */
function evaluations(problem: Problem, seed: number): number | undefined {
  const { dimension, deviation, start, separable } = problem;
  const population = problem.population || defaultPopulation(dimension);
  const method = cmaEs({ population, deviation, covariance: separable ? "separable" : "full" });
  let state = method.initial(new Float64Array(dimension).fill(start));
  for (let g = 0, spent = 0; spent < problem.most; g++) {
    const candidates = method.ask(state, split(keyOf(seed), g));
    const values = candidates.map(functions[problem.name]);
    spent += candidates.length;
    if (values.some((value) => value < 1e-9)) return spent;
    state = method.tell(
      state,
      candidates,
      values.map((value) => -value),
    );
  }
  return undefined;
}

async function countTable(): Promise<void> {
  const peer = await python("evolution_pycma.py", [String(seeds)], JSON.stringify(problems[0]));
  console.log(
    `\n| CMA-ES to 1e-9, ${seeds} seeds | evaluations, median | reached | seconds | pycma ${peer?.first["version"] ?? "(not installed)"} | reached | seconds | ratio |`,
  );
  console.log("|---|---|---|---|---|---|---|---|");
  for (const [i, problem] of problems.entries()) {
    const begun = performance.now();
    const all = Array.from({ length: seeds }, (_, k) => evaluations(problem, k + 1));
    const seconds = (performance.now() - begun) / 1000;
    const found = all.filter((each) => each !== undefined);
    const { name, dimension, separable } = problem;
    const title = `${name}, ${dimension} numbers${separable ? ", separable" : ""}`;
    const answer = peer && (i === 0 ? peer.first : await peer.ask(JSON.stringify(problem)));
    const theirs = answer?.["evaluations"] as number | undefined;
    const told = answer
      ? `${theirs} | ${answer["reached"]} | ${(answer["seconds"] as number).toFixed(1)} | ${(median(found) / theirs!).toFixed(2)}`
      : "- | - | - | -";
    console.log(
      `| ${title} | ${median(found)} | ${found.length} | ${seconds.toFixed(1)} | ${told} |`,
    );
  }
  peer?.close();
}

function foragingTable(): void {
  console.log(
    "\n| foraging, 1,000 organisms, lives of 20 steps | million organism-steps a second |",
  );
  console.log("|---|---|");
  for (const environments of [1, 16, 64]) {
    const rates = Array.from({ length: rounds }, (_, round) => {
      const options = {
        ...{ environments, foods: 3, places: 2, steps: 20, base: 1, gain: 1, cost: 0.25 },
        ...{ mutation: 0.01, switching: 0.001, capacity: 1000, seasons: 500 },
      };
      const begun = performance.now();
      let steps = 0;
      for (const season of forage(options, keyOf(round))) steps += season.count * options.steps;
      return steps / (performance.now() - begun) / 1000;
    });
    console.log(`| ${environments} kinds of environment | ${range(rates, 1)} |`);
  }
}

/** Prints three tables. */
export async function run(): Promise<void> {
  await generationTable();
  await countTable();
  foragingTable();
}
