/**
 * One general learner against many narrow ones, each trained on a part of the instances: Hubinger et al. 2019 (arXiv
 * 1906.01820), section 2.1, restriction of the task.
 */
import { z } from "zod";
import {
  type Experiment,
  type ExperimentContext,
  type InstanceSource,
  type Key,
  type LearnedAlgorithm,
  type MeasuredInstances,
  type Measurement,
  Random,
  split,
  type Task,
} from "../../core/index.ts";
import { drawMeasured, signatures } from "../../signatures/index.ts";
import { mean } from "../../stats/index.ts";
import { makeTask, subjectOf } from "../../tasks/index.ts";
import { baseOptimizer } from "../../training/index.ts";
import { measurement } from "./measurement.ts";
import { actingSystem, predictingSystem } from "./system.ts";
import { seedFrom, type Trained, trained } from "./trained.ts";

const settings = (updates: number, learningRate: number) =>
  z
    .strictObject({
      task: z.record(z.string(), z.unknown()).default({}).describe("Parameters of the family."),
      width: z.number().int().min(1).max(1024).default(64).describe("Units of a network."),
      matchedWidth: z
        .number()
        .int()
        .min(1)
        .max(1024)
        .default(8)
        .describe(
          "Units with which the narrow networks have as many parameters as the general one.",
        ),
      batch: z.number().int().min(1).max(4096).default(128).describe("Episodes an update."),
      learningRate: z.number().positive().default(learningRate).describe("Learning rate of Adam."),
      updates: z.number().int().min(1).default(updates).describe("Updates of the system in all."),
    })
    .prefault({});

const parameters = z
  .strictObject({
    family: z.enum(["keyed-bandit", "in-context-regression"]).describe("What is learned."),
    system: z
      .enum(["general", "narrow", "matched"])
      .describe(
        "One learner of all instances; one for each group; or those with as many parameters in all as the general one.",
      ),
    instances: z.number().int().min(2).max(65536).default(1024).describe("N: training instances."),
    groups: z.number().int().min(2).max(256).default(16).describe("Groups of equal size."),
    episodes: z.number().int().min(16).max(65536).default(2048).describe("Episodes a measurement."),
    bandit: settings(4000, 3e-3).describe("Task and learner of the keyed bandit."),
    regression: settings(8000, 1e-2).describe("Task and learner of in-context regression."),
  })
  .refine(({ instances, groups }) => instances % groups === 0, {
    path: ["groups"],
    error: "the instances must fall into groups of equal size",
  });

type Parameters = z.infer<typeof parameters>;

const settingsOf = (p: Parameters) => (p.family === "keyed-bandit" ? p.bandit : p.regression);
const membersOf = ({ system, groups }: Parameters) => (system === "general" ? 1 : groups);

function optimizerOf(p: Parameters) {
  const { width, matchedWidth, batch, learningRate, updates } = settingsOf(p);
  const own = Math.max(1, Math.round(updates / membersOf(p)));
  return baseOptimizer({
    architecture: "gru",
    architectureParameters: { width: p.system === "matched" ? matchedWidth : width },
    ...(p.family === "keyed-bandit"
      ? { algorithm: "actor-critic", algorithmParameters: { batch, learningRate } }
      : {
          algorithm: "supervised",
          algorithmParameters: {
            batch,
            learningRate,
            warmup: Math.ceil(own / 20),
            decay: "cosine",
          },
        }),
    budget: { updates: own },
  });
}

/** The task with training instances `turn`, `turn + turns` and so on alone. */
function narrowed(task: Task, turn: number, turns: number): Task {
  const all = task.training.all!.filter((_, i) => i % turns === turn);
  const training: InstanceSource = {
    diversity: all.length,
    all,
    draw(key, count) {
      const random = new Random(key);
      return Array.from({ length: count }, () => all[random.integer(all.length)]);
    },
  };
  return {
    ...Object.defineProperties({} as Task, Object.getOwnPropertyDescriptors(task)),
    training,
  };
}

