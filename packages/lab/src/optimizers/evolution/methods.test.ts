import { describe, expect, it } from "vitest";
import { keyOf, Random, split } from "../../core/index.ts";
import { breed } from "./breeding.ts";
import { cmaEs } from "./cma-es.ts";
import { centredRanks, evolutionStrategy } from "./evolution-strategy.ts";
import { geneticAlgorithm } from "./genetic.ts";
import { type EvolutionMethod, ranking, type Vector } from "./method.ts";
import { normals } from "./normals.ts";
import { randomSearch } from "./random-search.ts";
import { stackVectors } from "./stacked-graph.ts";

const genetic = {
  deviation: 0.5,
  mutation: 0.05,
  rate: 1,
  tournament: 4,
  crossover: 0.5,
  elite: 1,
};
const methods: readonly (readonly [string, EvolutionMethod, number])[] = [
  ["random search", randomSearch({ population: 20, deviation: 1 }), 0.7],
  ["genetic algorithm", geneticAlgorithm({ population: 20, ...genetic }), 0.05],
  [
    "evolution strategy",
    evolutionStrategy({ population: 20, deviation: 0.1, learningRate: 0.05, weightDecay: 0 }),
    0.01,
  ],
  ["CMA-ES", cmaEs({ population: 20, deviation: 0.5, covariance: "full" }), 1e-6],
  ["separable CMA-ES", cmaEs({ population: 20, deviation: 0.5, covariance: "separable" }), 1e-6],
];

const value = (x: Vector) => Array.from(x, (v) => (v - 1) ** 2).reduce((a, b) => a + b);
const start = Float64Array.of(0, 2, 0);

function descend(method: EvolutionMethod, generations: number) {
  let state = method.initial(start);
  for (let i = 0; i < generations; i++) {
    const candidates = method.ask(state, split(keyOf(1), i));
    state = method.tell(
      state,
      candidates,
      candidates.map((x) => -value(x)),
    );
  }
  return state;
}

describe.each(methods)("%s", (_, method, enough) => {
  it("comes near the minimum of a parabola", () => {
    expect(value(start)).toBe(3);
    expect(value(method.answer(descend(method, 150)))).toBeLessThan(enough);
  });

  it("asks for the same candidates for the same state and key, and leaves the state as it was", () => {
    const state = descend(method, 3);
    const before = structuredClone(state);
    const asked = method.ask(state, keyOf(5));
    expect(asked).toHaveLength(method.population);
    expect(method.ask(state, keyOf(5))).toEqual(asked);
    expect(method.ask(state, keyOf(6))).not.toEqual(asked);
    method.tell(state, asked, asked.map(value));
    expect(state).toEqual(before);
  });

  it("takes what is no number for the worst", () => {
    const state = method.initial(start);
    const asked = method.ask(state, keyOf(5));
    const scores = asked.map((x, i) => (i % 2 ? Number.NaN : -value(x)));
    const answer = method.answer(method.tell(state, asked, scores));
    expect([...answer].every(Number.isFinite)).toBe(true);
  });
});

describe("ranks", () => {
  it("go from the best to the worst, ties in their order", () => {
    expect(ranking([1, 5, Number.NaN, 5, -2])).toEqual([1, 3, 0, 4, 2]);
  });

  it("are centred as in Salimans et al. 2017: evenly from 1/2 to -1/2", () => {
    expect([...centredRanks([10, -3, 7])]).toEqual([0.5, -0.5, 0]);
  });
});

