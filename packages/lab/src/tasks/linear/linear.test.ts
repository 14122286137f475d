import { describe, expect, it } from "vitest";
import { InputError, keyOf, Random, split } from "../../core/index.ts";
import {
  drawExamples,
  makeSupervisedTask,
  predictorOf,
  type RegressionInstance,
} from "../index.ts";
import { descentEstimator, descentRate, mixtureEstimator, ridgeEstimator } from "./index.ts";
import { dot } from "./layout.ts";

const dimension = 3;
const noise = 0.25;

function problem(count: number, seed = 1) {
  const random = new Random(keyOf(seed));
  const vector = () => Float64Array.from({ length: dimension }, () => random.normal());
  return Array.from({ length: count }, () => ({ x: vector(), y: random.normal() }));
}

/** Solves a small linear system by Gauss and Jordan's elimination with pivots. */
function solve(matrix: number[][], right: number[]): number[] {
  const rows = matrix.map((row, i) => [...row, right[i]!]);
  for (let c = 0; c < rows.length; c++) {
    const pivot = rows.slice(c).reduce((a, b) => (Math.abs(b[c]!) > Math.abs(a[c]!) ? b : a));
    rows.splice(rows.indexOf(pivot), 1);
    rows.splice(c, 0, pivot);
    for (const row of rows)
      if (row !== pivot) {
        const factor = row[c]! / pivot[c]!;
        row.forEach((_, j) => {
          row[j]! -= factor * pivot[j]!;
        });
      }
  }
  return rows.map((row, i) => row.at(-1)! / row[i]!);
}

describe("ridge regression", () => {
  it.each([0, 1, 2, 5, 20])("after %i examples is (X'X + noise I)^-1 X'y", (count) => {
    const examples = problem(count);
    const ridge = ridgeEstimator(dimension, noise);
    ridge.reset(0);
    for (const { x, y } of examples) ridge.see(x, y);
    const axes = Array.from({ length: dimension }, (_, d) => d);
    const gram = axes.map((a) =>
      axes.map((b) => examples.reduce((sum, { x }) => sum + x[a]! * x[b]!, a === b ? noise : 0)),
    );
    const moments = axes.map((a) => examples.reduce((sum, { x, y }) => sum + x[a]! * y, 0));
    const expected = solve(gram, moments);
    axes.forEach((d) => {
      expect(ridge.weights()[d]).toBeCloseTo(expected[d]!, 10);
    });
  });
});

describe("the mixture over known weights", () => {
  it("is the posterior mean, by Bayes's rule with normal densities", () => {
    const examples = problem(4);
    const known = problem(6, 2).map(({ x }) => x);
    const mixture = mixtureEstimator(
      Float64Array.from(known.flatMap((w) => [...w])),
      dimension,
      noise,
    );
    mixture.reset(0);
    for (const { x, y } of examples) mixture.see(x, y);
    const densities = known.map((w) =>
      examples.reduce(
        (p, { x, y }) =>
          (p * Math.exp(-((y - dot(w, x)) ** 2) / (2 * noise))) / Math.sqrt(2 * Math.PI * noise),
        1,
      ),
    );
    const total = densities.reduce((a, b) => a + b, 0);
    for (let d = 0; d < dimension; d++)
      expect(mixture.weights()[d]).toBeCloseTo(
        known.reduce((sum, w, i) => sum + (w[d]! * densities[i]!) / total, 0),
        10,
      );
  });

  it("is not undone by likelihoods that underflow", () => {
    const mixture = mixtureEstimator(Float64Array.of(1, 2), 1, 1e-6);
    mixture.reset(0);
    for (let i = 0; i < 100; i++) mixture.see(Float64Array.of(10), 30);
    expect(mixture.weights()[0]).toBe(2);
  });
});

