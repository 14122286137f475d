import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { crossingDiversity, expectedPlasticShare, tunedShare } from "./index.ts";

const model = { choices: 6, mutation: 0.01, base: 1, gain: 1 };

/** Selection and mutation one after another until nothing changes: the definition, without algebra. */
function iterated({ choices, mutation, base, gain }: typeof model, environments: number): number {
  let p = 1;
  for (let year = 0; year < 20_000; year++) {
    const good = p * (base + gain);
    p = good / (good + (1 - p) * base);
    for (let i = 0; i < environments; i++)
      p = p * (1 - mutation) + ((1 - p) * mutation) / (choices - 1);
  }
  return p;
}

const models = fc.record({
  choices: fc.integer({ min: 2, max: 20 }),
  mutation: fc.double({ min: 0.001, max: 0.2, noNaN: true }),
  base: fc.double({ min: 0.5, max: 2, noNaN: true }),
  gain: fc.double({ min: 0.2, max: 3, noNaN: true }),
});

describe("the model of fixed strategies", () => {
  it("has the balance that selection and mutation lead to, step by step", () => {
    fc.assert(
      fc.property(models, fc.integer({ min: 1, max: 60 }), (m, environments) => {
        expect(tunedShare(m, environments)).toBeCloseTo(iterated(m, environments), 6);
      }),
      { numRuns: 40 },
    );
  });

  it("loses the mutation rate where there is one environment and selection is strong (Haldane 1937)", () => {
    // The load of a locus is its mutation rate u, whatever the selection: 1 - p = u / (s / (1 + s)), to first order.
    const p = tunedShare({ choices: 1e6, mutation: 1e-4, base: 1, gain: 1 }, 1);
    expect((1 - p) / 2e-4).toBeCloseTo(1, 3);
  });

  it("crosses where a rare nervous system earns as much as it costs", () => {
    fc.assert(
      fc.property(models, fc.double({ min: 0.05, max: 0.9, noNaN: true }), (m, part) => {
        const system = { recovered: 0.85, cost: part * m.gain * 0.85 };
        const crossing = crossingDiversity(m, system);
        if (!Number.isFinite(crossing)) {
          expect(part).toBeGreaterThanOrEqual(1 - 1 / m.choices - 1e-9);
          return;
        }
        expect(m.gain * 0.85 * (1 - tunedShare(m, crossing))).toBeCloseTo(system.cost, 6);
      }),
    );
    expect(crossingDiversity(model, { recovered: 0.85, cost: 0 })).toBe(0);
    expect(crossingDiversity(model, { recovered: 0.85, cost: 0.8 })).toBe(Number.POSITIVE_INFINITY);
  });

  it("is crossed by the mixed population too: few plastic organisms below, most above", () => {
    const mixed = { ...model, recovered: 0.85, cost: 0.25, switching: 0.001 };
    const crossing = crossingDiversity(model, mixed);
    expect(expectedPlasticShare(mixed, Math.floor(crossing / 1.4), 4000)).toBeLessThan(0.2);
    expect(expectedPlasticShare(mixed, Math.ceil(crossing * 1.4), 4000)).toBeGreaterThan(0.8);
  });
});
