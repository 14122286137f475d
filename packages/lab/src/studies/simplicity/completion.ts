/**
 * What training makes of a function of which it has seen half: the completion that gradient descent arrives at, against
 * the same completion with its unseen part shuffled. Valle-Perez et al. 2019 (arXiv 1805.08522), section 5.
 */
import {
  adamW,
  binaryCrossEntropyWithLogits,
  compileTraining,
  Graph,
  gather,
  type Initializer,
  mul,
} from "@mesascope/graph";
import { z } from "zod";
import { type Experiment, type Key, Random, split } from "../../core/index.ts";
import { mean } from "../../stats/index.ts";
import { lempelZivComplexity } from "../../theory/index.ts";
import { measurement } from "../experiments/measurement.ts";
import {
  arity,
  fill,
  logitsOf,
  type NetworkFamily,
  RandomNetworks,
  rows,
  shapesOf,
  signs,
  truthInputs,
} from "./networks.ts";
import { familyFields } from "./random.ts";

const parameters = z.strictObject({
  ...familyFields,
  target: z
    .enum(["network", "shuffled"])
    .default("network")
    .describe("What is learned: functions of random networks, or their truth tables shuffled."),
  networks: z
    .number()
    .int()
    .min(8)
    .max(2048)
    .default(128)
    .describe("Networks trained side by side."),
  seen: z
    .number()
    .int()
    .min(1)
    .max(rows - 1)
    .default(64)
    .describe("Rows that training shows."),
  updates: z.number().int().min(1).max(100_000).default(600).describe("Updates of Adam."),
  learningRate: z.number().positive().default(0.01).describe("Learning rate of Adam."),
});

type Parameters = z.infer<typeof parameters>;

export const completion: Experiment<Parameters> = {
  id: "function-completion",
  title: "What training makes of half a function",
  description:
    "Networks are trained on half the rows of a truth table until they fit; the rows that they were not shown are read off, and the whole is compared with the same whole with those rows shuffled among themselves.",
  parameters,
  unit: "updates",
  trains: true,
  work: ({ updates }) => updates,
  async run(p, { key, signal, report }) {
    const targets = await targetsOf(p, split(key, "targets"));
    const shown = new Random(split(key, "shown")).shuffle(
      Array.from({ length: rows }, (_, i) => i),
    );
    const [seen, unseen] = [shown.slice(0, p.seen), shown.slice(p.seen)];
    const trainer = await trainerOf(p, seen, new Random(split(key, "initial parameters")));
    const y = Float32Array.from(
      { length: p.networks * p.seen },
      (_, i) => targets[Math.floor(i / p.seen) * rows + seen[i % p.seen]!]!,
    );
    for (let update = 1; update <= p.updates; update++) {
      await trainer.update({ y });
      if (update % 20 !== 0) continue;
      report(update);
      await new Promise((resolve) => setTimeout(resolve, 0));
      if (signal.aborted) return undefined;
    }
    const { logits } = await trainer.all();
    const learned = signs(logits as Float32Array);
    const shuffling = new Random(split(key, "shuffling"));
    const told = Array.from({ length: p.networks }, (_, n) => {
      const own = learned.subarray(n * rows, (n + 1) * rows);
      const target = targets.subarray(n * rows, (n + 1) * rows);
      const right = (part: readonly number[]) =>
        part.filter((row) => own[row] === target[row]).length / part.length;
      return {
        fits: right(seen) === 1,
        generalization: right(unseen),
        complexity: lempelZivComplexity(own),
        targetComplexity: lempelZivComplexity(target),
        simpler: lempelZivComplexity(shuffledAt(own, unseen, shuffling)) - lempelZivComplexity(own),
      };
    });
    // A completion is one of a function that was fitted; how many were is told beside.
    const fitted = told.filter(({ fits }) => fits);
    const over = (pick: (one: (typeof told)[number]) => number) =>
      fitted.length === 0 ? Number.NaN : mean(fitted.map(pick));
    const simpler = over((one) => one.simpler);
    return {
      measurements: [
        measurement("function-completion", [simpler, "bits"], {
          simpler: [simpler, "bits"],
          fitted: [fitted.length / p.networks, "share of networks"],
          generalization: [over((one) => one.generalization), "share of unseen rows"],
          complexity: [over((one) => one.complexity), "bits"],
          targetComplexity: [over((one) => one.targetComplexity), "bits"],
          simplerThanTarget: [over((one) => one.targetComplexity - one.complexity), "bits"],
        }),
      ],
    };
  },
};

/** A table with the entries at some rows in random order. */
function shuffledAt(table: Uint8Array, at: readonly number[], random: Random): Uint8Array {
  const order = random.shuffle([...at]);
  const shuffled = table.slice();
  at.forEach((row, i) => {
    shuffled[row] = table[order[i]!]!;
  });
  return shuffled;
}

/** Truth tables to be learned, one for each network; constant ones are drawn again, for there is nothing to tell. */
async function targetsOf(p: Parameters, key: Key): Promise<Uint8Array> {
  const random = new Random(split(key, "parameters"));
  const shuffling = new Random(split(key, "shuffling"));
  const networks = await RandomNetworks.of(p, p.networks);
  const targets = new Uint8Array(p.networks * rows);
  for (let found = 0; found < p.networks; ) {
    const drawn = await networks.draw(random);
    for (let i = 0; i < p.networks && found < p.networks; i++) {
      const table = drawn.subarray(i * rows, (i + 1) * rows);
      if (new Set(table).size === 1) continue;
      targets.set(p.target === "shuffled" ? shuffling.shuffle([...table]) : table, found * rows);
      found++;
    }
  }
  return targets;
}

/** Every network's own loss, summed so that none bears on another's gradient. */
async function trainerOf(p: Parameters & NetworkFamily, seen: readonly number[], random: Random) {
  const graph = new Graph();
  const x = graph.constant(truthInputs, [rows, arity]);
  const drawn =
    (scale: number): Initializer =>
    (size) => {
      const values = new Float32Array(size);
      fill(values, scale, random);
      return values;
    };
  const variables = new Map(
    shapesOf(p, p.networks).map(({ name, shape, scale }) => [
      name,
      graph.parameter(name, [...shape], drawn(scale)),
    ]),
  );
  const logits = logitsOf(x, p, variables, p.networks).as("logits");
  const y = graph.input("y", [p.networks, seen.length]);
  const rowsSeen = graph.constant(BigInt64Array.from(seen, BigInt), [seen.length]);
  const loss = mul(
    binaryCrossEntropyWithLogits(gather(logits, rowsSeen, 1), y),
    graph.constant(p.networks),
  );
  const trainer = await compileTraining(loss, {
    optimizer: adamW({ learningRate: p.learningRate, weightDecay: 0 }),
  });
  const model = await trainer.compile([logits]);
  return {
    update: (feeds: { readonly y: Float32Array }) => trainer.update(feeds),
    all: () => model.run({}),
  };
}
