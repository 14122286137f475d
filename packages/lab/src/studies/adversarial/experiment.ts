/**
 * Mesa-optimizers elsewhere than in reinforcement learning: a generator that completes mazes for a discriminator, and
 * what both hold inside. Hubinger et al. 2019 (arXiv 1906.01820), section 2.4.
 */
import { z } from "zod";
import {
  type BaseOptimizer,
  type Experiment,
  type ExperimentContext,
  type Key,
  type LearnedPredictor,
  type MeasuredInstances,
  type Measurement,
  type NamedArrays,
  type PredictiveSubject,
  Random,
  type SupervisedTask,
  split,
} from "../../core/index.ts";
import { drawMeasured, heldWay, runBattery, signatures } from "../../signatures/index.ts";
import { type Maze, makeTask, mazePath } from "../../tasks/index.ts";
import { baseOptimizer } from "../../training/index.ts";
import { measurement } from "../experiments/measurement.ts";
import { seedFrom, trained, untrained } from "../experiments/trained.ts";
import { oneOff, wayElsewhere } from "./answers.ts";
import { mazeCorridor } from "./corridors.ts";
import { judgeParameters, judgeSubject, toldApart } from "./judge.ts";

const parameters = z.strictObject({
  training: z
    .enum(["adversarial", "supervised", "none"])
    .describe(
      "What trains the generator: a discriminator's judgement alone, true answers, or nothing.",
    ),
  instances: z
    .enum(["mazes", "corridors"])
    .describe(
      "Mazes, or the same with nothing open but the way: what is seen need only be copied.",
    ),
  diversity: z
    .union([z.number().int().min(1), z.literal("fresh")])
    .describe("Distinct training instances N, or `fresh`."),
  cells: z.number().int().min(2).max(9).default(3).describe("Cells to a side of a maze."),
  width: z.number().int().min(1).max(1024).default(16).describe("Channels of both networks."),
  ticks: z.number().int().min(1).max(64).default(6).describe("Ticks of the generator."),
  judgeTicks: z.number().int().min(1).max(64).default(4).describe("Ticks of the discriminator."),
  batch: z.number().int().min(1).max(4096).default(32).describe("Mazes an update."),
  learningRate: z.number().positive().default(3e-3).describe("Generator: learning rate of Adam."),
  judgeRate: z.number().positive().default(1e-3).describe("Discriminator: learning rate of Adam."),
  gradientPenalty: z
    .number()
    .min(0)
    .default(0.1)
    .describe("Discriminator: weight of the penalty on its gradient at true and at drawn answers."),
  updates: z
    .number()
    .int()
    .min(1)
    .max(100_000)
    .default(2500)
    .describe("Updates; with supervision `supervisedUpdates`."),
  supervisedUpdates: z.number().int().min(1).max(100_000).default(1000).describe("Updates."),
  episodes: z.number().int().min(16).max(10_000).default(128).describe("Mazes a measurement."),
});

type Parameters = z.infer<typeof parameters>;

/** Signatures of the generator: those of the profile of mazes, and of the plan. */
const everywhere = [
  "novel-success",
  "ticks",
  "value-probe",
  "value-patch",
  "goal-patch",
  "plan-probe",
];
/** Where chance solves none, and larger instances are of the same kind. */
const inMazes = ["pursuit", "emulation", "size-extrapolation"];

const measuredIn = (instances: Parameters["instances"]) =>
  [...everywhere, ...(instances === "mazes" ? inMazes : [])].map((id) => signatures.get(id));

function optimizerOf(p: Parameters, training: "adversarial" | "supervised"): BaseOptimizer {
  const { width, ticks, batch, learningRate, judgeTicks, judgeRate, gradientPenalty } = p;
  const adversarial = { judgeWidth: width, judgeTicks, judgeRate, gradientPenalty };
  return baseOptimizer({
    architecture: "recurrent-conv",
    architectureParameters: { width, ticks },
    algorithm: training,
    algorithmParameters: {
      ...{ batch, learningRate, tickLoss: 0.5 },
      ...(training === "adversarial" ? adversarial : {}),
    },
    budget: { updates: training === "adversarial" ? p.updates : p.supervisedUpdates },
  });
}

