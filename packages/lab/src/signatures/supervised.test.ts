import { describe, expect, it } from "vitest";
import {
  type Diversity,
  type ExampleBatch,
  keyOf,
  type Measurement,
  type PredictiveSubject,
  Random,
  type SupervisedTask,
  split,
} from "../core/index.ts";
import { descentRate, makeSupervisedTask, predictorOf, predictorSubject } from "../tasks/index.ts";
import { linearAttentionDescent } from "./controls/index.ts";
import { drawMeasured, mazeSignatures, signatures } from "./index.ts";

const count = 2000;
const parameters = { dimension: 4, examples: 8, noise: 0.25 };

const taskOf = (family: string, diversity: Diversity = 8, given: object = {}): SupervisedTask =>
  makeSupervisedTask(family, given, { diversity, seed: 5 });

type Applicable = Extract<Measurement, { applicable: true }>;

async function measure(
  id: string,
  task: SupervisedTask,
  subject: PredictiveSubject,
): Promise<Applicable> {
  const key = keyOf(1);
  const instances = drawMeasured(task, count, split(key, "instances"));
  const found = await signatures.get(id).supervised!(subject, instances, { task, key });
  if (!found.applicable) throw new Error(found.reason);
  return found;
}

/** A subject that puts out a function of what the memorizer and the generalizer put out. */
function between(
  task: SupervisedTask,
  mix: (memory: number, general: number) => number,
): PredictiveSubject {
  const { memorizer, generalizer } = task.references;
  return subjectOf((examples) => {
    const m = predictorOf(task, memorizer!).predict(examples, task.training.all!);
    const g = predictorOf(task, generalizer!).predict(examples, []);
    return m.map((value, i) => mix(value, g[i]!));
  });
}

const subjectOf = (outputs: (examples: ExampleBatch) => Float32Array): PredictiveSubject => ({
  hooks: [],
  ticks: undefined,
  predict: async (examples) => ({ outputs: outputs(examples), read: {} }),
});

const families = ["in-context-regression", "keyed-regression", "balls-and-urns"];
// Signatures of mazes, of subjects with parameters and of those that halt have tests of their own.
const others = ["description-length", "size-extrapolation", "thinking-time"];
const ofMazes = new Set([...mazeSignatures.map(({ id }) => id), ...others]);
const ids = signatures.all
  .filter(({ id, supervised }) => supervised && !ofMazes.has(id))
  .map(({ id }) => id);

describe.each(ids)("signature %s", (id) => {
  it.each(["dmmse", "ridge", "zero"])(
    "measures %s with interval, n and baselines, and the same twice",
    async (name) => {
      const task = taskOf("in-context-regression");
      const found = await measure(id, task, predictorSubject(task, name));
      expect(found.interval.low).toBeLessThanOrEqual(found.value);
      expect(found.interval.high).toBeGreaterThanOrEqual(found.value);
      expect(found.n).toBeGreaterThan(100);
      expect(Object.keys(found.baselines).length).toBeGreaterThan(0);
      for (const { value } of Object.values(found.parts)) expect(Number.isFinite(value)).toBe(true);
      expect(await measure(id, task, predictorSubject(task, name))).toEqual(found);
    },
  );
});

describe.each(families)("predictor distance on %s", (family) => {
  const task = taskOf(family);
  const { memorizer, generalizer } = task.references;
  const logits = task.rules.loss === "cross-entropy";
  const half = (m: number, g: number) =>
    logits ? Math.log((Math.exp(m) + Math.exp(g)) / 2) : (m + g) / 2;

  it.each([
    ["the memorizer", 1, predictorSubject(task, memorizer!)],
    ["the generalizer", 0, predictorSubject(task, generalizer!)],
    ["half of each", 0.5, between(task, half)],
  ])(
    "%s has alpha %d and no residual, on new and on training instances",
    async (_, alpha, subject) => {
      const { parts } = await measure("predictor-distance", task, subject);
      expect(parts["alpha"]!.value).toBeCloseTo(alpha, 5);
      expect(parts["trainingAlpha"]!.value).toBeCloseTo(alpha, 5);
      expect(parts["residual"]!.value).toBeLessThan(1e-9);
      expect(parts["trainingResidual"]!.value).toBeLessThan(1e-9);
      expect(parts["relative"]!.value).toBeCloseTo(alpha, 3);
      // A table of keys says nothing of a new key, so there is nothing to weigh on new instances.
      const weigh = family === "keyed-regression" ? "trainingMemorizerWeight" : "memorizerWeight";
      expect(parts[weigh]!.value).toBeCloseTo(alpha, 4);
      expect("memorizerWeight" in parts).toBe(family !== "keyed-regression");
      const gap = parts["gap"]!.value;
      expect(parts["toGeneralizer"]!.value).toBeCloseTo(alpha ** 2 * gap, 6);
      expect(parts["toMemorizer"]!.value).toBeCloseTo((1 - alpha) ** 2 * gap, 6);
    },
  );

  it("leaves out the memorizer where every instance is new", async () => {
    const fresh = taskOf(family, "fresh");
    const { value, parts } = await measure(
      "predictor-distance",
      fresh,
      predictorSubject(fresh, generalizer!),
    );
    expect(value).toBe(0);
    expect(Object.keys(parts).sort()).toEqual([
      "toChance",
      "toGeneralizer",
      "trainingToChance",
      "trainingToGeneralizer",
    ]);
  });
});

