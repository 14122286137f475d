/**
 * Proximal policy optimization: Schulman et al. 2017 (arXiv 1707.06347), clipped surrogate (equation 7) with
 * generalized advantage estimation (Schulman et al. 2016, arXiv 1506.02438, equation 16), over whole episodes.
 */
import {
  adam,
  add,
  clip,
  compileTraining,
  div,
  entropy,
  exp,
  type Graph,
  logProbability,
  type Model,
  minimum,
  mul,
  neg,
  square,
  sub,
  sum,
  type Tensor,
} from "@mesascope/graph";
import { z } from "zod";
import {
  type EpisodicLearner,
  type OptimizerAlgorithm,
  Random,
  type RolloutBatch,
  split,
} from "../../core/index.ts";
import {
  annealed,
  type EpisodicContext,
  episodicLearner,
  type Network,
  unrolledGraph,
} from "./episodic-network.ts";

const parameters = z
  .strictObject({
    batch: z.number().int().min(1).max(65536).default(256).describe("Episodes an update."),
    epochs: z
      .number()
      .int()
      .min(1)
      .max(64)
      .default(4)
      .describe("Times that they are gone through."),
    minibatches: z
      .number()
      .int()
      .min(1)
      .max(1024)
      .default(4)
      .describe("Parts into which the episodes are cut each time."),
    learningRate: z.number().positive().default(1e-3).describe("Learning rate of Adam."),
    clip: z
      .number()
      .positive()
      .default(0.2)
      .describe("How far the ratio of new to old probability may leave 1 and still gain."),
    discount: z.number().min(0).max(1).default(1).describe("Discount per step."),
    trace: z.number().min(0).max(1).default(0.95).describe("Lambda of the advantage estimate."),
    entropyStart: z
      .number()
      .min(0)
      .default(0.03)
      .describe("Weight of the entropy bonus at the first update."),
    entropyEnd: z.number().min(0).default(0).describe("Weight at the last; linear in between."),
    valueWeight: z.number().min(0).default(0.5).describe("Weight of the value loss."),
    clipNorm: z.number().positive().default(1).describe("Largest global norm of the gradient."),
  })
  .refine(({ batch, minibatches }) => batch % minibatches === 0, {
    path: ["minibatches"],
    error: "the batch must be a multiple of the number of minibatches",
  });

type PpoParameters = z.infer<typeof parameters>;

/**
 * Advantages `[steps, batch]`: sums of later temporal-difference errors, each step's worth `discount * trace` of the
 * one before. What follows an episode's last step is worth nothing.
 */
export function advantagesOf(
  { steps, batch, rewards, mask }: RolloutBatch,
  values: Float32Array,
  discount: number,
  trace: number,
): Float32Array {
  const out = new Float32Array(steps * batch);
  for (let i = 0; i < batch; i++) {
    let later = 0;
    let next = 0;
    for (let t = steps - 1; t >= 0; t--) {
      const k = t * batch + i;
      if (mask[k] === 0) continue;
      later = rewards[k]! + discount * next - values[k]! + discount * trace * later;
      out[k] = later;
      next = values[k]!;
    }
  }
  return out;
}

/** Less their mean and divided by their deviation over steps taken, in place. */
function standardized(values: Float32Array, mask: Float32Array): Float32Array {
  let count = 0;
  let total = 0;
  let squares = 0;
  for (let k = 0; k < values.length; k++) {
    count += mask[k]!;
    total += mask[k]! * values[k]!;
    squares += mask[k]! * values[k]! ** 2;
  }
  const mean = total / count;
  const deviation = Math.sqrt(Math.max(0, squares / count - mean * mean)) + 1e-8;
  return values.map((value, k) => mask[k]! * ((value - mean) / deviation));
}

/** Columns `episodes` of an array `[steps, batch, size]`. */
function columns<T extends Float32Array | Int32Array>(
  all: T,
  { steps, batch }: RolloutBatch,
  episodes: readonly number[],
): T {
  const size = all.length / (steps * batch);
  const out = all.slice(0, steps * episodes.length * size) as T;
  for (let t = 0; t < steps; t++)
    episodes.forEach((episode, i) => {
      const from = (t * batch + episode) * size;
      out.set(all.subarray(from, from + size), (t * episodes.length + i) * size);
    });
  return out;
}

