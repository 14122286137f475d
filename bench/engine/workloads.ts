/** What is timed: one whole update (forward, backward, Adam) of each workload of docs/decisions on the engine. */
import {
  adam,
  compileTraining,
  crossEntropy,
  type EngineChoice,
  type Feeds,
  Graph,
  gru,
  gruWeights,
  linear,
  mlp,
  mse,
  namedSource,
  recurrentConv,
  recurrentConvWeights,
  type Tensor,
  type Trainer,
  transformerBlock,
  transformerWeights,
  transpose,
  zeros,
} from "@mesascope/graph";
import type { Times } from "./peer.ts";

export interface Workload {
  /** Also the name by which the PyTorch script knows it. */
  readonly id: string;
  readonly title: string;
  /** Updates timed in one round. */
  readonly updates: number;
  /** Time relative to PyTorch that is aimed at, with the same threads. */
  readonly target: number;
  readonly build: () => { readonly loss: Tensor; readonly feeds: Feeds };
}

const random = namedSource("bench");
const floats = (count: number): Float32Array => Float32Array.from({ length: count }, random);
const classes = (count: number, of: number): Int32Array =>
  Int32Array.from({ length: count }, () => Math.floor(of * random()));

function gruWorkload(width: number, batch: number, updates: number, target: number): Workload {
  const steps = 20;
  return {
    id: `gru${width}`,
    title: `GRU ${width}, batch ${batch}, ${steps} steps`,
    updates,
    target,
    build: () => {
      const g = new Graph();
      const weights = gruWeights(g, { inputs: 16, width });
      const x = g.input("x", [steps, batch, 16]);
      const { output } = gru(x, zeros(g, [batch, width]), weights);
      const y = g.input("y", [steps, batch], "int64");
      return {
        loss: crossEntropy(linear(g, output, { width: 4 }), y),
        feeds: { x: floats(steps * batch * 16), y: classes(steps * batch, 4) },
      };
    },
  };
}

export const workloads: readonly Workload[] = [
  {
    id: "mlp",
    title: "MLP 27-64-64-9, batch 64",
    updates: 1000,
    target: 0.5,
    build: () => {
      const g = new Graph();
      const logits = mlp(g, g.input("x", [64, 27]), { widths: [64, 64, 9] });
      const loss = crossEntropy(logits, g.input("y", [64], "int64"));
      return { loss, feeds: { x: floats(64 * 27), y: classes(64, 9) } };
    },
  },
  gruWorkload(32, 32, 200, 0.3),
  gruWorkload(128, 64, 30, 0.5),
  {
    id: "transformer",
    title: "transformer d64 x 4 layers, batch 64, 32 tokens",
    updates: 5,
    target: 0.75,
    build: () => {
      const g = new Graph();
      let x = linear(g, g.input("x", [64, 32, 16]), { width: 64, name: "in" });
      for (let layer = 0; layer < 4; layer++) {
        const weights = transformerWeights(g, { width: 64, name: `block.${layer}` });
        x = transformerBlock(x, weights, { heads: 4, causal: true });
      }
      const loss = mse(linear(g, x, { width: 1, name: "out" }), g.input("y", [64, 32, 1]));
      return { loss, feeds: { x: floats(64 * 32 * 16), y: floats(64 * 32) } };
    },
  },
  {
    id: "recurrent_conv",
    title: "recurrent conv, width 32, 13x13, 20 ticks, batch 32",
    updates: 2,
    target: 1,
    build: () => {
      const g = new Graph();
      const weights = recurrentConvWeights(g, { inputs: 3, width: 32, outputs: 2 });
      const { logits } = recurrentConv(g.input("x", [32, 3, 13, 13]), weights, 20);
      const y = g.input("y", [32, 13, 13], "int64");
      return {
        loss: crossEntropy(transpose(logits, [0, 2, 3, 1]), y),
        feeds: { x: floats(32 * 3 * 169), y: classes(32 * 169, 2) },
      };
    },
  },
];

/** A workload on one of our engines; `time` gives the time of one update of a round. */
export async function ours(workload: Workload, engine: EngineChoice, threads: number) {
  const { loss, feeds } = workload.build();
  const trainer: Trainer = await compileTraining(loss, {
    optimizer: adam({ learningRate: 1e-4 }),
    engine,
    threads,
  });
  await trainer.update(feeds);
  return {
    async time(updates: number): Promise<Times> {
      const start = performance.now();
      const usage = process.cpuUsage();
      for (let i = 0; i < updates; i++) await trainer.update(feeds);
      const { user, system } = process.cpuUsage(usage);
      return { wall: (performance.now() - start) / updates, cpu: (user + system) / 1000 / updates };
    },
    stop: () => trainer.dispose(),
  };
}
