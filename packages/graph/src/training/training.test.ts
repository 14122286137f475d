import { describe, expect, it } from "vitest";
import { Graph, type Tensor } from "../core/graph.ts";
import {
  gru,
  mlp,
  type RecurrentConvWeights,
  recurrentConv,
  type TransformerWeights,
  transformerBlock,
} from "../modules/index.ts";
import { add, mul, square, sub, tanh } from "../ops/elementwise.ts";
import { reshape, transpose, zeros } from "../ops/layout.ts";
import { crossEntropy, mse } from "../ops/losses.ts";
import { affine, matmul } from "../ops/matrix.ts";
import { mean, sum } from "../ops/reduce.ts";
import {
  adam,
  adamW,
  type LearningRate,
  linearSchedule,
  type Optimizer,
  rmsProp,
  sgd,
} from "../optimizers/index.ts";
import {
  expectClose,
  type GoldenCase,
  golden,
  goldenCases,
  goldenFloats,
} from "../testing/golden.ts";
import { compileTraining } from "./compile_training.ts";

type Attrs = Record<string, number>;

function optimizerOf(one: GoldenCase): Optimizer {
  const attrs = one.attrs as Attrs;
  const learningRate = attrs.lr!;
  const { beta1 = 0.9, beta2 = 0.999, decay = 0.99, momentum = 0, weightDecay = 0 } = attrs;
  switch (one.attrs.kind) {
    case "sgd":
      return sgd({ learningRate, momentum });
    case "adamw":
      return adamW({ learningRate, beta1, beta2, weightDecay });
    case "rmsprop":
      return rmsProp({ learningRate, decay });
    default:
      return adam({ learningRate, beta1, beta2 });
  }
}

type Build = (p: Record<string, Tensor>, x: Tensor, y: Tensor, one: GoldenCase) => Tensor;

/** Losses of the training cases, as functions of parameters and the full batch. */
const builders: Record<string, Build> = {
  train_mlp: ({ w1, b1, w2, b2 }, x, y) =>
    crossEntropy(affine(tanh(affine(x, w1!, b1!)), w2!, b2!), y),
  train_gru: ({ wi, wh, bi, bh, wo }, x, y) => {
    const h0 = zeros(x.graph, [x.shape[1]!, wh!.shape[1]!]);
    const { output } = gru(x, h0, { wi: wi!, wh: wh!, bi: bi!, bh: bh! });
    return crossEntropy(reshape(matmul(output, wo!), [48, 3]), y);
  },
  // The case's "epsilon" is Adam's; its layer norms have PyTorch's 1e-5.
  train_block: (p, x, y) => {
    const block = transformerBlock(matmul(x, p.win!), p as unknown as TransformerWeights, {
      heads: 2,
      causal: true,
    });
    return mse(matmul(block, p.wout!), y);
  },
  train_recurrent_conv: (p, x, y) => {
    const { logits } = recurrentConv(x, p as unknown as RecurrentConvWeights, 4);
    return crossEntropy(transpose(logits, [0, 2, 3, 1]), y);
  },
};

