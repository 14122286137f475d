import { describe, expect, it } from "vitest";
import { keyOf, parseParameters } from "../../core/index.ts";
import { keyedBandit, makeTask } from "../../tasks/index.ts";
import { actorCritic, openLearner } from "../phases/index.ts";
import { experiments } from "./index.ts";
import { leastBits } from "./prior-information.ts";
import { allot, gruSize, type ShareParameters, trainingShare } from "./training-share.ts";

const run = (id: string, given: object, signal = new AbortController().signal) => {
  const experiment = experiments.get(id);
  return experiment.run(parseParameters(experiment, given), {
    ...{ key: keyOf(1), signal, report: () => {} },
  });
};

const partsOf = (found: Awaited<ReturnType<typeof run>>, signature: string) => {
  const measured = found!.measurements.find((one) => one.signature === signature)!;
  if (!measured.applicable) throw new Error(measured.reason);
  return Object.fromEntries(
    Object.entries(measured.parts).map(([name, { value }]) => [name, value]),
  );
};

const small = { arms: 4, width: 8, batch: 16, episodes: 64 };
const cases: readonly (readonly [string, object])[] = [
  ["ex-post", { ...small, steps: 12, diversity: 2, updates: 3, further: 4, every: 2 }],
  ["human-modelling", { ...small, modelled: "shuffled", modelling: 3, updates: 4, every: 2 }],
  ["training-share", { ...small, diversity: 4, ratio: 1, way: "steps", deployed: 100 }],
  [
    "prior-information",
    {
      ...{ arms: 4, batch: 16, episodes: 64, widths: [4], updates: 40, matched: 3 },
      ...{ diversity: 2, features: "given" },
    },
  ],
];

describe.each(cases)("%s", (id, given) => {
  it("gives the same numbers for the same seed, and nothing when it is stopped", async () => {
    const first = await run(id, given);
    expect(await run(id, given)).toEqual(first);
    const long = { ...given, updates: 1e6, modelling: 1e6, deployed: 1e9 };
    const known = Object.keys(given);
    const only = Object.fromEntries(Object.entries(long).filter(([name]) => known.includes(name)));
    expect(await run(id, only, AbortSignal.abort())).toBeUndefined();
  }, 30_000);
});

describe("a surprise", () => {
  it("is overcome by exhaustive trial, and not by one who is certain that arms stay", async () => {
    const found = await run("ex-post", cases[0]![1]);
    // Trial has the arm after at most four of six steps, before and after. The Bayes-optimal policy for arms that
    // never move stays with the arm that paid: (0 - 1/4) / (1 - 1/4).
    for (const surprise of ["moved", "new-key"]) {
      expect(partsOf(found, surprise)["trial"]).toBeCloseTo(1, 12);
      expect(partsOf(found, surprise)["bayes"]).toBeCloseTo(-1 / 3, 12);
    }
  }, 30_000);
});

describe("computation in training and at run time", () => {
  const parameters = (given: object) =>
    parseParameters(trainingShare, { diversity: 4, ...given }) as ShareParameters;

  it("sum to the same, whatever the ratio and what gives way", () => {
    const whole = 2 * 80_000 * 16 * gruSize(23, 32, 6);
    for (const way of ["steps", "width"])
      for (const ratio of [1, 3, 7, 15]) {
        const { inTraining, atRunTime, steps, width, updates } = allot(parameters({ way, ratio }));
        const update = 8 * 64 * steps * gruSize(23, width, 6);
        expect(inTraining).toBe(updates * update);
        expect(Math.abs(inTraining + atRunTime - whole)).toBeLessThanOrEqual(update / 2);
        // A width is a whole number, and what it leaves over goes into training.
        expect(inTraining / atRunTime).toBeGreaterThan(0.99 * ratio);
        expect(inTraining / atRunTime).toBeLessThan(1.2 * ratio);
      }
  });

  it("leave 16 / (1 + ratio) pulls, and refuse to leave none", () => {
    const pulls = [1, 3, 7, 15].map((ratio) => allot(parameters({ way: "steps", ratio })).steps);
    expect(pulls).toEqual([8, 4, 2, 1]);
    expect(() => allot(parameters({ way: "steps", ratio: 31 }))).toThrow(
      "a ratio of 31 leaves less than one pull for run time",
    );
  });

  it("count the parameters that the network has", async () => {
    const task = makeTask(
      keyedBandit,
      { arms: 5, steps: 2, keyBits: 7 },
      { diversity: 1, seed: 1 },
    );
    const fields = { width: 9, batch: 2, learningRate: 0.1, entropyStart: 0, entropyEnd: 0 };
    const { learner } = await openLearner(actorCritic("gru", fields), task, {
      ...{ updates: 1, key: keyOf(1) },
    });
    expect(learner.learned().size).toBe(gruSize(7 + 5 + 1, 9, 5));
    await learner.dispose();
  });
});

describe("the bits of N answers", () => {
  it("are N log A where all must be right, none at chance, and a rate-distortion bound between", () => {
    const of = (matched: number) => leastBits({ arms: 4, steps: 8, diversity: 10, matched });
    expect(of(8)).toBeCloseTo(20, 12);
    expect(of(2)).toBe(0);
    expect(of(1)).toBe(0);
    // Half right of four: 2 - (1 + log2(3) / 2) bits each (Cover and Thomas 2006, problem 10.5).
    expect(of(4)).toBeCloseTo(10 * (1 - Math.log2(3) / 2), 12);
  });
});
