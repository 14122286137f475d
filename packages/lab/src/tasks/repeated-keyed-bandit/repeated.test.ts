import { describe, expect, it } from "vitest";
import { parseParameters } from "../../core/index.ts";
import { keyedBandit } from "../keyed-bandit/index.ts";
import { repeatedKeyedBandit as family } from "./index.ts";

const parametersOf = (given: object) => parseParameters(family, given);

describe("repeated keyed bandit", () => {
  it("is worth 5.5 in the first episode and 8 in the second to exhaustive trial that remembers", () => {
    // Six arms, eight steps: (8 + 7 + 6 + 5 + 4 + 3) / 6, then the known arm at every step.
    const { expected, solver, exact } = family.reference(parametersOf({}));
    expect(expected).toBeCloseTo(5.5 + 8, 12);
    expect([solver, exact]).toEqual(["trial", true]);
  });

  it("gives chance of each episode: binomial of T tries, by hand", () => {
    const parameters = parametersOf({ arms: 2, steps: 2, noise: 0.25, keyBits: 4 });
    // A random arm pays with probability (0.75 + 0.25) / 2 = 1/2.
    const { count, chance } = family.episodes!(parameters);
    expect(count).toBe(2);
    expect([...chance({ key: [0], arm: 0 }).probabilities]).toEqual([0.25, 0.5, 0.25]);
    expect(family.chance(parameters, { key: [0], arm: 0 }).values).toHaveLength(5);
  });

  it("says where an episode starts, and else shows what the plain bandit shows", () => {
    const parameters = parametersOf({ arms: 3, steps: 2, episodes: 3, keyBits: 5 });
    const rules = family.rules(parameters);
    const plain = keyedBandit.rules({ arms: 3, steps: 6, keyBits: 5, best: 1, others: 0 });
    const instance = family.sample(parameters, { bits: () => 21, integer: () => 1 } as never);
    let state = rules.initial(instance);
    const starts: number[] = [];
    for (let step = 0; step < rules.horizon; step++) {
      const seen = new Float32Array(rules.observationSize);
      const same = new Float32Array(plain.observationSize);
      rules.observe(instance, state, seen, 0);
      plain.observe(instance, state, same, 0);
      expect(seen.subarray(0, -1)).toEqual(same);
      starts.push(seen.at(-1)!);
      expect(rules.terminated(state)).toBe(false);
      state = rules.transition(instance, state, step % 3, 0.5);
    }
    expect(starts).toEqual([1, 0, 1, 0, 1, 0]);
    expect(rules.terminated(state)).toBe(true);
  });

  it("refuses noise at which no arm is the best", () => {
    expect(() => parametersOf({ noise: 0.6 })).toThrow("noise");
  });
});