function taskOf({ instances, cells, diversity }: Parameters, seed: number): SupervisedTask<Maze> {
  const family = instances === "mazes" ? mazePath : mazeCorridor;
  return makeTask(family, { rows: cells, cols: cells }, { diversity, seed });
}

const subjectOfLearned = (learned: unknown): PredictiveSubject =>
  (learned as LearnedPredictor).subject();

/** What thinking as long as in training brings over a single tick; longer thought than trained for may spoil it. */
function thinking(measurements: readonly Measurement[]): Measurement[] {
  const found = measurements.find(({ signature }) => signature === "ticks");
  if (!found?.applicable) return [];
  const value = found.value - found.parts["beyond"]!.value;
  return [measurement("thinking", [value, found.unit])];
}

/** What the discriminator tells apart, and holds, on new mazes. */
async function judgeMeasurements(
  p: Parameters,
  [snapshot, before]: readonly [NamedArrays, NamedArrays],
  task: SupervisedTask,
  instances: MeasuredInstances,
  key: Key,
): Promise<Measurement[]> {
  const mazes = instances.heldOut as readonly Maze[];
  const size = { width: p.width, ticks: p.judgeTicks };
  const shape = { rows: p.cells, cols: p.cells };
  const [judge, twin] = [snapshot, before].map((arrays) =>
    judgeSubject(shape, size, judgeParameters(arrays)),
  ) as [PredictiveSubject, PredictiveSubject];
  const drawn = (name: string, answer: (maze: Maze, random: Random) => Uint8Array) =>
    mazes.map((maze, i) => answer(maze, new Random(split(key, name, i))));
  const unit = "share of pairs told apart";
  const wrong = drawn("elsewhere", wayElsewhere);
  const elsewhere = await toldApart(judge, mazes, wrong);
  const off = await toldApart(judge, mazes, drawn("one off", oneOff));
  const unlearned = await toldApart(twin, mazes, wrong);
  const held = await heldWay(judge, instances, {
    ...{ task, key, twin },
    shown: (maze, i) => wayElsewhere(maze, new Random(split(key, "shown", i))),
  });
  return [
    measurement("judge", [elsewhere, unit], {
      elsewhere: [elsewhere, unit],
      oneOff: [off, unit],
      untrained: [unlearned, unit],
    }),
    held,
  ];
}

async function run(
  p: Parameters,
  { key, signal, report }: ExperimentContext,
): Promise<Awaited<ReturnType<Experiment["run"]>>> {
  const seed = seedFrom(split(key, "training"));
  const task = taskOf(p, seed);
  const supervised = p.training === "supervised";
  const optimizer = optimizerOf(p, supervised ? "supervised" : "adversarial");
  const before = await untrained(optimizer, task as never, seed);
  let held: typeof before | undefined;
  try {
    let done = 0;
    if (p.training !== "none") {
      const found = await trained(optimizer, task as never, {
        ...{ seed, signal },
        report: () => report(++done),
      });
      if (!found) return undefined;
      held = found;
    }
    if (signal.aborted) return undefined;
    const twin = subjectOfLearned(before.learned);
    const subject = held ? subjectOfLearned(held.learned) : twin;
    const instances = drawMeasured(task, p.episodes, split(key, "instances"));
    const battery = { task: task as SupervisedTask, key: split(key, "battery") };
    const ofGenerator = await runBattery(subject, instances, {
      ...battery,
      twin,
      signatures: measuredIn(p.instances),
    });
    const ofJudge = supervised
      ? []
      : await judgeMeasurements(
          p,
          [(held ?? before).snapshot, before.snapshot],
          task as SupervisedTask,
          instances,
          split(key, "judge"),
        );
    return { measurements: [...ofGenerator, ...thinking(ofGenerator), ...ofJudge] };
  } finally {
    await held?.release();
    await before.release();
  }
}

export const adversarialMaze: Experiment<Parameters> = {
  id: "adversarial-maze",
  title: "Mazes completed for a discriminator",
  description:
    "A generator draws the way through a maze and is trained by a discriminator's judgement alone; beside it the same network trained on true answers, and one that is not trained. Both networks are then measured on new mazes as subjects are, with the discriminator shown wrong answers; and all again where nothing is open but the way, so that none has to be found.",
  parameters,
  unit: "updates",
  trains: true,
  work: (p) =>
    p.training === "none" ? 1 : p.training === "adversarial" ? p.updates : p.supervisedUpdates,
  run,
};
