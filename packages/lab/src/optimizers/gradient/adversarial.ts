/** Adversarial training: a generator that is never shown a target, and a discriminator that is. */
import {
  adam,
  add,
  compileTraining,
  Graph,
  mean,
  mul,
  reshape,
  sigmoid,
  slice,
  square,
  type Tensor,
  type Trainer,
} from "@mesascope/graph";
import { z } from "zod";
import {
  InputError,
  type NetworkArchitecture,
  type OptimizerAlgorithm,
  Random,
  type SupervisedLearner,
  split,
} from "../../core/index.ts";
import {
  discriminator,
  discriminatorLoss,
  discriminatorName,
  generatorLoss,
  gradientPenalty,
  shownWith,
  verdicts,
} from "./adversarial-loss.ts";
import { usesOf } from "./episodic-network.ts";
import { functionOf } from "./predicted-examples.ts";
import { trainedPredictor } from "./trained-predictor.ts";

const parameters = z.strictObject({
  batch: z.number().int().min(1).max(65536).default(32).describe("Examples an update."),
  learningRate: z.number().positive().default(3e-3).describe("Generator: learning rate of Adam."),
  judgeRate: z.number().positive().default(1e-3).describe("Discriminator: learning rate of Adam."),
  momentum: z
    .number()
    .min(0)
    .lt(1)
    .default(0.5)
    .describe("Adam's first momentum, of both (Radford et al. 2016)."),
  judgeWidth: z
    .number()
    .int()
    .min(1)
    .max(1024)
    .default(16)
    .describe("Discriminator: channels of its state."),
  judgeTicks: z.number().int().min(1).max(1024).default(4).describe("Discriminator: ticks."),
  gradientPenalty: z
    .number()
    .min(0)
    .default(0.1)
    .describe("Discriminator: weight of the penalty on its gradient at true and at drawn answers."),
  logitPrice: z
    .number()
    .min(0)
    .default(1e-3)
    .describe("Generator: price of the mean square of its logits, against saturation."),
  clipNorm: z.number().positive().default(1).describe("Largest global norm of a gradient."),
  tickLoss: z
    .number()
    .min(0)
    .max(1)
    .default(0.5)
    .describe("Probability that an answer is judged as it is after a random tick, not the last."),
});

export type AdversarialParameters = z.infer<typeof parameters>;
type Network = NetworkArchitecture<Graph, Tensor>;
type Context = Parameters<OptimizerAlgorithm<Network, AdversarialParameters>["create"]>[0];
type Named = Readonly<Record<string, { readonly data: Float32Array }>>;

/** @throws InputError where a picture is not answered by a picture of zeros and ones of its size. */
function pictureOf({ io, loss, architecture }: Context) {
  const { grid, horizon, outputs } = io;
  const fits = grid && horizon === 1 && outputs === grid.height * grid.width;
  if (loss !== "binary-cross-entropy" || !fits)
    throw new InputError(
      "algorithm 'adversarial' learns tasks that answer a picture with zeros and ones, one for each pixel",
    );
  if (architecture.sees !== "pictures")
    throw new InputError(
      `algorithm 'adversarial' trains what sees pictures, not architecture '${architecture.id}'`,
    );
  return grid;
}

const drawnName = "drawn";

const sizeOf = ({ judgeWidth, judgeTicks }: AdversarialParameters) => ({
  width: judgeWidth,
  ticks: judgeTicks,
});

/** The generator with a discriminator that is held fixed: its loss, and what it draws, as probabilities. */
async function generatorTrainer(context: Context): Promise<Trainer> {
  const { architectureParameters, io, parameters: p, key } = context;
  const grid = pictureOf(context);
  const graph = new Graph();
  const random = new Random(split(key, "initial parameters"));
  const { outputs } = functionOf(graph, context, architectureParameters, p.batch, () =>
    random.uniform(),
  );
  const shape = [p.batch, io.outputs];
  const answers = outputs.ticks ?? [outputs.logits];
  const judged = graph.input("judged", [answers.length, p.batch]);
  const logits = answers
    .map((answer, t) =>
      mul(reshape(answer, shape), reshape(slice(judged, [t], [t + 1]), [p.batch, 1])),
    )
    .reduce((a, b) => add(a, b));
  const drawn = sigmoid(logits).as(drawnName);
  const pictures = reshape(graph.inputs.get("observations")!, [p.batch, io.observationSize]);
  const own = new Random(split(key, "initial parameters of the discriminator"));
  const shown = shownWith(pictures, drawn, grid);
  const { judgements } = discriminator(graph, shown, sizeOf(p), () => own.uniform());
  const price = mul(mean(square(logits)), p.logitPrice);
  return compileTraining(add(generatorLoss(verdicts(judgements.at(-1)!)), price), {
    optimizer: adam({ learningRate: p.learningRate, beta1: p.momentum }),
    clipNorm: p.clipNorm,
    outputs: [drawn],
    trainable: (name) => !name.startsWith(`${discriminatorName}.`),
  });
}