function lossOf(
  graph: Graph,
  { logits, value }: { readonly logits: Tensor; readonly value: Tensor },
  shape: readonly [number, number],
  p: PpoParameters,
) {
  const actions = graph.input("actions", shape, "int64");
  const before = graph.input("before", shape);
  const advantages = graph.input("advantages", shape);
  const returns = graph.input("returns", shape);
  const mask = graph.input("mask", shape);
  const entropyWeight = graph.input("entropyWeight", []);
  const taken = sum(mask);
  const average = (x: Tensor) => div(sum(mul(x, mask)), taken);
  const ratio = exp(sub(logProbability(logits, actions), before));
  const gain = minimum(
    mul(ratio, advantages),
    mul(clip(ratio, 1 - p.clip, 1 + p.clip), advantages),
  );
  const policyLoss = neg(average(gain)).as("policyLoss");
  const valueLoss = average(square(sub(returns, value))).as("valueLoss");
  const spread = average(entropy(logits)).as("entropy");
  const loss = sub(add(policyLoss, mul(valueLoss, p.valueWeight)), mul(entropyWeight, spread));
  return { loss, diagnostics: [policyLoss, valueLoss, spread] };
}

/** What the policy of before an update says of its episodes: log probabilities of actions, and values. */
async function judged(model: Model, experience: RolloutBatch, parts: readonly number[][]) {
  const { steps, batch, observations, actions } = experience;
  const before = new Float32Array(steps * batch);
  const values = new Float32Array(steps * batch);
  for (const episodes of parts) {
    const out = await model.run({
      observations: columns(observations, experience, episodes),
      actions: columns(actions, experience, episodes),
    });
    for (let t = 0; t < steps; t++)
      episodes.forEach((episode, i) => {
        before[t * batch + episode] = (out["before"] as Float32Array)[t * episodes.length + i]!;
        values[t * batch + episode] = (out["worth"] as Float32Array)[t * episodes.length + i]!;
      });
  }
  return { before, values };
}

const cut = (order: readonly number[], parts: number): number[][] => {
  const length = order.length / parts;
  return Array.from({ length: parts }, (_, i) => order.slice(i * length, (i + 1) * length));
};

async function create(context: EpisodicContext<PpoParameters>): Promise<EpisodicLearner> {
  const { parameters: p, io, budget, key } = context;
  const episodes = p.batch / p.minibatches;
  const shape = [io.horizon, episodes] as const;
  const { graph, outputs } = unrolledGraph(context, episodes);
  const { loss, diagnostics } = lossOf(graph, outputs, shape, p);
  const trainer = await compileTraining(loss, {
    optimizer: adam({ learningRate: p.learningRate }),
    clipNorm: p.clipNorm,
    outputs: diagnostics,
  });
  const judge = unrolledGraph(context, episodes);
  const actions = judge.graph.input("actions", shape, "int64");
  const model = await trainer.compile([
    logProbability(judge.outputs.logits, actions).as("before"),
    mul(judge.outputs.value, 1).as("worth"),
  ]);
  const order = Array.from({ length: p.batch }, (_, i) => i);
  return episodicLearner(context, {
    trainer,
    batch: p.batch,
    inner: p.epochs * p.minibatches,
    passes: p.epochs,
    dispose: () => model.dispose(),
    async update(experience, updates) {
      const { before, values } = await judged(model, experience, cut(order, p.minibatches));
      const raw = advantagesOf(experience, values, p.discount, p.trace);
      const returns = raw.map((advantage, k) => advantage + values[k]!);
      const advantages = standardized(raw, experience.mask);
      const weight = annealed({ start: p.entropyStart, end: p.entropyEnd }, updates, budget);
      const random = new Random(split(key, "minibatches", updates));
      const sums: Record<string, number> = {};
      for (let epoch = 0; epoch < p.epochs; epoch++)
        for (const part of cut(random.shuffle([...order]), p.minibatches)) {
          const pick = <T extends Float32Array | Int32Array>(all: T) =>
            columns(all, experience, part);
          const result = await trainer.update({
            observations: pick(experience.observations),
            actions: pick(experience.actions),
            mask: pick(experience.mask),
            before: pick(before),
            advantages: pick(advantages),
            returns: pick(returns),
            entropyWeight: Float32Array.of(weight),
          });
          const told = { loss: result.loss } as Record<string, number>;
          for (const { name } of diagnostics) told[name!] = (result[name!] as Float32Array)[0]!;
          for (const [name, value] of Object.entries(told))
            sums[name] = (sums[name] ?? 0) + value / (p.epochs * p.minibatches);
        }
      return sums;
    },
  });
}

export const ppo: OptimizerAlgorithm<Network, PpoParameters> = {
  id: "ppo",
  title: "proximal policy optimization",
  description:
    "Several passes over each batch of whole episodes, in which a policy gains only while it stays near the one that played them (Schulman et al. 2017).",
  searches: "network",
  learns: "episodic",
  parameters,
  batch: ({ batch }) => batch,
  create,
};
