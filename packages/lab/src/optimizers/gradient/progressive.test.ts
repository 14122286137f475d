import {
  add,
  compileTraining,
  Graph,
  mean,
  mul,
  sgd,
  square,
  type Tensor,
  tanh,
} from "@mesascope/graph";
import { describe, expect, it } from "vitest";
import { keyOf, Random, split } from "../../core/index.ts";
import { progressive, unroll } from "./progressive.ts";

const ticks = 5;

describe("unrolls of the progressive loss", () => {
  it("are drawn as algorithm 1 of Bansal et al. says: n on 0..m-1, k on 1..m-n, else the whole", () => {
    const counts = new Map<string, number>();
    const random = new Random(keyOf(3));
    const draws = 60_000;
    for (let i = 0; i < draws; i++) {
      const { after, until } = unroll(random, 3, 0.6);
      counts.set(`${after} ${until}`, (counts.get(`${after} ${until}`) ?? 0) + 1);
    }
    // 0.6 / 3 for each n, shared evenly among its 3 - n values of k; the whole unroll has 0.4 more.
    const expected = {
      "0 1": 0.2 / 3,
      "0 2": 0.2 / 3,
      "0 3": 0.2 / 3 + 0.4,
      "1 2": 0.1,
      "1 3": 0.1,
      "2 3": 0.2,
    };
    expect([...counts.keys()].sort()).toEqual(Object.keys(expected).sort());
    const chi2 = Object.entries(expected).reduce(
      (sum, [name, p]) => sum + (counts.get(name)! - draws * p) ** 2 / (draws * p),
      0,
    );
    // 0.9999 quantile of chi squared with 5 degrees of freedom.
    expect(chi2).toBeLessThan(25.74);
  });

  it("give each example the gradient of k ticks from a state that is held fixed, by finite differences", async () => {
    const batch = 7;
    const w = 0.8;
    const xs = Float32Array.from({ length: batch }, (_, i) => 0.3 * i - 1);
    const graph = new Graph();
    const x = graph.input("x", [batch, 1]);
    const weight = graph.parameter("w", [1], Float32Array.of(w));
    const steps = progressive(graph, [ticks, 1, batch], 1);
    const states: Tensor[] = [mul(x, weight)];
    for (let t = 0; t < ticks; t++)
      states.push(tanh(add(mul(steps.between(states[t]!, t), weight), x)));
    const outputs = states.slice(1).map((state) => mul(state, graph.constant(1, [1, batch, 1])));
    const trainer = await compileTraining(mean(square(steps.read(outputs))), {
      optimizer: sgd({ learningRate: 1 }),
    });
    const key = split(keyOf(9), "feeds");
    const { loss } = await trainer.update({ x: xs, ...steps.feeds(key) });

    const random = new Random(key);
    const unrolls = Array.from({ length: batch }, () => unroll(random, ticks, 1));
    expect(new Set(unrolls.map(({ after }) => after)).size).toBeGreaterThan(2);
    const stateAfter = (count: number, i: number, at: number, from = xs[i]! * at) => {
      let state = from;
      for (let t = 0; t < count; t++) state = Math.tanh(state * at + xs[i]!);
      return state;
    };
    const lossAt = (at: number) =>
      unrolls.reduce((sum, { after, until }, i) => {
        const from = after === 0 ? xs[i]! * at : stateAfter(after, i, w);
        return sum + stateAfter(until - after, i, at, from) ** 2;
      }, 0) / batch;
    expect(loss).toBeCloseTo(lossAt(w), 5);
    const gradient = (lossAt(w + 1e-5) - lossAt(w - 1e-5)) / 2e-5;
    expect(w - trainer.parameters()["w"]!.data[0]!).toBeCloseTo(gradient, 4);
    await trainer.dispose();
  });
});
