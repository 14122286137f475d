import { describe, expect, it } from "vitest";
import { keyOf } from "../../core/index.ts";
import {
  drawExamples,
  emptyExamples,
  makeSupervisedTask,
  predictorOf,
  type UrnInstance,
} from "../index.ts";

const task = makeSupervisedTask(
  "balls-and-urns",
  { colours: 3, draws: 4 },
  { diversity: 2, seed: 1 },
);

/** The sequence of colours 2, 0, 0 and one more as an example. */
function sequence() {
  const batch = emptyExamples(task.rules, 1);
  [2, 0, 0].forEach((colour, t) => {
    batch.inputs[(t + 1) * 3 + colour] = 1;
  });
  return batch;
}

const probabilities = (id: string, known: readonly UrnInstance[] = []) =>
  [...predictorOf(task, id).predict(sequence(), known)].map(Math.exp);

describe("predictors of balls and urns", () => {
  it("counting gives (n + 1) / (N + m), by hand", () => {
    const expected = [1, 1, 1, 1, 1, 2, 2, 1, 2, 3, 1, 2];
    const totals = [3, 4, 5, 6];
    probabilities("generalizer").forEach((p, i) => {
      expect(p).toBeCloseTo(expected[i]! / totals[Math.floor(i / 3)]!, 6);
    });
  });

  it("memory gives the posterior mean over known urns, by Bayes's rule", () => {
    const urns = [
      [0.5, 0.3, 0.2],
      [0.1, 0.1, 0.8],
    ];
    const after = (colours: readonly number[]) => {
      const likelihoods = urns.map((urn) => colours.reduce((p, c) => p * urn[c]!, 1));
      const total = likelihoods.reduce((a, b) => a + b, 0);
      return [0, 1, 2].map((c) =>
        urns.reduce((sum, urn, i) => sum + (urn[c]! * likelihoods[i]!) / total, 0),
      );
    };
    const expected = [[], [2], [2, 0], [2, 0, 0]].flatMap(after);
    const known = urns.map((probabilities) => ({ probabilities }));
    probabilities("memorizer", known).forEach((p, i) => {
      expect(p).toBeCloseTo(expected[i]!, 6);
    });
  });
});

describe("draws", () => {
  it("follow the urn's probabilities, and the next input shows each", () => {
    const n = 20_000;
    const urn = { probabilities: [0.7, 0.2, 0.1].map(Math.fround) };
    const { inputs, targets } = drawExamples(
      task.rules,
      Array.from({ length: n }, () => urn),
      keyOf(5),
    );
    const counts = [0, 0, 0];
    for (let row = 0; row < 4 * n; row++)
      counts[targets.subarray(row * 3, row * 3 + 3).indexOf(1)]!++;
    urn.probabilities.forEach((p, c) => {
      const error = Math.sqrt((p * (1 - p)) / (4 * n));
      expect(Math.abs(counts[c]! / (4 * n) - p)).toBeLessThan(5 * error);
    });
    expect(inputs.subarray(0, 3 * n).every((value) => value === 0)).toBe(true);
    expect([...inputs.subarray(3 * n)]).toEqual([...targets.subarray(0, 9 * n)]);
  });
});
