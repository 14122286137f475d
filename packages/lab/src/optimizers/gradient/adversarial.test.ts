import {
  adam,
  compile,
  compileTraining,
  Graph,
  gradients,
  matmul,
  mul,
  reshape,
  sum,
} from "@mesascope/graph";
import { describe, expect, it } from "vitest";
import {
  discriminator,
  discriminatorLoss,
  generatorLoss,
  gradientPenalty,
  shownWith,
  verdicts,
} from "./adversarial-loss.ts";

/** One-hot rows, `counts[i]` of outcome i. */
function outcomes(counts: readonly number[]): Float32Array {
  const rows = counts.flatMap((count, i) => Array.from({ length: count }, () => i));
  const data = new Float32Array(rows.length * counts.length);
  rows.forEach((outcome, row) => {
    data[row * counts.length + outcome] = 1;
  });
  return data;
}

/** The least that a discriminator with a verdict for each outcome comes to. */
async function leastLoss(p: readonly number[], q: readonly number[]): Promise<number> {
  const rows = p.reduce((a, b) => a + b, 0);
  const graph = new Graph();
  const of = graph.parameter("verdicts", [p.length, 1]);
  const said = (counts: readonly number[]) =>
    reshape(matmul(graph.constant(outcomes(counts), [rows, p.length]), of), [rows]);
  const trainer = await compileTraining(discriminatorLoss(said(p), said(q)), {
    optimizer: adam({ learningRate: 0.1 }),
  });
  let loss = 0;
  for (let update = 0; update < 600; update++) ({ loss } = await trainer.update({}));
  await trainer.dispose();
  return loss;
}

/** Jensen-Shannon divergence in nats. */
function divergence(p: readonly number[], q: readonly number[]): number {
  const rows = p.reduce((a, b) => a + b, 0);
  const term = (a: number, m: number) => (a === 0 ? 0 : (a / rows) * Math.log(a / m));
  return p.reduce((total, a, i) => {
    const m = (a + q[i]!) / 2;
    return total + (term(a, m) + term(q[i]!, m)) / 2;
  }, 0);
}

describe("the discriminator's loss", () => {
  // Goodfellow et al. 2014, theorem 1: the value of the game is -log 4 + 2 JSD; the loss is its negative.
  it.each([
    [
      [4, 4, 8],
      [4, 4, 8],
    ],
    [
      [8, 4, 4],
      [2, 2, 12],
    ],
    [
      [12, 2, 2],
      [1, 14, 1],
    ],
  ])("is log 4 - 2 JSD at its least between %j and %j", async (p, q) => {
    expect(await leastLoss(p, q)).toBeCloseTo(Math.log(4) - 2 * divergence(p, q), 3);
  });

  it("is log(1 + e^-a) + log(1 + e^b) on single verdicts a and b", async () => {
    const graph = new Graph();
    const [a, b] = [
      graph.constant(Float32Array.of(0.7), [1]),
      graph.constant(Float32Array.of(-1.3), [1]),
    ];
    const model = await compile(graph, {
      outputs: [discriminatorLoss(a, b).as("judge"), generatorLoss(b).as("generator")],
    });
    const found = await model.run({});
    expect(found["judge"]![0]).toBeCloseTo(
      Math.log1p(Math.exp(-0.7)) + Math.log1p(Math.exp(-1.3)),
      6,
    );
    // -log D, and not log(1 - D): it does not saturate where the discriminator is sure of a fake.
    expect(found["generator"]![0]).toBeCloseTo(Math.log1p(Math.exp(1.3)), 6);
  });
});

describe("the penalty on the gradient", () => {
  it("is half the mean squared length of c a for verdicts c |a|^2 / 2", async () => {
    const graph = new Graph();
    const answers = graph.input("answers", [2, 3]);
    const said = mul(sum(mul(answers, answers), { axes: [1] }), 0.5 * 3);
    const model = await compile(graph, { outputs: [gradientPenalty(said, answers).as("penalty")] });
    const found = await model.run({ answers: Float32Array.of(1, 2, 3, 0, -1, 1) });
    // 9 (1 + 4 + 9 + 0 + 1 + 1) / (2 * 2)
    expect(found["penalty"]![0]).toBeCloseTo(36, 4);
  });
});

describe("the discriminator", () => {
  const size = { width: 3, ticks: 2 };
  const grid = { channels: 3, height: 5, width: 5 };

  /** The generator's loss on two pictures as a function of what is drawn. */
  function lossOfAnswers() {
    let state = 7;
    const uniform = () => {
      state = (state * 16807) % 2147483647;
      return state / 2147483647;
    };
    const graph = new Graph();
    const pictures = graph.constant(Float32Array.from({ length: 150 }, uniform), [2, 75]);
    const answers = graph.parameter("answers", [2, 25]);
    const { judgements } = discriminator(graph, shownWith(pictures, answers, grid), size, uniform);
    const loss = generatorLoss(verdicts(judgements.at(-1)!));
    const start = Float32Array.from({ length: 50 }, uniform);
    return { graph, loss, start };
  }

  it("hands the generator the gradient of its judgement, as finite differences have it", async () => {
    const { graph, loss, start } = lossOfAnswers();
    const [slope] = gradients(loss, [graph.parameters.get("answers")!]);
    const outputs = [loss.as("loss"), slope!.as("slope")];
    const at = async (answers: Float32Array) =>
      (await compile(graph, { outputs, parameters: { answers } })).run({});
    const own = await at(start);
    // Short, for the rectifiers have kinks.
    const step = 2e-3;
    for (const i of [0, 7, 24, 25, 40]) {
      const [up, down] = [start.slice(), start.slice()];
      up[i]! += step;
      down[i]! -= step;
      const difference = ((await at(up))["loss"]![0]! - (await at(down))["loss"]![0]!) / (2 * step);
      expect(own["slope"]![i]).toBeCloseTo(difference, 2);
    }
  });

  it("gives the same judgement to the same answer, asked twice in one graph", async () => {
    const graph = new Graph();
    const pictures = graph.input("pictures", [1, 75]);
    const answers = graph.input("answers", [1, 25]);
    const ask = () =>
      verdicts(
        discriminator(graph, shownWith(pictures, answers, grid), size, () => 0.3).judgements.at(
          -1,
        )!,
      );
    const model = await compile(graph, { outputs: [ask().as("first"), ask().as("second")] });
    expect(graph.parameters.size).toBe(5);
    const found = await model.run({
      pictures: new Float32Array(75).fill(0.5),
      answers: new Float32Array(25).fill(1),
    });
    expect(found["first"]).toEqual(found["second"]);
  });
});
