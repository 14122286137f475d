import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  bestResponse,
  type DeceptionModel,
  deceptiveFromDiscount,
  episodeOutcomes,
  planningOptimum,
  policyValue,
  printedExample,
} from "../index.ts";

const horizon = (max: number) => fc.integer({ min: 0, max });
const anyModel = fc
  .record({
    training: horizon(4),
    deployment: horizon(4),
    discount: fc.oneof(
      fc.constantFrom(0, 0.5, 1),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.double({ min: 0.5, max: 1, noNaN: true }),
    ),
  })
  .filter(({ training, deployment }) => training + deployment > 0);

/** The rules, played: which episodes end at B if the agent means to go to B in those marked. */
function play(means: readonly boolean[], { training, discount = 1 }: DeceptionModel): number {
  let modified = false;
  let value = 0;
  means.forEach((toB, i) => {
    const reachesB = toB && !modified;
    if (reachesB) value += discount ** i;
    if (reachesB && i < training) modified = true;
  });
  return value;
}

/** Every way to mean A or B in each of so many episodes. */
const everyPlan = (count: number): boolean[][] =>
  Array.from({ length: 2 ** count }, (_, code) =>
    Array.from({ length: count }, (_, i) => ((code >> i) & 1) === 1),
  );

/** Expectation over all plans, each drawn with its probability: randomization by brute force. */
const playRandomly = (probabilities: readonly number[], model: DeceptionModel): number =>
  everyPlan(probabilities.length).reduce((sum, plan) => {
    const chance = plan.reduce(
      (p, toB, i) => p * (toB ? probabilities[i]! : 1 - probabilities[i]!),
      1,
    );
    return sum + chance * play(plan, model);
  }, 0);

describe("the grid", () => {
  it("ends at A the short way, at A after a detour, or at B, which no route reaches unstrayed", () => {
    // Every sequence of six moves, with the rule of suboptimality as an exhaustive search has it.
    const step = { right: [1, 0], up: [0, 1], left: [-1, 0], down: [0, -1] } as const;
    const names = Object.keys(step) as (keyof typeof step)[];
    const shortest = new Map<string, number>();
    const walk = (x: number, y: number, onShortestPath: boolean, length: number): void => {
      if (x < 0 || x > 2 || y < 0 || y > 2) return;
      if (y === 2 && x !== 1) {
        const key = `${x === 0 ? "A" : "B"}${onShortestPath ? "" : " strayed"}`;
        shortest.set(key, Math.min(length, shortest.get(key) ?? 99));
        return;
      }
      if (length === 6) return;
      // The only shortest path from bottom left to top left goes straight up.
      for (const name of names)
        walk(x + step[name][0], y + step[name][1], onShortestPath && name === "up", length + 1);
    };
    walk(0, 0, true, 0);
    const found = episodeOutcomes().map(({ corner, strayed, route }) => [
      `${corner}${strayed ? " strayed" : ""}`,
      route.length,
    ]);
    expect(new Map(found as [string, number][])).toEqual(shortest);
    expect(found).toHaveLength(shortest.size);
  });

  it("takes the routes of figure 4.1", () => {
    const outcomes = episodeOutcomes();
    expect(outcomes.find(({ corner, strayed }) => corner === "A" && !strayed)!.route).toEqual([
      "up",
      "up",
    ]);
    expect(outcomes.find(({ corner }) => corner === "B")!.route).toEqual([
      "right",
      "right",
      "up",
      "up",
    ]);
  });
});

