import { describe, expect, it } from "vitest";
import { compile } from "../compile/compile.ts";
import { Graph, type Tensor } from "../core/graph.ts";
import { expectClose, golden, goldenFloats } from "../testing/golden.ts";
import * as m from "./index.ts";

async function evaluate(g: Graph, outputs: Tensor[], feeds = {}) {
  const model = await compile(g, { outputs });
  const results = await model.run(feeds);
  return outputs.map((tensor, i) => results[tensor.name ?? `output.${i}`]!);
}

describe("recurrent cells", () => {
  const operand = (g: Graph, name: string) => {
    const { data, shape } = golden(name);
    return g.constant(data, shape);
  };

  it("a GRU cell applied step by step gives PyTorch's sequence", async () => {
    const g = new Graph();
    const [wi, wh, bi, bh] = ["wi", "wh", "bi", "bh"].map((n) => operand(g, `gru/in/${n}`));
    const weights = { wi: wi!, wh: wh!, bi: bi!, bh: bh! };
    const { data } = golden("gru/in/x");
    let h = operand(g, "gru/in/h0");
    for (let t = 0; t < 4; t++) {
      h = m.gruCell(
        g.constant((data as Float32Array).slice(t * 15, t * 15 + 15), [3, 5]),
        h,
        weights,
      );
    }
    const [last] = await evaluate(g, [h]);
    expectClose(last!, goldenFloats("gru/out/0").slice(-18), "last state");
  });

  it("an LSTM cell applied step by step gives PyTorch's sequence", async () => {
    const g = new Graph();
    const [wi, wh, b] = ["wi", "wh", "b"].map((n) => operand(g, `lstm/in/${n}`));
    const weights = { wi: wi!, wh: wh!, b: b! };
    const { data } = golden("lstm/in/x");
    let state: m.LstmState = { h: operand(g, "lstm/in/h0"), c: operand(g, "lstm/in/c0") };
    for (let t = 0; t < 4; t++) {
      const x = g.constant((data as Float32Array).slice(t * 15, t * 15 + 15), [3, 5]);
      state = m.lstmCell(x, state, weights);
    }
    const [last] = await evaluate(g, [state.h]);
    expectClose(last!, goldenFloats("lstm/out/0").slice(-18), "last state");
  });

  it("a state that is not kept starts anew", async () => {
    const g = new Graph();
    const weights = m.gruWeights(g, { inputs: 2, width: 3 });
    const x = g.constant(
      Float32Array.from({ length: 8 }, (_, i) => Math.sin(i)),
      [4, 1, 2],
    );
    const keep = g.constant([1, 1, 0, 1], [4, 1]);
    const zero = g.constant(new Float32Array(3), [1, 3]);
    const whole = m.gru(x, zero, weights, { keep }).last;
    const half = g.constant(
      Float32Array.from({ length: 4 }, (_, i) => Math.sin(i + 4)),
      [2, 1, 2],
    );
    const [reset, fresh] = await evaluate(g, [whole, m.gru(half, zero, weights).last]);
    expectClose(reset!, fresh!, "state after a reset");
  });
});

describe("initial values", () => {
  const random = m.namedSource("test");

  it.each([[[4, 4]], [[3, 7]], [[7, 3]]])(
    "orthogonal %j: the shorter side is orthonormal times the gain",
    (shape) => {
      const [rows, columns] = shape as [number, number];
      const init = m.orthogonalInit(random, 2) as (n: number, s: number[]) => Float32Array;
      const w = init(rows * columns, shape);
      const short = Math.min(rows, columns);
      const at = (i: number, k: number) =>
        rows <= columns ? w[i * columns + k]! : w[k * columns + i]!;
      for (let i = 0; i < short; i++) {
        for (let j = 0; j < short; j++) {
          let dot = 0;
          for (let k = 0; k < Math.max(rows, columns); k++) dot += at(i, k) * at(j, k);
          expect(dot).toBeCloseTo(i === j ? 4 : 0, 5);
        }
      }
    },
  );

  it("stay the same from one build to the next", () => {
    const draw = () => {
      const g = new Graph();
      m.mlp(g, g.input("x", [1, 2]), { widths: [3] });
      const { origin } = g.parameters.get("mlp.0.weight")!;
      return origin;
    };
    expect(draw()).toEqual(draw());
  });
});

describe("halting", () => {
  it("follows the geometric distribution when every tick halts with one probability", async () => {
    const g = new Graph();
    const logit = g.constant([Math.log(0.25 / 0.75)]);
    const halt = m.halting([logit, logit, logit]);
    const [p, ticks, divergence] = await evaluate(g, [
      halt.probabilities,
      halt.expectedTicks,
      m.haltingDivergence(halt, 0.25),
    ]);
    const wanted = [0.25, 0.1875, 0.5625];
    expectClose(p!, wanted, "probabilities");
    expectClose(ticks!, [0.25 + 2 * 0.1875 + 3 * 0.5625], "expected ticks");
    const geometric = [0.25, 0.1875, 0.140625].map((w) => w / 0.578125);
    const kl = wanted.reduce((total, w, n) => total + w * Math.log(w / geometric[n]!), 0);
    expectClose(divergence!, [kl], "divergence");
  });
});

describe("external memory", () => {
  it("finds a row by content, moves and writes it", async () => {
    const g = new Graph();
    const memory = g.constant([1, 0, 0, 1, -1, 0], [1, 3, 2]);
    const before = g.constant([1, 0, 0], [1, 3]);
    const column = (value: number) => g.constant([value], [1, 1]);
    const found = m.addressMemory(memory, before, {
      key: g.constant([0, 5], [1, 2]),
      strength: column(200),
      gate: column(1),
      shift: g.constant([0, 0, 1], [1, 3]),
      sharpness: column(1),
    });
    const written = m.writeMemory(
      memory,
      found,
      g.constant([1, 1], [1, 2]),
      g.constant([7, 8], [1, 2]),
    );
    const [weights, read, after] = await evaluate(g, [found, m.readMemory(memory, found), written]);
    // Row 1 matches the key; a move by one goes to row 2.
    expectClose(weights!, [0, 0, 1], "weights");
    expectClose(read!, [-1, 0], "read");
    expectClose(after!, [1, 0, 0, 1, 7, 8], "memory after writing");
  });
});

describe("description length", () => {
  it("is the divergence of the weights' distribution from the prior", async () => {
    const g = new Graph();
    const key = g.constant(BigInt64Array.of(1n), []);
    const options = { key, stream: 0, prior: 2, deviation: 0.5 };
    const { nats, mean } = m.noisyWeight(g, "w", [3, 2], options);
    const [value, means] = await evaluate(g, [nats, m.l2([mean])]);
    const closed = 6 * (Math.log(2 / 0.5) - 0.5 + 0.25 / 8) + means![0]! / 8;
    expectClose(value!, [closed], "nats");
  });
});
