import { compile, Graph, gradients, mul, sum, type Tensor } from "@mesascope/graph";
import { describe, expect, it } from "vitest";
import { keyOf, Random, split, type TaskInterface } from "../core/index.ts";
import { hyperConv } from "./hyper-network.ts";
import type { Network } from "./network.ts";
import { recurrentConv } from "./recurrent-conv.ts";
import { unsharedConv } from "./unshared-conv.ts";

const [channels, height, across] = [3, 5, 7];
const pixels = height * across;
/** One number is wanted for each pixel of a picture. */
const io: TaskInterface = {
  observation: ["walls", "start", "goal"].map((name, i) => ({
    name,
    offset: i * pixels,
    size: pixels,
    role: "instance",
  })),
  observationSize: channels * pixels,
  outputs: pixels,
  horizon: 1,
  grid: { channels, height, width: across },
};
const [batch, width, ticks] = [3, 4, 3];

const numbers = (count: number, name: string): Float32Array => {
  const random = new Random(split(keyOf(7), name));
  return Float32Array.from({ length: count }, () => 2 * random.uniform() - 1);
};

const sizeOf = ({ shape }: Tensor): number => shape.reduce((a, b) => a * b, 1);

function built<P>(network: Network<P>, given: object) {
  const graph = new Graph();
  const observations = graph.input("observations", [1, batch, io.observationSize]);
  const random = new Random(split(keyOf(7), "initial"));
  const outputs = network.build(
    graph,
    { observations, carry: {} },
    io,
    network.parameters.parse({ width, ticks, ...given }),
    () => random.uniform(),
  );
  return { graph, outputs };
}

const observed = numbers(batch * io.observationSize, "observations");

/** Answers after each tick, and gradients of a random combination of them, with these values of the parameters. */
async function evaluated<P>(
  network: Network<P>,
  initial: (name: string, size: number) => Float32Array,
  given: object = {},
) {
  const { graph, outputs } = built(network, given);
  const answers = outputs.ticks!;
  const loss = answers
    .map((answer, tick) => {
      const weights = graph.constant(numbers(sizeOf(answer), `cotangent ${tick}`), answer.shape);
      return sum(mul(answer, weights));
    })
    .map((part, tick) => part.as(`loss.${tick}`));
  const parameters = [...graph.parameters];
  const tensors = parameters.map(([, tensor]) => tensor);
  const names = parameters.map(([name]) => name);
  const slopes = gradients(loss, tensors).map((slope, i) => slope.as(`slope.${names[i]}`));
  const model = await compile(graph, {
    outputs: [...answers, ...slopes],
    parameters: Object.fromEntries(
      parameters.map(([name, tensor]) => [name, initial(name, sizeOf(tensor))]),
    ),
  });
  const result = await model.run({ observations: observed });
  await model.dispose();
  return {
    answers: answers.map(({ name }) => result[name!]!),
    slopes: Object.fromEntries(names.map((name) => [name, result[`slope.${name}`]!])),
  };
}

/** The shared network's name of a parameter: that of one tick has the tick's number in it. */
const shared = (name: string): string => name.replace(/^conv\.\d+\./, "conv.");

const near = (found: Float32Array, wanted: ArrayLike<number>) => {
  expect(found).toHaveLength(wanted.length);
  found.forEach((value, i) => {
    expect(Math.abs(value - wanted[i]!)).toBeLessThan(2e-4 * Math.max(1, Math.abs(wanted[i]!)));
  });
};

describe("a recurrent convolution with weights for every tick", () => {
  const equal = (name: string, size: number) => numbers(size, shared(name)).map((v) => v / 3);

  it("has a block for each tick, and one start and head", () => {
    const of = <P>(network: Network<P>) => [...built(network, {}).graph.parameters.keys()];
    expect(of(recurrentConv)).toEqual(["p", "r", "a", "b", "h"].map((part) => `conv.${part}`));
    expect(of(unsharedConv)).toEqual(
      ["p", "r", "a", "b", "h", "2.r", "2.a", "2.b", "3.r", "3.a", "3.b"].map(
        (part) => `conv.${part}`,
      ),
    );
  });

  it("computes what the shared one does where all ticks have the same weights", async () => {
    const [one, other] = [
      await evaluated(recurrentConv, equal),
      await evaluated(unsharedConv, equal),
    ];
    expect(other.answers).toHaveLength(ticks);
    other.answers.forEach((answer, tick) => {
      near(answer, one.answers[tick]!);
    });
  });

  it("has slopes there that add up over ticks to those of the shared one", async () => {
    const [one, other] = [
      await evaluated(recurrentConv, equal),
      await evaluated(unsharedConv, equal),
    ];
    for (const [name, slope] of Object.entries(one.slopes)) {
      expect(slope.some((value) => Math.abs(value) > 0.1)).toBe(true);
      const own = Object.entries(other.slopes).filter(([of]) => shared(of) === name);
      near(
        slope.map((_, i) => own.reduce((all, [, part]) => all + part[i]!, 0)),
        slope,
      );
    }
  });

  it("changes only from a tick on when that tick's weights change", async () => {
    const before = await evaluated(unsharedConv, equal);
    const after = await evaluated(unsharedConv, (name, size) =>
      equal(name, size).map((value) => (name === "conv.2.a" ? -value : value)),
    );
    near(after.answers[0]!, before.answers[0]!);
    for (const tick of [1, 2])
      expect(
        after.answers[tick]!.some((v, i) => Math.abs(v - before.answers[tick]![i]!) > 0.01),
      ).toBe(true);
  });
});

describe("a recurrent convolution grown from a genome", () => {
  it("is the recurrent convolution where every weight is written out", async () => {
    const equal = (name: string, size: number) => numbers(size, name);
    const [one, other] = [
      await evaluated(recurrentConv, equal),
      await evaluated(hyperConv, equal, { code: "sparse", bits: 32 }),
    ];
    other.answers.forEach((answer, tick) => {
      near(answer, one.answers[tick]!);
    });
  });

  it("with sparse connections has so many numbers a kernel, whatever the ticks", () => {
    const sizes = (given: object) =>
      [...built(hyperConv, { code: "sparse", bits: 8, ...given }).graph.parameters].map(
        ([name, tensor]) => [name, sizeOf(tensor)],
      );
    // A quarter of 4 x 3, 4 x (4 + 3), 4 x 4, 4 x 4 and 1 x 4 kernels of 9 numbers.
    const expected = [
      ["genome.conv.p", 27],
      ["genome.conv.r", 63],
      ["genome.conv.a", 36],
      ["genome.conv.b", 36],
      ["genome.conv.h", 9],
    ];
    expect(sizes({})).toEqual(expected);
    expect(sizes({ ticks: 7 })).toEqual(expected);
  });
});
