import { describe, expect, it } from "vitest";
import { keyOf, parseParameters } from "../../core/index.ts";
import { experiments } from "./index.ts";

const context = (signal = new AbortController().signal) => ({
  ...{ key: keyOf(1), signal, report: () => {} },
});

const metered = experiments.get("metered-selection");
const run = (given: object, signal?: AbortSignal) =>
  metered.run(parseParameters(metered, given), context(signal));

const parts = (found: Awaited<ReturnType<typeof run>>) => {
  const measured = found!.measurements[0]!;
  if (!measured.applicable) throw new Error(measured.reason);
  return Object.fromEntries(
    Object.entries(measured.parts).map(([name, { value }]) => [name, value]),
  );
};

describe("every experiment", () => {
  it.each(experiments.all.map(({ id }) => id))(
    "%s refuses parameters that it does not know",
    (id) => {
      expect(() => parseParameters(experiments.get(id), { nonsense: 1 })).toThrow(
        `parameters of ${id}: unknown parameter 'nonsense'`,
      );
    },
  );
});

describe("metered selection", () => {
  it("draws one genome with no bits: chance, by hand", async () => {
    // One locus of gene for x = 1 and one of entry: x is 1 with probability 1/2, the entry's bit with 1/2.
    const found = parts(
      await run({ method: "best-of", budget: 0, diversity: 1, ceiling: 1, cost: "linear:1" }),
    );
    expect(found["runTime"]).toBeCloseTo(0.5, 12);
    expect(found["score"]).toBeCloseTo(0.75, 12);
    expect(found["excess"]).toBeCloseTo(0, 12);
  });

  it("predicts sqrt(P) where a square cost is capped by the budget, and N / 2 where it is not", async () => {
    const cell = { method: "best-of", cost: "power:1,2", ceiling: 8 };
    // f'(x) = 2 x = N has x = N / 2; f(x) <= P caps it at sqrt(P).
    expect(parts(await run({ ...cell, budget: 16, diversity: 4 }))["predicted"]).toBeCloseTo(2, 6);
    expect(parts(await run({ ...cell, budget: 9, diversity: 64 }))["predicted"]).toBeCloseTo(3, 6);
  });

  it("never obtains more bits than were spent", async () => {
    for (const budget of [1, 5, 20])
      for (const diversity of [1, 3, 9])
        expect(
          parts(await run({ method: "best-of", budget, diversity }))["excess"],
        ).toBeLessThanOrEqual(1e-9);
  });

  it("gives the same numbers for the same seed, and nothing when it is stopped", async () => {
    const small = { budget: 12, diversity: 4, population: 64, kept: 32 };
    expect(await run(small)).toEqual(await run(small));
    const large = { budget: 200, diversity: 64, population: 4096, kept: 2048 };
    expect(await run(large, AbortSignal.abort())).toBeUndefined();
  });

  it("takes a formula for a cost, not a file", async () => {
    await expect(run({ budget: 1, diversity: 1, cost: "table:f.csv" })).rejects.toThrow(
      "a study's cost is a formula, not a table",
    );
  });
});

describe("the metered funnel", () => {
  const funnel = experiments.get("metered-funnel");
  const through = async (given: object, signal?: AbortSignal) =>
    funnel.run(parseParameters(funnel, given), context(signal));

  it("counts the bits of a genome and of what develops from it, by hand", async () => {
    const cell = { diversity: 4, ceiling: 8, cost: "linear:6", budget: 2, gene: 2 };
    // 8 loci an entry and 12 of gene, of 32 + 12.
    expect(parts(await through({ ...cell, entries: 1 }))).toMatchObject({
      genome: 20,
      share: 20 / 44,
    });
    expect(parts(await through({ ...cell, entries: 4 }))["share"]).toBe(1);
  });

  it("stops when it is told to, and gives the same numbers for the same seed", async () => {
    const cell = { entries: 2, budget: 40, population: 64, kept: 32 };
    expect(await through(cell)).toEqual(await through(cell));
    const large = { entries: 64, diversity: 64, budget: 200, population: 4096, kept: 2048 };
    expect(await through(large, AbortSignal.abort())).toBeUndefined();
  });
});
