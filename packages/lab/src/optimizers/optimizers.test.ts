import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { keyOf, Random, type SupervisedLearner } from "../core/index.ts";
import { advantagesOf } from "./gradient/ppo.ts";
import { sampleActions } from "./sampling.ts";
import { lookup } from "./table/lookup.ts";
import { hashRows, ObservationTable } from "./table/observation-table.ts";

describe("observation table", () => {
  it("behaves as a map, through growth and a round trip", () => {
    const entry = fc.tuple(
      fc.integer(),
      fc.integer({ min: 1, max: 300 }),
      fc.integer({ min: -9, max: 9 }),
    );
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 400 }), (entries) => {
        const table = new ObservationTable(1, 4);
        const map = new Map<string, number>();
        for (const [high, low, value] of entries) {
          const at = table.insert(high % 5, low);
          table.rows[at] = value;
          map.set(`${high % 5},${low}`, value);
        }
        const back = ObservationTable.fromArrays(1, table.toArrays());
        for (const [name, value] of map) {
          const [high, low] = name.split(",").map(Number) as [number, number];
          expect(table.rows[table.find(high, low)]).toBe(value);
          expect(back.rows[back.find(high, low)]).toBe(value);
        }
        expect(table.count).toBe(map.size);
        expect(table.find(77, 1)).toBe(-1);
      }),
    );
  });

  it("hashes rows apart: no collision among 200,000 rows that differ in few bits", () => {
    const width = 4;
    const rows = 200_000;
    const words = new Int32Array(rows * width);
    for (let i = 0; i < rows; i++) words.set([i & 0xff, (i >> 8) & 0xff, i >> 16, 0], i * width);
    const hashes = hashRows(words, width);
    const seen = new Set<string>();
    for (let i = 0; i < rows; i++) {
      expect(hashes[2 * i] === 0 && hashes[2 * i + 1] === 0).toBe(false);
      seen.add(`${hashes[2 * i]},${hashes[2 * i + 1]}`);
    }
    expect(seen.size).toBe(rows);
  });
});

const experience = (rewards: readonly number[], mask: readonly number[]) => ({
  steps: rewards.length,
  batch: 1,
  observations: new Float32Array(rewards.length),
  actions: new Int32Array(rewards.length),
  rewards: Float32Array.from(rewards),
  mask: Float32Array.from(mask),
});

describe("advantages", () => {
  it("are weighted sums of temporal-difference errors, by hand", () => {
    const values = Float32Array.of(0.5, 1, 2);
    // Errors: 1 + 0.5 * 1 - 0.5 = 1, 0 + 0.5 * 2 - 1 = 0, 4 - 2 = 2; each later step counts 0.5 * 0.5 as much.
    const whole = advantagesOf(experience([1, 0, 4], [1, 1, 1]), values, 0.5, 0.5);
    expect([...whole]).toEqual([1 + 0.0625 * 2, 0.25 * 2, 2]);
    // An episode of two steps: 1 + 0.5 * 1 - 0.5 = 1 and 0 - 1 = -1.
    const short = advantagesOf(experience([1, 0, 0], [1, 1, 0]), values, 0.5, 0.5);
    expect([...short]).toEqual([1 - 0.25, -1, 0]);
  });

  it("are returns less values where nothing is discounted", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -5, max: 5 }), { minLength: 1 }), (rewards) => {
        const mask = rewards.map(() => 1);
        const values = Float32Array.from(rewards, (_, t) => t % 3);
        const advantages = advantagesOf(experience(rewards, mask), values, 1, 1);
        const toGo = rewards.map((_, t) => rewards.slice(t).reduce((a, b) => a + b, 0));
        expect([...advantages]).toEqual(toGo.map((sum, t) => sum - values[t]!));
      }),
    );
  });
});

describe("lookup", () => {
  const io = {
    observation: [{ name: "x", offset: 0, size: 1, role: "instance" as const }],
    observationSize: 1,
    horizon: 1,
    outputs: 1,
  };
  const make = () =>
    lookup.create({
      architecture: { id: "table", kind: "table", title: "", description: "", parameters: z.any() },
      architectureParameters: {},
      parameters: { batch: 3 },
      io,
      loss: "binary-cross-entropy",
      budget: { updates: 2 },
      key: keyOf(1),
    }) as Promise<SupervisedLearner>;
  const batch = (inputs: readonly number[], targets: readonly number[]) => ({
    steps: 1,
    batch: inputs.length,
    inputs: Float32Array.from(inputs),
    targets: Float32Array.from(targets),
    weights: new Float32Array(inputs.length).fill(1),
  });

  it("answers with the mean target of an input, and of all inputs where it is new; goes on from a snapshot", async () => {
    const learner = await make();
    await learner.update(batch([1, 1, 2], [1, 0, 1]));
    const other = await make();
    other.restore(structuredClone(learner.snapshot()));
    for (const one of [learner, other]) {
      await one.update(batch([1, 1, 2], [0, 0, 1]));
      const { outputs } = await one
        .learned()
        .subject()
        .predict(batch([1, 2, 9], [0, 0, 0]));
      const odds = [...outputs].map(Math.exp);
      expect(odds[0]).toBeCloseTo(1 / 3, 5);
      expect(odds[1]).toBeGreaterThan(1e5);
      expect(odds[2]).toBeCloseTo(1, 5);
      expect(one.updates).toBe(2);
      expect(one.learned().size).toBe(2);
    }
    expect(other.learned().parameters()).toEqual(learner.learned().parameters());
  });
});

describe("sampling from logits", () => {
  it("draws each action with its softmax probability", () => {
    const logits = Float32Array.of(0, Math.log(2), Math.log(5));
    const draws = 80_000;
    const counts = [0, 0, 0];
    const random = new Random(keyOf(4));
    const into = new Int32Array(1);
    for (let i = 0; i < draws; i++) {
      sampleActions(logits, 3, 1, random, into, 0);
      counts[into[0]!]!++;
    }
    const expected = [1 / 8, 2 / 8, 5 / 8];
    const chi2 = counts.reduce(
      (sum, c, a) => sum + (c - draws * expected[a]!) ** 2 / (draws * expected[a]!),
      0,
    );
    // 0.9999 quantile of chi squared with 2 degrees of freedom: -2 ln 0.0001 = 18.42.
    expect(chi2).toBeLessThan(18.42);
  });
});
