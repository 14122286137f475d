import { describe, expect, it } from "vitest";
import { architectures } from "../architectures/index.ts";
import {
  type BaseOptimizer,
  InputError,
  keyOf,
  type LearnedPredictor,
  type NamedArrays,
  type PredictiveSubject,
  type Spent,
  type SupervisedTask,
  type TrainingEvent,
} from "../core/index.ts";
import { drawExamples, makeSupervisedTask, predictorOf } from "../tasks/index.ts";
import { baseOptimizer } from "./index.ts";

/** One instance of each family, small enough to be learnt by heart in seconds. */
const tasks: Readonly<Record<string, Record<string, unknown>>> = {
  "in-context-regression": { dimension: 2, examples: 4, noise: 0.1 },
  "keyed-regression": { dimension: 2, examples: 4, noise: 0.1, keyBits: 8 },
  "balls-and-urns": { colours: 3, draws: 8 },
};

const pairs = architectures.all
  .filter((architecture) => architecture.kind === "network")
  .filter((architecture) => !architecture.sees && architecture.only !== "episodic")
  .flatMap(({ id }) => Object.keys(tasks).map((family) => ({ architecture: id, family })))
  .filter(({ architecture, family }) => architecture !== "mlp" || family !== "balls-and-urns");

const taskOf = (family: string): SupervisedTask =>
  makeSupervisedTask(family, tasks[family], { diversity: 1, seed: 2 });

const learner = (architecture: string, updates: number): BaseOptimizer =>
  baseOptimizer({
    architecture,
    architectureParameters: { width: 16 },
    algorithm: "supervised",
    algorithmParameters: {
      batch: 32,
      learningRate: 0.01,
      warmup: 5,
      decay: "cosine",
      weightDecay: 0.01,
    },
    budget: { updates },
  });

type Checkpoint = Extract<TrainingEvent, { type: "checkpoint" }>;

/** Trains, and looks at the last checkpoint while its functions are valid. */
async function train<T>(
  { architecture, family }: (typeof pairs)[number],
  updates: number,
  look: (event: Checkpoint, subject: PredictiveSubject) => T | Promise<T>,
  options: Parameters<BaseOptimizer["train"]>[2] = {},
): Promise<T> {
  let found: T | undefined;
  for await (const event of learner(architecture, updates).train(taskOf(family), 3, options))
    if (event.type === "checkpoint")
      found = await look(event, (event.learned as LearnedPredictor).subject());
  return found!;
}

const examplesOf = (task: SupervisedTask, count: number) => {
  const instances = task.training.draw(keyOf(7), count);
  return { instances, examples: drawExamples(task.rules, instances, keyOf(8)) };
};

const kept = ({ learned, spent, snapshot }: Checkpoint) => ({
  spent,
  parameters: structuredClone(learned.parameters()),
  snapshot: structuredClone(snapshot()),
});

/** Largest difference: what is read or patched is compiled anew, and sums may be taken in another order. */
const distance = (a: Float32Array, b: Float32Array) =>
  a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0);

const average = (values: ArrayLike<number>) =>
  Array.from(values).reduce((a, b) => a + b, 0) / values.length;