describe("gradient descent", () => {
  it("takes one step to rate * X'y, and another by the residuals", () => {
    const examples = problem(5);
    const rate = 0.07;
    const first = Array.from({ length: dimension }, (_, d) =>
      examples.reduce((sum, { x, y }) => sum + rate * y * x[d]!, 0),
    );
    const second = first.map((w, d) =>
      examples.reduce((sum, { x, y }) => sum + rate * (y - dot(first, x)) * x[d]!, w),
    );
    for (const [steps, expected] of [
      [1, first],
      [2, second],
    ] as const) {
      const descent = descentEstimator(dimension, steps, rate);
      descent.reset(0);
      for (const { x, y } of examples) descent.see(x, y);
      expected.forEach((w, d) => {
        expect(descent.weights()[d]).toBeCloseTo(w, 12);
      });
    }
  });

  it("has for one step the rate that the closed form gives", () => {
    // For x and w standard normal and n examples, E (w x - rate X'y x)^2 = D (1 - 2 rate n + rate^2 (n (n + D + 1) + n noise))
    // (E (X'X)^2 = n (n + D + 1) I, the second moment of a Wishart matrix), least at 1 / (n + D + 1 + noise).
    const problem = { dimension: 4, examples: 8, noise };
    const exact = 1 / (7 + 4 + 1 + noise);
    expect(Math.abs(descentRate(problem, 1) / exact - 1)).toBeLessThan(0.1);
  });
});

describe("in-context regression", () => {
  it("scores as theory says: zero D + noise, oracle noise, ridge by the mean of its posterior variance", () => {
    const task = makeSupervisedTask(
      "in-context-regression",
      { dimension: 4, examples: 2, noise },
      { diversity: "fresh", seed: 1 },
    );
    const n = 40_000;
    const instances = task.heldOut.draw(keyOf(2), n);
    const batch = drawExamples(task.rules, instances, keyOf(3));
    const mse = (id: string) => {
      const scores = task.rules.score(predictorOf(task, id).predict(batch, instances), batch);
      return -scores.reduce((a, b) => a + b, 0) / n;
    };
    // Six standard errors: the squared error of a normal of variance v has standard deviation of order v sqrt(2 * 3).
    expect(Math.abs(mse("zero") - 4.25)).toBeLessThan(0.4);
    expect(Math.abs(mse("oracle") - noise)).toBeLessThan(0.01);
    // After one example the posterior variance loses E |x|^2 / (|x|^2 + noise) of the trace; |x|^2 is chi squared
    // with 4 degrees of freedom, and E s / (s + 1/4) = 1 - (1/4) E 1 / (s + 1/4) = 0.9031 by quadrature below.
    let share = 0;
    const width = 1e-3;
    for (let s = width / 2; s < 80; s += width)
      share += (s / (s + noise)) * (s / 4) * Math.exp(-s / 2) * width;
    const second = 4 - share + noise;
    expect(Math.abs(mse("ridge") - (4.25 + second) / 2)).toBeLessThan(0.3);
  });

  it("knows its training instances by content, and keeps new ones apart", () => {
    const task = makeSupervisedTask("in-context-regression", {}, { diversity: 16, seed: 1 });
    const all = task.training.all as RegressionInstance[];
    const names = new Set(all.map(({ weights }) => weights.join()));
    expect(names.size).toBe(16);
    for (const instance of task.heldOut.draw(split(keyOf(1), "new"), 200) as RegressionInstance[])
      expect(names.has(instance.weights.join())).toBe(false);
  });
});

describe("what makes no sense is refused in one sentence", () => {
  it.each([
    ["in-context-regression", { dimension: 0 }, "dimension: "],
    ["in-context-regression", { examples: 0 }, "examples: "],
    ["in-context-regression", { noise: -1 }, "noise: "],
    ["in-context-regression", { dimensions: 3 }, "did you mean 'dimension'?"],
    ["keyed-regression", { dimension: 0 }, "dimension: "],
    ["balls-and-urns", { colours: 1 }, "colours: "],
    ["balls-and-urns", { draws: 0 }, "draws: "],
  ])("%s %j", (family, parameters, message) => {
    const attempt = () => makeSupervisedTask(family, parameters, { diversity: 4, seed: 1 });
    expect(attempt).toThrow(InputError);
    expect(attempt).toThrow(message);
    expect(attempt).not.toThrow("\n");
  });

  it("an episodic family where targets are needed", () => {
    expect(() => makeSupervisedTask("keyed-bandit", {}, { diversity: 4, seed: 1 })).toThrow(
      "task family 'keyed-bandit' is episodic: it has no targets",
    );
  });
});