/** The discriminator on true answers, `targets`, and on drawn ones. */
async function judgeTrainer(context: Context): Promise<Trainer> {
  const { io, parameters: p } = context;
  const grid = pictureOf(context);
  const graph = new Graph();
  const pictures = graph.input("observations", [p.batch, io.observationSize]);
  const judged = (name: string) => {
    const answers = graph.input(name, [p.batch, io.outputs]);
    const shown = shownWith(pictures, answers, grid);
    return {
      answers,
      said: verdicts(discriminator(graph, shown, sizeOf(p), () => 0).judgements.at(-1)!),
    };
  };
  const both = [judged("targets"), judged(drawnName)] as const;
  const penalties = both.map(({ answers, said }) => gradientPenalty(said, answers));
  const penalty = mul(add(penalties[0]!, penalties[1]!), p.gradientPenalty);
  const loss = discriminatorLoss(both[0].said, both[1].said);
  return compileTraining(p.gradientPenalty > 0 ? add(loss, penalty) : loss, {
    optimizer: adam({ learningRate: p.judgeRate, beta1: p.momentum }),
    clipNorm: p.clipNorm,
  });
}

/** One-hot over ticks `[ticks, batch]`: after which tick each answer is judged. */
function judgedTicks(random: Random, ticks: number, { batch, tickLoss }: AdversarialParameters) {
  const judged = new Float32Array(ticks * batch);
  for (let i = 0; i < batch; i++) {
    const tick = random.uniform() < tickLoss ? random.integer(ticks) : ticks - 1;
    judged[tick * batch + i] = 1;
  }
  return judged;
}

const count = (all: Named) => Object.values(all).reduce((sum, { data }) => sum + data.length, 0);

const dataOf = (all: Named) =>
  Object.fromEntries(Object.entries(all).map(([name, { data }]) => [name, data]));

async function create(context: Context): Promise<SupervisedLearner> {
  const { architecture, architectureParameters, io, parameters: p, key } = context;
  const generator = await generatorTrainer(context);
  const judge = await judgeTrainer(context);
  const first = generator.parameters();
  judge.loadParameters(
    dataOf(Object.fromEntries(Object.keys(judge.parameters()).map((name) => [name, first[name]!]))),
  );
  const { learned, dispose } = trainedPredictor(context, p.batch, generator);
  // The discriminator judges true answers and drawn ones, and drawn ones again for the generator.
  const judging = 3 * count(judge.parameters()) * io.grid!.height * io.grid!.width * p.judgeTicks;
  const flops = 6 * (learned.size * usesOf(context) + judging) * p.batch;
  const ticks = architecture.ticks?.(architectureParameters) ?? 1;
  return {
    kind: "supervised",
    get updates() {
      return generator.updates;
    },
    async update({ inputs, targets }) {
      const random = new Random(split(key, "judged", generator.updates));
      const judged = judgedTicks(random, ticks, p);
      const made = await generator.update({ observations: inputs, judged });
      const said = await judge.update({
        ...{ observations: inputs, targets },
        [drawnName]: made[drawnName]!,
      });
      generator.loadParameters(dataOf(judge.parameters()));
      const metrics = { loss: made.loss, judgeLoss: said.loss, gradientNorm: made.gradientNorm! };
      return { metrics, flops };
    },
    learned: () => learned,
    // The generator's state holds the discriminator's parameters too.
    snapshot: () =>
      ({ ...judge.state(), ...generator.state() }) as ReturnType<SupervisedLearner["snapshot"]>,
    restore(snapshot) {
      const state = snapshot as Parameters<typeof generator.loadState>[0];
      generator.loadState(state);
      judge.loadState(state);
    },
    async dispose() {
      await dispose();
      await generator.dispose();
      await judge.dispose();
    },
  };
}

export const adversarial: OptimizerAlgorithm<Network, AdversarialParameters> = {
  id: "adversarial",
  title: "adversarial training",
  description:
    "A generator draws answers and is trained by a discriminator's judgement of them alone; the discriminator learns to tell them from true answers (Goodfellow et al. 2014; conditional as in Isola et al. 2017).",
  searches: "network",
  learns: "supervised",
  parameters,
  batch: ({ batch }) => batch,
  create,
};
