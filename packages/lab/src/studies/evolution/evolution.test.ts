import { describe, expect, it } from "vitest";
import { keyOf } from "../../core/index.ts";
import { firstPassage } from "../analyses/crossing.ts";
import { experiments } from "../index.ts";
import { hintonNowlan } from "./hinton-nowlan.ts";

const context = () => ({
  key: keyOf(1),
  signal: new AbortController().signal,
  report: () => {},
});

describe("Hinton and Nowlan's experiment", () => {
  const run = (trials: number, seed: number) => {
    const course = [];
    const options = { loci: 20, trials, population: 1000, generations: 50 };
    for (const generation of hintonNowlan(options, keyOf(seed))) {
      course.push(generation);
      if (course.length > 50) break;
    }
    return course;
  };

  it("begins with a half undecided and a quarter each correct and wrong, as published", () => {
    const [first] = run(1000, 1);
    expect(first!.undecided).toBeCloseTo(0.5, 1);
    expect(first!.correct).toBeCloseTo(0.25, 1);
    expect(first!.wrong).toBeCloseTo(0.25, 1);
  });

  it("ends with no wrong alleles and about 75% correct ones (Stojić 2017: the mean of 100 runs)", () => {
    const last = [1, 2, 3, 4].map((seed) => run(1000, seed).at(-1)!);
    for (const { wrong } of last) expect(wrong).toBeLessThan(0.01);
    const correct = last.reduce((sum, each) => sum + each.correct / 4, 0);
    expect(Math.abs(correct - 0.75)).toBeLessThan(0.08);
  }, 20_000);

  it("goes nowhere without learning: one organism in 2^20 or so is worth more than another", () => {
    const last = run(1, 1).at(-1)!;
    expect(last.fitness).toBeLessThan(1.1);
    expect(last.correct).toBeLessThan(0.4);
  });
});

describe("plants-animals", () => {
  const experiment = experiments.get("plants-animals");
  const parse = (given: object) => experiment.parameters.parse({ environments: 4, ...given });

  it("gives the same measurements for the same key", async () => {
    const parameters = parse({ capacity: 50, seasons: 40 });
    const once = await experiment.run(parameters, context());
    expect(await experiment.run(parameters, context())).toEqual(once);
    const { parts, series } = once!.measurements[0] as never as {
      parts: Record<string, { value: number }>;
      series: Record<string, readonly number[]>;
    };
    expect(parts["predictedCrossing"]!.value).toBeCloseTo(16.86, 2);
    expect(series["shareBySeason"]!.length).toBe(40);
  });

  it("keeps nothing when it is stopped", async () => {
    const stopped = { ...context(), signal: AbortSignal.abort() };
    expect(await experiment.run(parse({ seasons: 50_000 }), stopped)).toBeUndefined();
  });

  it("refuses a life too short to try all choices, and a nervous system that eats everything", () => {
    expect(experiment.parameters.safeParse({ environments: 4, steps: 5 }).success).toBe(false);
    expect(experiment.parameters.safeParse({ environments: 4, cost: 1.5 }).success).toBe(false);
  });
});

describe("the crossing", () => {
  it("lies on the straight line between two points, and at an end where there is none", () => {
    expect(
      firstPassage(
        [
          [0, 0],
          [1, 0.25],
          [2, 0.75],
        ],
        0.5,
      ),
    ).toBeCloseTo(1.5, 12);
    expect(
      firstPassage(
        [
          [2, 0.75],
          [0, 0],
          [1, 0.25],
        ],
        0.5,
      ),
    ).toBeCloseTo(1.5, 12);
    expect(
      firstPassage(
        [
          [1, 0.9],
          [2, 1],
        ],
        0.5,
      ),
    ).toBe(1);
    expect(
      firstPassage(
        [
          [1, 0],
          [2, 0.1],
        ],
        0.5,
      ),
    ).toBe(2);
  });
});