/** Every training instance in turn, so that the one at position i belongs to group i modulo their number. */
function measuredInstances(task: Task, episodes: number, key: Key): MeasuredInstances {
  const all = task.training.all!;
  const training = Array.from({ length: episodes }, (_, i) => all[i % all.length]);
  return { ...drawMeasured(task, episodes, key), training };
}

interface Member {
  readonly task: Task;
  readonly held: Trained;
}

async function measureSystem(
  task: Task,
  members: readonly Member[],
  instances: MeasuredInstances,
  key: Key,
): Promise<Measurement[]> {
  const learned = members.map(({ held }) => held.learned);
  const ids = ["optimization-power", "novel-success"];
  if (task.kind === "episodic") {
    const { rules } = task;
    const acting = learned.map((one) => subjectOf(rules, onlyEpisodic(one).policy()));
    const system = actingSystem(acting);
    return each([...ids, "adaptation"], (signature) =>
      signature.episodic!(system, instances, { task, key }),
    );
  }
  const predicting = learned.map((one) => onlySupervised(one).subject());
  const system = predictingSystem(predicting);
  const found = await each(ids, (signature) =>
    signature.supervised!(system, instances, { task, key }),
  );
  // Each against the memorizer of its own instances.
  const turns = members.length;
  const own = (all: readonly unknown[], turn: number) => all.filter((_, i) => i % turns === turn);
  const places: number[] = [];
  for (const [turn, member] of members.entries()) {
    const { training, validation, heldOut } = instances;
    const mine = {
      training: own(training, turn),
      validation: own(validation, turn),
      heldOut: own(heldOut, turn),
    };
    const place = await signatures.get("predictor-distance").supervised!(predicting[turn]!, mine, {
      task: member.task as typeof task,
      key: split(key, "member", turn),
    });
    if (place.applicable && place.parts["relative"]) places.push(place.parts["relative"].value);
  }
  const unit = "0 at the generalizer, 1 at the memorizer";
  return [
    ...found,
    measurement("strategy", [mean(places), unit], { relative: [mean(places), unit] }),
  ];
}

async function each(
  ids: readonly string[],
  measure: (signature: ReturnType<typeof signatures.get>) => Promise<Measurement>,
): Promise<Measurement[]> {
  const found: Measurement[] = [];
  for (const id of ids) found.push(await measure(signatures.get(id)));
  return found;
}

function onlyEpisodic(learned: LearnedAlgorithm) {
  if (learned.kind !== "episodic") throw new Error("a learner of a task that is played must act");
  return learned;
}

function onlySupervised(learned: LearnedAlgorithm) {
  if (learned.kind !== "supervised") throw new Error("a learner of examples must predict");
  return learned;
}

export const restriction: Experiment<Parameters> = {
  id: "restriction",
  title: "One general learner or many narrow ones",
  description:
    "The same training instances are learned by one network, or by as many as there are groups, each seeing its own group alone; the updates are the same in all. On its training instances the system answers with the network that was trained on them, on a new one with any.",
  parameters,
  unit: "updates",
  trains: true,
  work: (p) => optimizerOf(p).description.budget.updates * membersOf(p),
  async run(p, { key, signal, report }: ExperimentContext) {
    const task = makeTask(p.family, settingsOf(p).task, {
      diversity: p.instances,
      seed: seedFrom(split(key, "instances")),
    });
    const optimizer = optimizerOf(p);
    const turns = membersOf(p);
    const members: Member[] = [];
    let done = 0;
    try {
      for (let turn = 0; turn < turns; turn++) {
        const own = narrowed(task, turn, turns);
        const held = await trained(optimizer, own, {
          seed: seedFrom(split(key, "member", turn)),
          signal,
          report: () => report(++done),
        });
        if (!held) return undefined;
        members.push({ task: own, held });
      }
      const instances = measuredInstances(task, p.episodes, split(key, "measured"));
      const found = await measureSystem(task, members, instances, split(key, "episodes"));
      const size = members.reduce((sum, { held }) => sum + held.learned.size, 0);
      return { measurements: [...found, measurement("system", [size, "parameters"])] };
    } finally {
      for (const { held } of members) await held.release();
    }
  },
};