describe.each(pairs)("$architecture searched by gradient descent on $family", (pair) => {
  const task = taskOf(pair.family);

  it("learns one instance by heart: most of the way from chance to the oracle", async () => {
    const { instances, examples } = examplesOf(task, 300);
    const scoreOf = (outputs: Float32Array) => average(task.rules.score(outputs, examples));
    const of = (id: string) => scoreOf(predictorOf(task, id).predict(examples, instances));
    const { reached, spent } = await train(pair, 300, async (event, subject) => ({
      reached: scoreOf((await subject.predict(examples)).outputs),
      spent: event.spent,
    }));
    const chance = of(task.references.chance);
    expect((reached - chance) / (of("oracle") - chance)).toBeGreaterThan(0.8);
    expect(spent).toMatchObject({ updates: 300, samples: 300 * 32 * task.rules.horizon });
  }, 60_000);

  it("gives the same bits for the same seed, also when it stops and goes on", async () => {
    const whole = await train(pair, 30, kept);
    expect((await train(pair, 30, kept)).parameters).toEqual(whole.parameters);
    const control = new AbortController();
    let stopped: { snapshot: NamedArrays; spent: Spent } | undefined;
    const events = learner(pair.architecture, 30).train(task, 3, { signal: control.signal });
    for await (const event of events) {
      if (event.type === "update" && event.spent.updates === 13) control.abort();
      if (event.type === "checkpoint") stopped = kept(event);
    }
    expect(stopped!.spent.updates).toBe(13);
    const resumed = await train(pair, 30, kept, { resume: stopped! });
    expect(resumed.parameters).toEqual(whole.parameters);
    expect(resumed.spent).toEqual(whole.spent);
  }, 60_000);

  it("is read and patched at its hooks, example by example, whatever the number of examples", async () => {
    await train(pair, 2, async (event, subject) => {
      // More examples than a chunk of 32, and no multiple of it.
      const { examples } = examplesOf(task, 45);
      const plain = await subject.predict(examples);
      const { outputs, read } = await subject.predict(examples, { read: subject.hooks });
      expect(distance(outputs, plain.outputs)).toBeLessThan(1e-5);
      expect(Object.keys(read)).toEqual([...subject.hooks]);
      for (const { shape, data } of Object.values(read)) {
        expect(data).toHaveLength(45 * shape.reduce((a, b) => a * b, 1));
        expect(data.every(Number.isFinite)).toBe(true);
      }
      // An example's hook values do not depend on the examples beside it.
      const { examples: first } = examplesOf(task, 7);
      const few = await subject.predict(first, { read: subject.hooks });
      for (const hook of subject.hooks) {
        const own = read[hook]!.data.subarray(0, few.read[hook]!.data.length);
        expect(distance(own, few.read[hook]!.data)).toBeLessThan(1e-5);
      }
      // Patching a hook with what was read there changes nothing; with zeros, something.
      const [hook] = subject.hooks as [string];
      const { shape, data } = read[hook]!;
      const same = await subject.predict(examples, { patch: { [hook]: { shape, data } } });
      expect(distance(same.outputs, plain.outputs)).toBeLessThan(1e-5);
      const zeros = { shape, data: new Float32Array(data.length) };
      const other = await subject.predict(examples, { patch: { [hook]: zeros } });
      expect(distance(other.outputs, plain.outputs)).toBeGreaterThan(1e-4);
      await expect(subject.predict(examples, { read: ["hiden"] })).rejects.toThrow(
        "unknown hook point 'hiden'",
      );
      await expect(
        subject.predict(examples, { patch: { [hook]: { shape: [1], data } } }),
      ).rejects.toThrow(InputError);
      if (subject.ticks === undefined)
        await expect(subject.predict(examples, { ticks: 3 })).rejects.toThrow("no ticks");
      expect(event.learned.onnx()!.length).toBeGreaterThan(100);
    });
  }, 60_000);

  it("sees nothing of steps to come", async () => {
    await train(pair, 2, async (_, subject) => {
      const { examples } = examplesOf(task, 8);
      const { horizon, observationSize, outputs } = task.rules;
      const half = Math.ceil(horizon / 2);
      const changed = {
        ...examples,
        inputs: examples.inputs.map((value, at) =>
          at < half * 8 * observationSize ? value : value + 1,
        ),
      };
      const before = await subject.predict(examples);
      const after = await subject.predict(changed);
      const until = half * 8 * outputs;
      expect(after.outputs.subarray(0, until)).toEqual(before.outputs.subarray(0, until));
      expect(after.outputs.subarray(until)).not.toEqual(before.outputs.subarray(until));
    });
  });
});

describe("what does not fit is refused in one sentence", () => {
  it("a network that sees nothing of the task", async () => {
    const pair = { architecture: "mlp", family: "balls-and-urns" };
    await expect(train(pair, 1, () => 0)).rejects.toThrow(
      "the architecture sees nothing of this task: it is blind to draw",
    );
  });

  it("an algorithm for tasks of the other kind", () => {
    const optimizer = baseOptimizer({
      architecture: "gru",
      architectureParameters: {},
      algorithm: "actor-critic",
      algorithmParameters: {},
      budget: { updates: 1 },
    });
    expect(() => optimizer.train(taskOf("balls-and-urns"), 1)).toThrow(
      "algorithm 'actor-critic' learns episodic tasks, but 'balls-and-urns' is supervised",
    );
  });

  it("a width that heads do not divide", () => {
    expect(() =>
      baseOptimizer({
        architecture: "transformer",
        architectureParameters: { width: 10, heads: 4 },
        algorithm: "supervised",
        algorithmParameters: {},
        budget: { updates: 1 },
      }),
    ).toThrow("heads: the width must be a multiple of the number of heads");
  });
});

describe("plain descent", () => {
  const descent = (optimizer: object) =>
    baseOptimizer({
      ...{ architecture: "gru", architectureParameters: { width: 8 }, algorithm: "supervised" },
      algorithmParameters: { batch: 32, learningRate: 0.1, clipNorm: 0.5, ...optimizer },
      budget: { updates: 1 },
    });

  it("moves by the learning rate times the gradient's norm, clipped", async () => {
    const values: Record<string, Float32Array>[] = [];
    let norm = Number.NaN;
    const task = taskOf("keyed-regression");
    const kept = (parameters: NamedArrays) =>
      Object.fromEntries(
        Object.entries(parameters).map(([name, { data }]) => [
          name,
          Float32Array.from(data as Float32Array),
        ]),
      );
    const optimizer = descent({ optimizer: "sgd" });
    for await (const event of optimizer.train(task, 3, { signal: AbortSignal.abort() }))
      if (event.type === "checkpoint") values.push(kept(event.learned.parameters()));
    for await (const event of optimizer.train(task, 3)) {
      if (event.type === "checkpoint") values.push(kept(event.learned.parameters()));
      else norm = event.metrics["gradientNorm"]!;
    }
    const [before, after] = values as [Record<string, Float32Array>, Record<string, Float32Array>];
    const squares = Object.keys(before).flatMap((name) =>
      [...before[name]!].map((value, i) => (after[name]![i]! - value) ** 2),
    );
    const moved = Math.sqrt(squares.reduce((a, b) => a + b, 0));
    expect(norm).toBeGreaterThan(0);
    expect(moved / (0.1 * Math.min(norm, 0.5))).toBeCloseTo(1, 4);
  });

  it("is asked for by name, and leaves no trace where it is not", () => {
    expect(descent({}).description.algorithmParameters).not.toHaveProperty("optimizer");
    expect(() => descent({ optimizer: "sdg" })).toThrow(InputError);
  });
});