describe.each(["native", "wasm"] as const)("training on the %s engine", (engine) => {
  it.each(goldenCases.filter((one) => one.op === "optimizer"))("optimizer $name", async (one) => {
    const g = new Graph();
    const [a, c, start] = ["a", "c", "w0"].map((key) => golden(one.inputs[key]!));
    const w = g.parameter("w", start!.shape, start!.data as Float32Array);
    const difference = sub(w, g.constant(c!.data, c!.shape));
    const loss = mul(sum(mul(g.constant(a!.data, a!.shape), square(difference))), 0.5);
    const trainer = await compileTraining(loss, { optimizer: optimizerOf(one), engine });
    for (const key of one.outputs) {
      await trainer.update({});
      expectClose(trainer.parameters().w!.data, goldenFloats(key), key);
    }
    await trainer.dispose();
  });

  it.each(goldenCases.filter((one) => one.name in builders))("curve $name", async (one) => {
    const g = new Graph();
    const parameters: Record<string, Tensor> = {};
    for (const [name, key] of Object.entries(one.inputs)) {
      const { shape, data } = golden(key);
      if (name !== "x" && name !== "y") {
        parameters[name] = g.parameter(name, shape, data as Float32Array);
      }
    }
    const [x, y] = ["x", "y"].map((key) => golden(one.inputs[key]!));
    const loss = builders[one.name]!(
      parameters,
      g.input("x", x!.shape),
      g.input("y", y!.shape, y!.dtype),
      one,
    );
    const trainer = await compileTraining(loss, { optimizer: optimizerOf(one), engine });
    const curve = goldenFloats(one.outputs[0]!);
    for (let update = 0; update < curve.length; update++) {
      const { loss: value } = await trainer.update({ x: x!.data, y: y!.data });
      const wanted = curve[update]!;
      const limit = (update < 100 ? 1e-3 : 1e-2) * Math.abs(wanted);
      expect(Math.abs(value - wanted), `update ${update}: ${value} for ${wanted}`).toBeLessThan(
        limit,
      );
    }
    await trainer.dispose();
  });

  it("goes on from a saved state bit for bit", async () => {
    const build = async () => {
      const g = new Graph();
      const x = g.input("x", [4, 3]);
      const w = g.parameter("w", [3, 2], Float32Array.of(0.1, -0.2, 0.3, 0.4, -0.5, 0.6));
      const loss = mean(square(add(tanh(matmul(x, w)), -0.25)));
      return compileTraining(loss, {
        optimizer: adam({ learningRate: 0.05 }),
        clipNorm: 1,
        engine,
      });
    };
    const x = Float32Array.from({ length: 12 }, (_, i) => Math.sin(i));
    const first = await build();
    for (let i = 0; i < 5; i++) await first.update({ x });
    const second = await build();
    second.loadState(first.state());
    expect(second.updates).toBe(5);
    for (let i = 0; i < 3; i++) {
      expect(await second.update({ x })).toEqual(await first.update({ x }));
    }
    expect(second.state()).toEqual(first.state());
  });

  it("makes of the parts of a batch the update of the whole batch", async () => {
    const build = (rows: number, accumulate: boolean) => {
      const g = new Graph();
      const w = g.parameter("w", [3, 2], Float32Array.of(0.1, -0.2, 0.3, 0.4, -0.5, 0.6));
      const out = tanh(matmul(g.input("x", [rows, 3]), w));
      return compileTraining(mean(square(add(out, -0.25))), {
        optimizer: adam({ learningRate: 0.05 }),
        clipNorm: 0.1,
        accumulate,
        engine,
      });
    };
    const whole = await build(4, false);
    const parts = await build(2, true);
    const x = Float32Array.from({ length: 12 }, (_, i) => Math.sin(i));
    for (let i = 0; i < 5; i++) {
      const one = await whole.update({ x });
      const two = await parts.update([{ x: x.slice(0, 6) }, { x: x.slice(6) }]);
      expectClose([two.loss, two.gradientNorm!], [one.loss, one.gradientNorm!], `update ${i}`);
    }
    expectClose(parts.parameters()["w"]!.data, whole.parameters()["w"]!.data, "parameters");
    await expect(whole.update([{ x }, { x }])).rejects.toThrow("without accumulate");
  });

  it("follows a schedule or a fed learning rate, and decays what the mask says", async () => {
    const make = async (learningRate: LearningRate, g: Graph) => {
      const [w, b] = [
        g.parameter("w", [1], Float32Array.of(2)),
        g.parameter("b", [1], Float32Array.of(2)),
      ];
      const optimizer = adamW({
        learningRate,
        weightDecay: 0.5,
        epsilon: 1,
        decays: (name) => name === "w",
      });
      // The gradient is zero, so that decay alone changes parameters.
      return compileTraining(mul(sum(mul(w, b)), 0), { optimizer, engine });
    };
    const scheduled = await make(linearSchedule(0.2, 0, 2), new Graph());
    for (const wanted of [2 * 0.9, 2 * 0.9 * 0.95, 2 * 0.9 * 0.95]) {
      await scheduled.update({});
      const { w, b } = scheduled.parameters();
      expectClose(w!.data, [wanted], "decaying parameter");
      expectClose(b!.data, [2], "other parameter");
    }
    const g = new Graph();
    const fed = await make(g.input("rate", []), g);
    await fed.update({ rate: Float32Array.of(0.4) });
    expectClose(fed.parameters()["w"]!.data, [1.6], "fed rate");
  });

  it("clips the gradient's norm as PyTorch's clip_grad_norm_ does", async () => {
    const g = new Graph();
    const w = g.parameter("w", [2], Float32Array.of(0, 0));
    const loss = sum(mul(w, g.constant([3, 4])));
    const optimizer = sgd({ learningRate: 1 });
    const trainer = await compileTraining(loss, { optimizer, clipNorm: 1, engine });
    expect((await trainer.update({})).gradientNorm).toBe(5);
    expectClose(trainer.parameters()["w"]!.data, [-0.6, -0.8], "clipped step");
  });

  it("holds parameters fixed that are not to be trained", async () => {
    const g = new Graph();
    const [w, b] = [
      g.parameter("w", [1], Float32Array.of(2)),
      g.parameter("b", [1], Float32Array.of(3)),
    ];
    const optimizer = sgd({ learningRate: 1 });
    const trainable = (name: string) => name === "b";
    const trainer = await compileTraining(sum(mul(w, b)), { optimizer, trainable, engine });
    expect((await trainer.update({})).loss).toBe(6);
    expect((await trainer.update({})).loss).toBe(2);
    expect(Array.from(trainer.parameters()["w"]!.data)).toEqual([2]);
  });

  it("gives the same bits each time", async () => {
    const build = () => {
      const g = new Graph();
      const logits = mlp(g, g.input("x", [8, 5]), { widths: [7, 3] });
      const loss = crossEntropy(logits, g.input("y", [8], "int64"));
      return compileTraining(loss, {
        optimizer: adam({ learningRate: 0.01 }),
        clipNorm: 1,
        engine,
      });
    };
    const [one, two] = [await build(), await build()];
    const feeds = {
      x: Float32Array.from({ length: 40 }, (_, i) => Math.sin(i)),
      y: Int32Array.from({ length: 8 }, (_, i) => i % 3),
    };
    for (let i = 0; i < 20; i++) expect(await one.update(feeds)).toEqual(await two.update(feeds));
    expect(one.state()).toEqual(two.state());
  });

  it("gives a rollout graph the parameters of each update", async () => {
    const g = new Graph();
    const w = g.parameter("w", [2, 1], Float32Array.of(1, 2));
    const x = g.input("x", [3, 2]);
    const loss = mean(square(matmul(x, w)));
    const trainer = await compileTraining(loss, { optimizer: sgd({ learningRate: 0.1 }), engine });
    const one = new Graph();
    const out = matmul(one.input("row", [1, 2]), one.parameter("w", [2, 1])).as("out");
    const policy = await trainer.compile([out]);
    for (let i = 0; i < 3; i++) {
      const [a, b] = trainer.parameters().w!.data;
      expect((await policy.run({ row: Float32Array.of(1, 0) })).out![0]).toBe(a);
      expect((await policy.run({ row: Float32Array.of(0, 1) })).out![0]).toBe(b);
      await trainer.update({ x: Float32Array.of(1, 2, 3, 4, 5, 6) });
    }
    const other = new Graph();
    const wrong = matmul(other.input("row", [1, 3]), other.parameter("w", [3, 1]));
    await expect(trainer.compile([wrong])).rejects.toThrow(
      'compile: parameter "w" has shape [2, 1] in the trainer and [3, 1] in the graph.',
    );
  });
});
