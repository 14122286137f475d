import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { keyOf, Random } from "../../core/index.ts";
import { enumerateBandits, sampleBandit } from "./instance.ts";
import { banditParameters } from "./parameters.ts";
import { banditRules } from "./rules.ts";

const parameters = { arms: 3, steps: 4, keyBits: 11, best: 0.75, others: 0.25 };

describe("rules of the keyed bandit", () => {
  it("write the key as signs, the last action as a one-hot, and the last reward", () => {
    const rules = banditRules(parameters);
    const instance = { key: [0b101_1000_0001], arm: 2 };
    const out = new Float32Array(rules.observationSize);
    rules.observe(instance, rules.initial(instance), out, 0);
    const key = [1, -1, -1, -1, -1, -1, -1, 1, 1, -1, 1];
    expect([...out]).toEqual([...key, 0, 0, 0, 0]);
    const state = rules.transition(instance, rules.initial(instance), 2, 0.7499);
    rules.observe(instance, state, out, 0);
    expect([...out]).toEqual([...key, 0, 0, 1, 1]);
    rules.observe(instance, rules.conceal(state), out, 0);
    expect([...out]).toEqual([...key, 0, 0, 1, 0]);
  });

  it("write every bit of keys of any length", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 64 }), fc.nat(1e6), (keyBits, seed) => {
        const rules = banditRules({ ...parameters, keyBits });
        const instance = sampleBandit({ ...parameters, keyBits }, new Random(keyOf(seed)));
        const out = new Float32Array(rules.observationSize);
        rules.observe(instance, rules.initial(instance), out, 0);
        let words = 0n;
        instance.key.forEach((word, i) => {
          words |= BigInt(word >>> 0) << BigInt(32 * i);
        });
        const bits = words.toString(2).padStart(keyBits, "0");
        expect(bits.length).toBe(keyBits);
        expect([...out.subarray(0, keyBits)]).toEqual(
          [...bits].reverse().map((bit) => (bit === "1" ? 1 : -1)),
        );
      }),
    );
  });

  it("pay with probability p on the best arm and q on the others", () => {
    const rules = banditRules(parameters);
    const instance = { key: [0], arm: 1 };
    const pays = (action: number, noise: number) =>
      rules.reward(rules.transition(instance, rules.initial(instance), action, noise));
    expect([0.74, 0.75].map((noise) => pays(1, noise))).toEqual([1, 0]);
    expect([0.24, 0.25].map((noise) => pays(0, noise))).toEqual([1, 0]);
  });

  it("end after T steps", () => {
    const rules = banditRules(parameters);
    let state = rules.initial({ key: [0], arm: 1 });
    for (let step = 0; step < 4; step++) {
      expect(rules.terminated(state)).toBe(false);
      state = rules.transition({ key: [0], arm: 1 }, state, 0, 0.5);
    }
    expect(rules.terminated(state)).toBe(true);
  });
});

describe("instances of the keyed bandit", () => {
  it("set every bit half the time and every arm equally often, independently", () => {
    const random = new Random(keyOf(7));
    const n = 40_000;
    const ones = new Float64Array(40);
    const arms = new Float64Array(3);
    const both = new Float64Array(3);
    for (let i = 0; i < n; i++) {
      const { key, arm } = sampleBandit({ ...parameters, keyBits: 40 }, random);
      for (let bit = 0; bit < 40; bit++)
        ones[bit] = ones[bit]! + ((key[bit >> 5]! >>> (bit & 31)) & 1);
      arms[arm] = arms[arm]! + 1;
      both[arm] = both[arm]! + (key[0]! & 1);
    }
    const near = (count: number, p: number) =>
      expect(Math.abs(count / n - p)).toBeLessThan(5 * Math.sqrt((p * (1 - p)) / n));
    for (const count of ones) near(count, 1 / 2);
    for (const count of arms) near(count, 1 / 3);
    for (const count of both) near(count, 1 / 6);
  });

  it("are enumerated once each", () => {
    const keys = [...enumerateBandits({ ...parameters, keyBits: 5 }, keyOf(0))].map(
      (i) => i.key[0],
    );
    expect(keys.sort((a, b) => a! - b!)).toEqual(Array.from({ length: 32 }, (_, i) => i));
  });
});

describe("parameters of the keyed bandit", () => {
  it("refuse a best arm that pays less than the others", () => {
    expect(banditParameters.safeParse({ best: 0.2, others: 0.3 }).success).toBe(false);
  });
});