describe("predictor distance", () => {
  it("is not clipped beyond the memorizer, and counts what lies off the line as residual", async () => {
    const task = taskOf("in-context-regression");
    const random = new Random(keyOf(3));
    const beyond = between(task, (m, g) => g + 1.5 * (m - g) + 0.4 * random.normal());
    const { parts } = await measure("predictor-distance", task, beyond);
    // Noise of variance 0.16 at 16,000 predictions moves alpha by its projection only.
    expect(parts["alpha"]!.value).toBeCloseTo(1.5, 1);
    expect(Math.abs(parts["residual"]!.value - 0.16)).toBeLessThan(0.01);
  });
});

describe("predictions that are too small", () => {
  it("lie off the line and project on it, which the weights tell apart", async () => {
    const task = taskOf("in-context-regression");
    const { parts } = await measure(
      "predictor-distance",
      task,
      between(task, (_, g) => 0.6 * g),
    );
    expect(parts["residual"]!.value).toBeGreaterThan(0.01);
    expect(parts["memorizerWeight"]!.value).toBeCloseTo(0, 6);
    expect(parts["generalizerWeight"]!.value).toBeCloseTo(0.6, 6);
  });
});

describe("alignment with gradient descent", () => {
  const task = taskOf("in-context-regression");

  it.each([1, 2, 4, 8])(
    "is a cosine of 1 for %i steps compiled to linear attention",
    async (steps) => {
      const subject = await linearAttentionDescent(task, {
        steps,
        rate: descentRate(parameters, steps),
      });
      const { value, parts } = await measure("gradient-descent-alignment", task, subject);
      expect(value).toBeGreaterThan(1 - 1e-6);
      expect(parts["bestSteps"]!.value).toBe(steps);
      // float32 outputs over a difference of 0.02.
      expect(parts["derivativeDistance"]!.value).toBeLessThan(2e-3);
      expect(parts["predictionDifference"]!.value).toBeLessThan(1e-4);
    },
  );

  it("holds at every query, not only at the last", async () => {
    const subject = await linearAttentionDescent(task, {
      steps: 2,
      rate: descentRate(parameters, 2),
    });
    let most = 0;
    const compared = subjectOf((examples) =>
      predictorOf(task, "gradient-descent-2").predict(examples, []),
    );
    await measure("novel-success", task, {
      ...compared,
      async predict(examples) {
        const found = await subject.predict(examples);
        const { outputs } = await compared.predict(examples);
        outputs.forEach((value, i) => {
          most = Math.max(most, Math.abs(value - found.outputs[i]!));
        });
        return found;
      },
    });
    expect(most).toBeLessThan(1e-4);
  });

  it("is less than 1 for another number of steps, and 0 for a subject that ignores the query", async () => {
    const one = await linearAttentionDescent(task, { steps: 1, rate: 0.05 });
    const { parts } = await measure("gradient-descent-alignment", task, one);
    expect(parts["cosine1"]!.value).toBeGreaterThan(1 - 1e-6);
    expect(parts["cosine8"]!.value).toBeLessThan(0.99);
    const zero = await measure("gradient-descent-alignment", task, predictorSubject(task, "zero"));
    expect(zero.value).toBe(0);
  });

  it.each(["keyed-regression", "balls-and-urns"])("does not apply to %s", async (family) => {
    const other = taskOf(family);
    await expect(
      measure("gradient-descent-alignment", other, predictorSubject(other, other.references.best)),
    ).rejects.toThrow("no gradient descent");
  });

  it("can be read inside: the residuals left after each step", async () => {
    const subject = await linearAttentionDescent(task, { steps: 2, rate: 0.05 });
    const { rules } = task;
    const examples = {
      steps: rules.horizon,
      batch: 1,
      inputs: new Float32Array(rules.horizon * 5),
      targets: new Float32Array(rules.horizon),
      weights: new Float32Array(rules.horizon).fill(1),
    };
    // x_1 = (1, 0, 0, 0), y_1 = 2; the rest zero: a step moves w_1 by 0.05 * 2, and leaves 2 - 0.1 = 1.9.
    examples.inputs[0] = 1;
    examples.inputs[5 + 4] = 2;
    const { read } = await subject.predict(examples, { read: ["tokens.1"] });
    const { shape, data } = read["tokens.1"]!;
    expect(shape).toEqual([8, 8, 5]);
    const lastPrompt = data.subarray(7 * 8 * 5);
    expect(lastPrompt[4]).toBeCloseTo(1.9, 6);
    await expect(subject.predict(examples, { read: ["token.1"] })).rejects.toThrow(
      "unknown hook point 'token.1'; did you mean",
    );
  });
});