describe("the evolution strategy", () => {
  it("mirrors each perturbation", () => {
    const method = evolutionStrategy({
      ...{ population: 6, deviation: 0.1, learningRate: 0.1, weightDecay: 0 },
    });
    const asked = method.ask(method.initial(start), keyOf(3));
    for (let k = 0; k < 6; k += 2)
      start.forEach((m, i) => {
        expect(asked[k]![i]! + asked[k + 1]![i]!).toBeCloseTo(2 * m, 6);
      });
  });

  it("lays its candidates one after another as a network takes them; others are copied", () => {
    const asked = [Float32Array.of(1, 2), Float32Array.of(3, 4)];
    const whole = Float32Array.of(1, 2, 3, 4);
    const parts = [whole.subarray(0, 2), whole.subarray(2)];
    expect([asked, parts, parts.toReversed()].map((each) => [...stackVectors(each)])).toEqual([
      [1, 2, 3, 4],
      [1, 2, 3, 4],
      [3, 4, 1, 2],
    ]);
    expect(stackVectors(parts).buffer).toBe(whole.buffer);
  });

  it("moves the mean as the sum over all candidates says, mirror images and others (equation 3)", () => {
    const options = { population: 8, deviation: 0.2, learningRate: 0.1, weightDecay: 0.3 };
    const method = evolutionStrategy(options);
    const state = method.initial(start);
    const asked = method.ask(state, keyOf(4));
    const scores = asked.map((x) => -value(x));
    const weights = centredRanks(scores);
    const gradient = Array.from(start, (m, i) => {
      const terms = asked.map((x, k) => (weights[k]! * (x[i]! - m)) / (8 * 0.2 ** 2));
      return terms.reduce((a, b) => a + b) - 0.3 * m;
    });
    const { first } = method.tell(state, asked, scores);
    // Adam's first moment after one step is a tenth of the gradient.
    gradient.forEach((slope, i) => {
      expect(first![i]).toBeCloseTo(slope / 10, 5);
    });
  });
});

describe("normal numbers", () => {
  const next = normals(keyOf(11));
  const drawn = Float64Array.from({ length: 1_000_000 }, next);
  const share = (holds: (x: number) => boolean) => drawn.filter(holds).length / drawn.length;

  // erfc(x / sqrt(2)); beyond 3.654 lies the part of the ziggurat that is drawn apart.
  it.each([
    [0.5, 0.6170750774519738],
    [1, 0.31731050786291415],
    [2, 0.04550026389635844],
    [3, 0.0026997960632601913],
    [3.6541528853610088, 0.0002580324876539013],
  ])("go beyond %f as often as they should, to both sides", (x, expected) => {
    const spread = 5 * Math.sqrt(expected / drawn.length);
    expect(Math.abs(share((v) => Math.abs(v) > x) - expected)).toBeLessThan(spread);
    expect(Math.abs(share((v) => v > x) - expected / 2)).toBeLessThan(spread);
  });

  it("have the moments 0, 1, 0 and 3, and depend on the key alone", () => {
    const moment = (k: number) => drawn.reduce((sum, v) => sum + v ** k, 0) / drawn.length;
    // Five standard errors: variances of the powers are 1, 2, 15 and 96.
    for (const [k, expected, variance] of [
      [1, 0, 1],
      [2, 1, 2],
      [3, 0, 15],
      [4, 3, 96],
    ] as const)
      expect(Math.abs(moment(k) - expected)).toBeLessThan(5 * Math.sqrt(variance / drawn.length));
    const again = normals(keyOf(11));
    expect(Array.from({ length: 1000 }, again)).toEqual([...drawn.subarray(0, 1000)]);
  });
});

describe("breeding genomes of another kind", () => {
  const operators = {
    mutate: (genome: Uint8Array, random: Random) =>
      genome.map((bit) => (random.uniform() < 1 / genome.length ? 1 - bit : bit)),
    cross: (one: Uint8Array, other: Uint8Array, random: Random) =>
      one.map((bit, i) => (random.uniform() < 0.5 ? bit : other[i]!)),
  };
  const ones = (genome: Uint8Array) => genome.reduce((a, b) => a + b, 0);

  it("sets every bit of a string that is scored by its ones", () => {
    const random = new Random(keyOf(2));
    let members: Uint8Array[] = Array.from({ length: 40 }, () => new Uint8Array(40));
    const options = { tournament: 3, crossover: 0.7, elite: 1 };
    let generations = 0;
    let best = 0;
    while (best < 40 && generations++ < 200) {
      const scores = members.map(ones);
      const next = Math.max(...scores);
      // The elite of one lives on, so that the best never gets worse.
      expect(next).toBeGreaterThanOrEqual(best);
      best = next;
      members = breed(members, scores, operators, options, random);
    }
    expect(best).toBe(40);
  });

  it("keeps the elite as it is", () => {
    const members = [0, 1, 2, 3].map((n) => Uint8Array.from({ length: 4 }, (_, i) => +(i < n)));
    const next = breed(
      members,
      members.map(ones),
      operators,
      { tournament: 1, crossover: 1, elite: 2 },
      new Random(keyOf(1)),
    );
    expect(next.slice(0, 2)).toEqual([members[3], members[2]]);
    expect(next).toHaveLength(4);
  });
});