describe("episodes that are told apart", () => {
  it("the paper's example: A in training and B in deployment, three times B against one", () => {
    const solved = bestResponse({ training: 2, deployment: 3 });
    expect(solved).toEqual({ bestResponse: ["A", "A", "B", "B", "B"], unique: true, value: 3 });
  });

  it("no deterministic plan does better, and only as many as told do as well", () => {
    fc.assert(
      fc.property(anyModel, (model) => {
        const solved = bestResponse(model);
        const plans = everyPlan(model.training + model.deployment);
        const values = plans.map((plan) => play(plan, model));
        expect(solved.value).toBeCloseTo(Math.max(...values), 12);
        const own = solved.bestResponse.map((corner) => corner === "B");
        expect(play(own, model)).toBeCloseTo(solved.value, 12);
        // Where later episodes hardly count, or two plans nearly tie, rounding decides what is unique.
        const short = values.map((value) => solved.value - value);
        if (model.discount < 0.1 || short.some((gap) => gap > 1e-13 && gap < 1e-9)) return;
        const ends = (plan: readonly boolean[]) => {
          const first = plan.slice(0, model.training).indexOf(true);
          return plan.map((toB, i) => toB && (first < 0 || i <= first)).join();
        };
        const best = new Set(plans.filter((_, i) => short[i]! <= 1e-13).map(ends));
        expect(best.has(own.join())).toBe(true);
        expect(solved.unique).toBe(best.size === 1);
      }),
      { numRuns: 300 },
    );
  });

  it("randomization gains nothing", () => {
    fc.assert(
      fc.property(
        anyModel,
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 8, maxLength: 8 }),
        (model, drawn) => {
          const probabilities = drawn.slice(0, model.training + model.deployment);
          const value = policyValue(probabilities, model);
          expect(value).toBeCloseTo(playRandomly(probabilities, model), 12);
          expect(value).toBeLessThanOrEqual(bestResponse(model).value + 1e-12);
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe("the discount from which deception pays", () => {
  it.each([
    // g + ... + g^D = 1 for T = 1: the golden ratio's inverse at D = 2.
    [1, 2, (Math.sqrt(5) - 1) / 2],
    // g^2 (1 + g + g^2) = 1: (g + 1) (g^3 + g - 1) = 0, whose root is that of Cardano's formula.
    [2, 3, Math.cbrt(0.5 + Math.sqrt(31 / 108)) + Math.cbrt(0.5 - Math.sqrt(31 / 108))],
    // One episode of deployment is worth one of training only without discount.
    [3, 1, 1],
  ])("T = %i, D = %i", (training, deployment, discount) => {
    expect(deceptiveFromDiscount({ training, deployment })).toBeCloseTo(discount, 12);
  });

  it("parts agents that defect at once from agents that wait", () => {
    for (const training of [1, 2, 5])
      for (const deployment of [2, 3, 9]) {
        const root = deceptiveFromDiscount({ training, deployment })!;
        const waits = [...new Array(training).fill("A"), ...new Array(deployment).fill("B")];
        const above = bestResponse({ training, deployment, discount: root + 1e-6 });
        expect(above).toMatchObject({ bestResponse: waits, unique: true });
        const below = bestResponse({ training, deployment, discount: root - 1e-6 });
        expect(below.bestResponse).toEqual(waits.map((_, i) => (i === 0 ? "B" : "A")));
        expect(below.value).toBe(1);
        expect(bestResponse({ training, deployment, discount: root }).bestResponse).toEqual(waits);
      }
  });

  it("is none where there is nothing to feign or nothing to gain", () => {
    expect(deceptiveFromDiscount({ training: 0, deployment: 3 })).toBeUndefined();
    expect(deceptiveFromDiscount({ training: 3, deployment: 0 })).toBeUndefined();
  });
});

describe("episodes that are not told apart", () => {
  it("the paper's example: 5/9 under its rules, where 0.61 is printed", () => {
    const solved = planningOptimum(printedExample);
    expect(solved.defectProbability).toBeCloseTo(5 / 9, 12);
    // 1 - q^2 + 3 p q^2 at p = 5/9, q = 4/9
    expect(solved.value).toBeCloseTo(1 - 16 / 81 + (15 / 9) * (16 / 81), 12);
    const printed = playRandomly(new Array(5).fill(0.61), printedExample);
    expect(printed).toBeLessThan(solved.value - 0.005);
    expect(printed).toBeGreaterThan(1.126);
  });

  it("without discount it is (T + D) / (D (T + 1)), at most 1", () => {
    for (let training = 0; training <= 6; training++)
      for (let deployment = 1; deployment <= 6; deployment++)
        expect(planningOptimum({ training, deployment }).defectProbability).toBeCloseTo(
          Math.min(1, (training + deployment) / (deployment * (training + 1))),
          12,
        );
  });

  it("with one training episode V = 1 + (C - 1) q - C q^2, so that p = (C + 1) / 2C where C > 1", () => {
    for (const discount of [0.3, 0.6, 0.7, 0.9])
      for (const deployment of [1, 2, 5]) {
        const C = (discount * (1 - discount ** deployment)) / (1 - discount);
        const solved = planningOptimum({ training: 1, deployment, discount });
        expect(solved.defectProbability).toBeCloseTo(C > 1 ? (C + 1) / (2 * C) : 1, 10);
      }
  });

  it("no probability of a fine grid does better, by brute force over all plans", () => {
    fc.assert(
      fc.property(anyModel, (model) => {
        const solved = planningOptimum(model);
        const episodes = model.training + model.deployment;
        const value = (p: number) => playRandomly(new Array(episodes).fill(p), model);
        expect(solved.value).toBeCloseTo(value(solved.defectProbability), 12);
        for (let i = 0; i <= 100; i++)
          expect(value(i / 100)).toBeLessThanOrEqual(solved.value + 1e-12);
        // To gamble is never worse than to defect at once, and never better than to know the episode.
        expect(solved.value).toBeGreaterThanOrEqual(1 - 1e-12);
        expect(solved.value).toBeLessThanOrEqual(bestResponse(model).value + 1e-12);
      }),
      { numRuns: 150 },
    );
  });

  it("holds its ground at long horizons and at discounts next to 0 and 1", () => {
    for (const discount of [1e-9, 0.5, 0.999, 1 - 2 ** -52, 1])
      for (const [training, deployment] of [
        [1000, 1000],
        [3, 1000],
        [1000, 3],
      ] as const) {
        const model = { training, deployment, discount };
        const { defectProbability, value } = planningOptimum(model);
        expect(defectProbability).toBeGreaterThan(0);
        for (let i = 1; i <= 1000; i++)
          expect(
            policyValue(new Array(training + deployment).fill((i / 1000) ** 3), model),
          ).toBeLessThanOrEqual(value * (1 + 1e-9));
      }
  });
});

describe("what is no model", () => {
  it.each([
    [{ training: -1 }, /number of training episodes is a whole number from 0 to 10000, not -1/],
    [{ training: 1.5 }, /training episodes .* not 1\.5/],
    [{ deployment: -2 }, /number of deployment episodes .* not -2/],
    [{ deployment: Number.POSITIVE_INFINITY }, /not Infinity/],
    [{ discount: 1.1 }, /discount across episodes is a number from 0 to 1, not 1\.1/],
    [{ discount: -0.1 }, /not -0\.1/],
    [{ discount: Number.NaN }, /not NaN/],
    [{ training: 0, deployment: 0 }, /at least one episode/],
  ])("%o", (change, message) => {
    const model = { training: 2, deployment: 3, ...change };
    for (const solve of [bestResponse, planningOptimum]) {
      expect(() => solve(model)).toThrow(expect.objectContaining({ name: "InputError" }));
      expect(() => solve(model)).toThrow(message);
    }
  });
});
