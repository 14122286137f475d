/** Environment steps a second of the keyed bandit's rules on one core, by what a step includes. */
import { keyOf, parseParameters, Random, split } from "@mesascope/lab/core";
import { keyedBandit, makeTask } from "@mesascope/lab/tasks";

/** Episodes in lockstep, as in training. */
const batch = 256;
/** Batches in one timing. */
const rounds = 400;

const parameters = parseParameters(keyedBandit, keyedBandit.forms.noiseless);
const rules = keyedBandit.rules(parameters);
const instances = makeTask(keyedBandit, parameters, { diversity: "fresh", seed: 0 }).training.draw(
  keyOf(1),
  batch,
);

interface Timing {
  readonly title: string;
  /** Steps (or draws) in one call. */
  readonly count: number;
  call(): void;
}

/** Plays `rounds` batches with actions in turn; each option adds to what a step includes. */
function play(observe: boolean, drawNoise: boolean): number {
  const observations = new Float32Array(batch * rules.observationSize);
  const random = new Random(split(keyOf(2), "noise"));
  const states = instances.map((instance) => rules.initial(instance));
  let total = 0;
  for (let round = 0; round < rounds; round++) {
    for (let i = 0; i < batch; i++) states[i] = rules.initial(instances[i]!);
    for (let step = 0; step < rules.horizon; step++)
      for (let i = 0; i < batch; i++) {
        const instance = instances[i]!;
        const state = states[i]!;
        if (observe) rules.observe(instance, state, observations, i * rules.observationSize);
        if (rules.terminated(state)) continue;
        const noise = drawNoise ? random.uniform() : 0.5;
        const next = rules.transition(instance, state, (i + step) % rules.actions, noise);
        states[i] = next;
        total += rules.reward(next);
      }
  }
  return total;
}

const steps = rounds * batch * rules.horizon;

const timings: readonly Timing[] = [
  { title: "rules alone", count: steps, call: () => void play(false, false) },
  { title: "rules + observation (target 15)", count: steps, call: () => void play(true, false) },
  { title: "rules + observation + noise", count: steps, call: () => void play(true, true) },
];

/** Runs the benchmark; `--repeats=N` sets the number of timings of each row (15). */
export async function run(args: string[]): Promise<void> {
  const given = args.find((arg) => arg.startsWith("--repeats="))?.slice("--repeats=".length);
  const repeats = Number(given ?? 15);
  if (!Number.isInteger(repeats) || repeats < 1)
    throw new RangeError(`--repeats takes a whole number of at least 1, not '${given}'`);
  const { keyBits, arms, steps: horizon } = parameters;
  console.log(
    `Keyed bandit, K = ${keyBits}, A = ${arms}, T = ${horizon}, batch ${batch}, one core.`,
  );
  console.log(`Million steps a second over ${repeats} timings.\n`);
  console.log(`${"".padEnd(34)}${["min", "median", "max"].map((h) => h.padStart(8)).join("")}`);
  for (const { title, count, call } of timings) {
    call();
    const rates = Array.from({ length: repeats }, () => {
      const start = performance.now();
      call();
      return count / (performance.now() - start) / 1000;
    }).sort((a, b) => a - b);
    const row = [rates[0]!, rates[repeats >> 1]!, rates[repeats - 1]!];
    console.log(`${title.padEnd(34)}${row.map((rate) => rate.toFixed(1).padStart(8)).join("")}`);
  }
}
