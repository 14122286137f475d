import { describe, expect, it } from "vitest";
import { architectures } from "../architectures/index.ts";
import {
  InputError,
  keyOf,
  type LearnedPredictor,
  type NamedArrays,
  type PredictiveSubject,
  type Spent,
  type TrainingEvent,
} from "../core/index.ts";
import { drawExamples, makeSupervisedTask } from "../tasks/index.ts";
import { baseOptimizer } from "./index.ts";

const tiny = { rows: 2, cols: 2 };
const task = makeSupervisedTask("maze-path", tiny, { diversity: 2, seed: 1 });
const larger = makeSupervisedTask("maze-path", { rows: 3, cols: 4 }, { diversity: 1, seed: 1 });

const small: Readonly<Record<string, unknown>> = {
  "recurrent-conv": { width: 8, ticks: 4 },
  "unshared-conv": { width: 8, ticks: 4 },
  "hyper-conv": { width: 8, ticks: 4, code: "sparse", bits: 16 },
  conv: { width: 8, blocks: 3 },
  "value-iteration": { width: 8, ticks: 4 },
  "conv-lstm": { width: 8, ticks: 3 },
  "cell-transformer": { width: 16, layers: 2, heads: 2 },
  "ponder-conv": { width: 8, ticks: 4 },
};

const seeing = architectures.all.flatMap((architecture) =>
  architecture.kind === "network" && architecture.sees ? [architecture] : [],
);

type Checkpoint = Extract<TrainingEvent, { type: "checkpoint" }>;

const learner = (id: string, updates: number, parameters: object = {}) =>
  baseOptimizer({
    architecture: id,
    architectureParameters: small[id],
    algorithm: "supervised",
    algorithmParameters: { batch: 16, learningRate: 0.01, ...parameters },
    budget: { updates },
  });

async function train<T>(
  optimizer: ReturnType<typeof learner>,
  look: (event: Checkpoint, subject: PredictiveSubject) => T | Promise<T>,
  options: Parameters<typeof optimizer.train>[2] = {},
): Promise<T> {
  let found: T | undefined;
  for await (const event of optimizer.train(task, 3, options))
    if (event.type === "checkpoint")
      found = await look(event, (event.learned as LearnedPredictor).subject());
  return found!;
}

const examplesOf = (from: typeof task, count: number) =>
  drawExamples(from.rules, from.training.draw(keyOf(7), count), keyOf(8));

const scoreOf = async (subject: PredictiveSubject) => {
  const examples = examplesOf(task, 50);
  const { outputs } = await subject.predict(examples);
  return task.rules.score(outputs, examples).reduce((a, b) => a + b, 0) / 50;
};

const distance = (a: Float32Array, b: Float32Array) =>
  a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0);

const kept = ({ learned, spent, snapshot }: Checkpoint) => ({
  spent,
  parameters: structuredClone(learned.parameters()),
  snapshot: structuredClone(snapshot()),
});

/** Stops after 7 of 20 updates and goes on. */
async function resumed(make: () => ReturnType<typeof learner>) {
  const control = new AbortController();
  let stopped: { snapshot: NamedArrays; spent: Spent } | undefined;
  for await (const event of make().train(task, 3, { signal: control.signal })) {
    if (event.type === "update" && event.spent.updates === 7) control.abort();
    if (event.type === "checkpoint") stopped = kept(event);
  }
  return train(make(), kept, { resume: stopped! });
}