describe("optimization power of predictions", () => {
  const power = (task: SupervisedTask, id: string, known?: readonly unknown[]) =>
    measure("optimization-power", task, predictorSubject(task, id, known ? { known } : {}));

  it.each(families)(
    "of the blind predictor on %s is zero, exactly, however it is split",
    async (family) => {
      const task = taskOf(family);
      const { parts } = await power(task, task.references.chance);
      for (const { value } of Object.values(parts)) expect(value).toBeCloseTo(0, 12);
    },
  );

  it("of the true weights is K/2 log2((D + noise) / noise)", async () => {
    const task = taskOf("in-context-regression", "fresh");
    const { heldOut } = drawMeasured(task, count, split(keyOf(1), "instances"));
    const { parts } = await power(task, "oracle", heldOut);
    const expected = 4 * Math.log2(4.25 / 0.25);
    const { low, high } = parts["runTime"]!.interval!;
    const slack = high - low;
    expect(expected).toBeGreaterThan(low - slack);
    expect(expected).toBeLessThan(high + slack);
  });

  it("of ridge regression is all found at run time, by both decompositions", async () => {
    const task = taskOf("in-context-regression", 4096);
    const { value, baselines, parts } = await power(task, "ridge");
    expect(value).toBeGreaterThan(3);
    expect(value).toBe(baselines["reference"]);
    // Without feedback every y shown is 0, and so is every guess.
    expect(parts["tunedAblation"]!.value).toBe(0);
    expect(parts["runTimeAblation"]!.value).toBe(parts["training"]!.value);
    const { low, high } = parts["tuned"]!.interval!;
    expect(low).toBeLessThan(0 + (high - low));
    expect(high).toBeGreaterThan(0 - (high - low));
    // What another instance shows misleads it: worse than blind.
    expect(parts["swapped"]!.value).toBeLessThan(0);
    expect(parts["tunedShuffled"]!.value).toBeLessThan(0);
  });

  it("of a table of keys is all tuned, and feedback from anywhere changes nothing", async () => {
    const task = taskOf("keyed-regression");
    const { parts } = await power(task, "table");
    expect(parts["runTime"]!.value).toBe(0);
    expect(parts["training"]!.value).toBeGreaterThan(8);
    for (const name of ["tuned", "tunedAblation", "tunedShuffled", "swapped"])
      expect(parts[name]!.value).toBe(parts["training"]!.value);
    expect(parts["runTimeAblation"]!.value).toBe(0);
  });

  it("of counting colours is the code length it saves, by closed form", async () => {
    const draws = 10;
    const task = taskOf("balls-and-urns", "fresh", { colours: 2, draws });
    const { parts } = await power(task, "generalizer");
    // Under a uniform prior every number n of one colour is equally likely, and so are its C(T, n) orders.
    let length = 0;
    let ways = 1;
    for (let n = 0; n <= draws; n++) {
      length += Math.log2((draws + 1) * ways) / (draws + 1);
      ways = (ways * (draws - n)) / (n + 1);
    }
    const { low, high } = parts["runTime"]!.interval!;
    const slack = high - low;
    expect(draws - length).toBeGreaterThan(low - slack);
    expect(draws - length).toBeLessThan(high + slack);
  });

  it("reports the score beside chance and the best predictor", async () => {
    const task = taskOf("in-context-regression", "fresh");
    const { value, baselines } = await measure(
      "novel-success",
      task,
      predictorSubject(task, "ridge"),
    );
    expect(value).toBe(baselines["reference"]);
    // Minus the variance of y, D + noise.
    expect(Math.abs(baselines["chance"]! + 4.25)).toBeLessThan(0.4);
  });
});
