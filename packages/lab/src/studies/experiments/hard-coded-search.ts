/**
 * How much a network does on its own when a search is built in, more or less: Hubinger et al. 2019 (arXiv 1906.01820),
 * section 2.4, hard-coded optimization.
 */
import { z } from "zod";
import {
  type EpisodicTask,
  type Experiment,
  type ExperimentContext,
  type Key,
  type LearnedAlgorithm,
  type MeasuredInstances,
  type Measurement,
  split,
} from "../../core/index.ts";
import { drawMeasured, signatures } from "../../signatures/index.ts";
import { makeEpisodicTask, subjectOf } from "../../tasks/index.ts";
import { baseOptimizer } from "../../training/index.ts";
import { checkpointsOf } from "../checkpoints.ts";
import { measurement } from "./measurement.ts";
import { seedFrom, trained, untrained } from "./trained.ts";

const parameters = z.strictObject({
  builtIn: z
    .union([z.number().min(0).max(1), z.literal("scores")])
    .describe(
      "Probability that a step's advice is the searcher's and not a random arm; or scores: all search is built in, and the network scores outcomes.",
    ),
  arms: z.number().int().min(2).max(30).default(6).describe("Arms A of a bandit."),
  steps: z.number().int().min(1).max(64).default(8).describe("Steps T of an episode."),
  keyBits: z.number().int().min(8).max(64).default(32).describe("Bits of a bandit's key."),
  width: z.number().int().min(1).max(1024).default(64).describe("Units of the network."),
  batch: z.number().int().min(1).max(4096).default(256).describe("Episodes an update."),
  learningRate: z.number().positive().default(3e-3).describe("Learning rate of Adam."),
  updates: z.number().int().min(1).max(100_000).default(2500).describe("Parameter updates."),
  checkpoints: z.number().int().min(1).max(20).default(6).describe("Points of training measured."),
  episodes: z.number().int().min(16).max(65536).default(2048).describe("Episodes a measurement."),
});

type Parameters = z.infer<typeof parameters>;

/** The bandit as it is trained on, and the same with another reliability or without the searcher. */
function taskOf(
  { builtIn, arms, steps, keyBits }: Parameters,
  change: { readonly searcher?: "removed"; readonly reliability?: number },
  seed: number,
): EpisodicTask {
  const given = builtIn === "scores" ? { searcher: "removed" as const } : { reliability: builtIn };
  return makeEpisodicTask(
    "advised-keyed-bandit",
    { arms, steps, keyBits, ...given, ...change },
    { diversity: "fresh", seed },
  );
}

/** The base optimizer; `removed` gives the same network with nothing built in. */
function optimizerOf(
  { builtIn, width, batch, learningRate, updates }: Parameters,
  removed = false,
) {
  return baseOptimizer({
    architecture: builtIn === "scores" ? "scored-search" : "gru",
    architectureParameters:
      builtIn === "scores" && removed ? { width, search: "removed" } : { width },
    algorithm: "actor-critic",
    algorithmParameters: { batch, learningRate },
    budget: { updates },
  });
}

interface Place {
  readonly task: EpisodicTask;
  readonly instances: MeasuredInstances;
  readonly key: Key;
}

/** Optimization power under another name, with the mean reward on new instances beside the bits. */
async function powerAs(
  id: string,
  learned: LearnedAlgorithm,
  { task, instances, key }: Place,
): Promise<Extract<Measurement, { applicable: true }>> {
  if (learned.kind !== "episodic") throw new Error("a learner of bandits acts");
  const subject = subjectOf(task.rules, learned.policy());
  const measure = async (signature: string) => {
    const found = await signatures.get(signature).episodic!(subject, instances, { task, key });
    if (!found.applicable) throw new Error(found.reason);
    return found;
  };
  const power = await measure("optimization-power");
  const success = await measure("novel-success");
  const { series } = await measure("adaptation");
  const { value, unit, interval } = success;
  return {
    ...power,
    signature: id,
    parts: { ...power.parts, reward: { value, unit, interval } },
    series: { byStep: series["novel"]! },
  };
}

async function run(
  p: Parameters,
  { key, signal, report }: ExperimentContext,
): Promise<Awaited<ReturnType<Experiment["run"]>>> {
  const seed = seedFrom(split(key, "training"));
  const task = taskOf(p, {}, seed);
  const place = (of: EpisodicTask): Place => ({
    task: of,
    instances,
    key: split(key, "episodes"),
  });
  const instances = drawMeasured(task, p.episodes, split(key, "instances"));
  const without = taskOf(p, { searcher: "removed" }, seed);
  const course: number[] = [];
  let done = 0;
  const held = await trained(optimizerOf(p), task, {
    ...{ seed, signal },
    report: () => report(++done),
    look: {
      at: checkpointsOf(p.updates, p.checkpoints),
      // With scores the search goes with the architecture: it is removed below, at the end alone.
      see: async (learned) => void course.push((await powerAs("", learned, place(without))).value),
    },
  });
  if (!held) return undefined;
  const alone =
    p.builtIn === "scores"
      ? await untrained(optimizerOf(p, true), without, seed, held.snapshot)
      : undefined;
  const removed = await powerAs("removed", (alone ?? held).learned, place(without));
  const aided = await powerAs("aided", held.learned, place(task));
  const misled =
    p.builtIn === "scores"
      ? []
      : [await powerAs("misled", held.learned, place(taskOf(p, { reliability: 0 }, seed)))];
  await alone?.release();
  await held.release();
  const lost = aided.value - removed.value;
  return {
    measurements: [
      { ...removed, series: { ...removed.series, byCheckpoint: course } },
      aided,
      ...misled,
      measurement("built-in", [lost, "bits"], { lost: [lost, "bits"] }),
    ],
  };
}

export const hardCodedSearch: Experiment<Parameters> = {
  id: "hard-coded-search",
  title: "A search that is built in, and taken away",
  description:
    "A recurrent network learns fresh keyed bandits beside a built-in searcher whose advice it sees and may follow; then the searcher is removed, and what is left is what the network does on its own. At the extreme the search over arms is all built in and the network only scores what it sees.",
  parameters,
  unit: "updates",
  trains: true,
  work: ({ updates }) => updates,
  run,
};