describe.each(seeing.map(({ id }) => id))("%s", (id) => {
  const architecture = seeing.find((one) => one.id === id)!;

  it("learns the ways through two mazes by heart", async () => {
    expect(await train(learner(id, 250), (_, subject) => scoreOf(subject))).toBe(1);
  }, 120_000);

  it("gives the same bits for the same seed, also when it stops and goes on", async () => {
    const make = () => learner(id, 20, { tickLoss: 0, progressive: 0.5 });
    const whole = await train(make(), kept);
    const again = await resumed(make);
    expect(again.parameters).toEqual(whole.parameters);
    expect(again.spent).toEqual(whole.spent);
  }, 120_000);

  it("is read at its hooks, and follows a patch of its first one", async () => {
    await train(learner(id, 2), async (event, subject) => {
      const examples = examplesOf(task, 21);
      const plain = await subject.predict(examples);
      const { outputs, read } = await subject.predict(examples, { read: subject.hooks });
      expect(distance(outputs, plain.outputs)).toBeLessThan(1e-4);
      for (const { shape, data } of Object.values(read)) {
        expect(data).toHaveLength(21 * shape.reduce((a, b) => a * b, 1));
        expect(data.every(Number.isFinite)).toBe(true);
      }
      const hook = subject.hooks.find((name) => name === "state.1") ?? subject.hooks[0]!;
      const { shape, data } = read[hook]!;
      const same = await subject.predict(examples, { patch: { [hook]: { shape, data } } });
      expect(distance(same.outputs, plain.outputs)).toBeLessThan(1e-4);
      const other = { shape, data: data.map((value, at) => value * (at % 2)) };
      const patched = await subject.predict(examples, { patch: { [hook]: other } });
      expect(distance(patched.outputs, plain.outputs)).toBeGreaterThan(1e-5);
      expect(event.learned.onnx()!.length).toBeGreaterThan(100);
    });
  }, 120_000);

  it("takes pictures of another size with the same parameters", async () => {
    await train(learner(id, 2), async (_, subject) => {
      expect(subject.anySize).toBe(true);
      const examples = examplesOf(larger, 19);
      const { outputs } = await subject.predict(examples);
      expect(outputs).toHaveLength(19 * 7 * 9);
      expect(outputs.every(Number.isFinite)).toBe(true);
      expect([...larger.rules.score(outputs, examples)].every((s) => s === 0 || s === 1)).toBe(
        true,
      );
    });
  }, 120_000);

  it("is the same function with its own parameters put in, and another with other ones", async () => {
    await train(learner(id, 2), async (_, subject) => {
      const { values, with: replaced } = subject.parameters!;
      const examples = examplesOf(task, 5);
      const { outputs } = await subject.predict(examples);
      const changed = (by: number) =>
        replaced(
          Object.fromEntries(
            Object.entries(values).map(([name, { data }]) => [name, data.map((v) => v * by)]),
          ),
        );
      const same = await (await changed(1)).predict(examples);
      expect(distance(same.outputs, outputs)).toBeLessThan(1e-5);
      const halved = await changed(0.5);
      expect(distance((await halved.predict(examples)).outputs, outputs)).toBeGreaterThan(1e-5);
      const [name, { data }] = Object.entries(values)[0]!;
      expect(halved.parameters!.values[name]!.data[0]).toBeCloseTo(data[0]! / 2, 6);
      // What was measured with other parameters leaves the trained ones alone.
      expect(distance((await subject.predict(examples)).outputs, outputs)).toBe(0);
    });
  }, 60_000);

  it.runIf(architecture.ticks)(
    "ticks as often as it is told",
    async () => {
      await train(learner(id, 2), async (_, subject) => {
        const examples = examplesOf(task, 5);
        const { outputs, ticks } = await subject.predict(examples);
        expect(ticks).toHaveLength(subject.ticks!);
        expect(ticks!.at(-1)).toEqual(outputs);
        const { ticks: more } = await subject.predict(examples, { ticks: subject.ticks! + 3 });
        expect(more).toHaveLength(subject.ticks! + 3);
        // What more ticks answer on the way is what fewer ticks answer at their end.
        expect(distance(more![subject.ticks! - 1]!, outputs)).toBeLessThan(1e-4);
        expect(distance(more!.at(-1)!, outputs)).toBeGreaterThan(0);
      });
    },
    60_000,
  );

  it("refuses tasks that show no picture", () => {
    const bandit = makeSupervisedTask("balls-and-urns", {}, { diversity: 1, seed: 1 });
    expect(() => learner(id, 1).train(bandit, 1)).toThrow(
      `architecture '${id}' sees pictures, but the observations of 'balls-and-urns' are none`,
    );
  });
});

describe("pictures of another size", () => {
  it("are refused by what was made for one size, and with other planes", async () => {
    const optimizer = baseOptimizer({
      architecture: "mlp",
      architectureParameters: { width: 8 },
      algorithm: "supervised",
      algorithmParameters: { batch: 4 },
      budget: { updates: 1 },
    });
    await train(optimizer, async (_, subject) => {
      expect(subject.anySize).toBe(false);
      await expect(subject.predict(examplesOf(larger, 3))).rejects.toThrow(
        "this subject takes no pictures of another size than in training",
      );
    });
    const weighted = makeSupervisedTask(
      "maze-path",
      { rows: 3, cols: 3, generator: "percolation", costs: 9 },
      { diversity: 1, seed: 1 },
    );
    await train(learner("conv", 1), async (_, subject) => {
      await expect(subject.predict(examplesOf(weighted, 3))).rejects.toThrow(
        "this subject takes pictures of 3 planes, not of 4",
      );
    });
  });
});

describe("the prices of a supervised loss", () => {
  it("make a learner that halts think less", async () => {
    const thought = (tickPrice: number) =>
      train(learner("ponder-conv", 200, { tickPrice, haltingRate: 0.2 }), async (_, subject) => {
        const { read } = await subject.predict(examplesOf(task, 20), { read: ["thought"] });
        return read["thought"]!.data.reduce((a, b) => a + b, 0) / 20;
      });
    expect(await thought(1)).toBe(1);
    expect(await thought(0)).toBeGreaterThan(1);
  }, 120_000);

  it.each([
    ["l1", { l1: 1e-3 }],
    ["weight decay", { weightDecay: 3 }],
    ["description length", { natPrice: 1e-3 }],
  ])(
    "shrink its matrices: %s",
    async (_, price) => {
      const magnitude = (parameters: object) =>
        train(learner("recurrent-conv", 150, parameters), ({ learned }) =>
          Object.values(learned.parameters())
            .flatMap(({ data }) => [...(data as Float32Array)])
            .reduce((sum, value) => sum + Math.abs(value), 0),
        );
      expect(await magnitude(price)).toBeLessThan(0.9 * (await magnitude({})));
    },
    60_000,
  );

  it("are refused where they contradict", () => {
    expect(() => learner("recurrent-conv", 1, { tickLoss: 0.5, progressive: 0.5 })).toThrow(
      InputError,
    );
  });
});
