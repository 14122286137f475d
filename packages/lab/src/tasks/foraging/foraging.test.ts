import { describe, expect, it } from "vitest";
import { keyOf, Random } from "../../core/index.ts";
import { keyedBandit } from "../keyed-bandit/index.ts";
import { reproduce } from "./births.ts";
import { type ForagingOptions, forage } from "./history.ts";
import { roomFor, settle } from "./organisms.ts";
import { liveSeason } from "./season.ts";
import { foragingWorld, recoveredShare } from "./world.ts";

const shape = { environments: 3, foods: 3, places: 2, steps: 20 };
const metabolism = { base: 1, gain: 2, cost: 0.5 };

describe("a season", () => {
  /** One organism's choices in a world where choice 4 nourishes in all three environments. */
  const world = { ...shape, good: Uint8Array.of(4, 4, 4) };
  const live = (inherited: number, plastic: number, copies = 1, seed = 1) => {
    const organisms = roomFor(copies, 3);
    organisms.count = copies;
    organisms.choices.fill(inherited);
    organisms.plastic.fill(plastic);
    const energies = new Float64Array(copies);
    const report = liveSeason(world, organisms, 1, metabolism, new Random(keyOf(seed)), energies);
    return { energies, report };
  };

  it("feeds the fixed by what they inherit, and nothing else", () => {
    expect(live(4, 0).energies[0]).toBeCloseTo(3, 12);
    expect(live(3, 0).energies[0]).toBeCloseTo(1, 12);
  });

  it("costs those that learn their nervous system, though they need not learn", () => {
    expect(live(4, 1).energies[0]).toBeCloseTo(2.5, 12);
  });

  it("lets those that learn find the good choice after 1 to 5 failures, all equally likely", () => {
    const { energies, report } = live(2, 1, 60_000);
    const counts = [0, 0, 0, 0, 0, 0];
    for (const energy of energies) counts[20 - Math.round((energy - 0.5) * 10)]!++;
    expect(counts[0]).toBe(0);
    // 12,000 expected of each, with a standard deviation of 98.
    for (const count of counts.slice(1)) expect(Math.abs(count - 12_000)).toBeLessThan(500);
    expect(report).toMatchObject({ innate: 0, learned: 1 });
    expect(report.fed).toBeCloseTo(recoveredShare(shape), 2);
  });

  it("is a noiseless keyed bandit to those that learn: a blind first guess is worth exhaustive trial", () => {
    const bandit = { arms: 6, steps: 20, keyBits: 8, best: 1, others: 0 };
    const { expected } = keyedBandit.reference(bandit);
    expect((1 + 5 * recoveredShare(shape)) / 6).toBeCloseTo(expected / 20, 12);
  });
});

describe("births", () => {
  it("are in proportion to energy, and genes come from both parents", () => {
    const parents = roomFor(1000, 3);
    settle(parents, Uint8Array.of(1, 1, 1));
    const energies = new Float64Array(1000).fill(1);
    for (let i = 0; i < 500; i++) {
      energies[i] = 3;
      parents.choices.set([2, 2, 2], 3 * i);
      parents.plastic[i] = 1;
    }
    const young = roomFor(1000, 3);
    const inheritance = { fertility: 1, mutation: 0, switching: 0 };
    let second = 0;
    let mixed = 0;
    let plastic = 0;
    for (let round = 0; round < 40; round++) {
      reproduce(parents, energies, 6, inheritance, new Random(keyOf(round)), young);
      expect(young.count).toBe(1000);
      for (let i = 0; i < young.count; i++) {
        const genes = young.choices.subarray(3 * i, 3 * i + 3);
        second += genes.filter((choice) => choice === 2).length;
        if (new Set(genes).size > 1) mixed++;
        plastic += young.plastic[i]!;
      }
    }
    // Three quarters of all energy is theirs; 40,000 young, 120,000 genes.
    expect(second / 120_000).toBeCloseTo(0.75, 2);
    expect(plastic / 40_000).toBeCloseTo(0.75, 2);
    // Parents of unlike kind (3/8), not all three genes from one of them (3/4).
    expect(mixed / 40_000).toBeCloseTo((3 / 8) * (3 / 4), 2);
  });

  it("do not fill the room where there is too little energy", () => {
    const parents = roomFor(1000, 1);
    settle(parents, Uint8Array.of(1));
    const young = roomFor(1000, 1);
    const few = { fertility: 0.5, mutation: 0, switching: 0 };
    reproduce(parents, new Float64Array(1000).fill(1), 6, few, new Random(keyOf(1)), young);
    // Poisson of mean 500.
    expect(Math.abs(young.count - 500)).toBeLessThan(100);
  });

  it("mutate each choice with the stated probability, to any other one", () => {
    const parents = roomFor(5000, 8);
    settle(parents, new Uint8Array(8));
    const young = roomFor(5000, 8);
    const energies = new Float64Array(5000).fill(4);
    const inheritance = { fertility: 1, mutation: 0.1, switching: 0.02 };
    reproduce(parents, energies, 6, inheritance, new Random(keyOf(1)), young);
    const counts = [0, 0, 0, 0, 0, 0];
    for (const choice of young.choices) counts[choice]!++;
    for (const count of counts.slice(1)) expect(count / 40_000).toBeCloseTo(0.02, 2);
    expect(young.plastic.reduce((a, b) => a + b, 0) / 5000).toBeCloseTo(0.02, 2);
  });
});

describe("a history", () => {
  const options: ForagingOptions = {
    ...{ ...shape, environments: 20, base: 1, gain: 1, cost: 0.25 },
    ...{ mutation: 0.01, switching: 0.001, capacity: 200, seasons: 60 },
  };

  it("is the same for the same key, and another for another", () => {
    const run = (seed: number) => [...forage(options, keyOf(seed))];
    expect(run(1)).toEqual(run(1));
    expect(run(1)).not.toEqual(run(2));
  });

  it("begins with fixed organisms that are right, in a world drawn by the key", () => {
    expect([...forage(options, keyOf(1))][0]).toMatchObject({ plastic: 0, innate: 1, fed: 1 });
    const { good } = foragingWorld({ ...options, environments: 600 }, keyOf(3));
    for (let choice = 0; choice < 6; choice++)
      expect(good.filter((each) => each === choice).length).toBeGreaterThan(60);
  });
});
